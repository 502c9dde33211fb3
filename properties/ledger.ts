import type { Claim } from '../src/ledger/claim.js'
import { allOrNothing } from './all-or-nothing.js'
import { binomialBounds } from './binomial-bounds.js'
import { bpdn08 } from './bpdn-0.8.js'
import { chernoff } from './chernoff.js'
import { claim1 } from './claim-1.js'
import { coherenceGuarantee } from './coherence-guarantee.js'
import { corollary1 } from './corollary-1.js'
import { corollary2 } from './corollary-2.js'
import { crosstalk } from './crosstalk.js'
import { decisionBoundaryClaim } from './decision-boundary.js'
import { entropyApproximation } from './entropy-approximation.js'
import { equation4Claim } from './equation-4.js'
import { appendixFSlip } from './errata/appendix-f.js'
import { cumulantSlip } from './errata/cumulant.js'
import { decisionBoundarySlip } from './errata/decision-boundary.js'
import { entropyExampleSlip } from './errata/entropy-example.js'
import { evenOddsSlip } from './errata/even-odds.js'
import { factor16Slip } from './errata/factor-16.js'
import { figure2EntropySlip } from './errata/figure-2-entropy.js'
import { incoherenceLevelSlip } from './errata/incoherence-level.js'
import { missingSparsitySlip } from './errata/missing-sparsity.js'
import { oneStepFloorSlip } from './errata/one-step-floor.js'
import { pairCountSlip } from './errata/pair-count.js'
import { unitsSlip } from './errata/units.js'
import { figure2Claim } from './figure-2.js'
import { figure3Claim } from './figure-3.js'
import { figure4Claim } from './figure-4.js'
import { figure5Claim } from './figure-5.js'
import { figure6Claim } from './figure-6.js'
import { incoherenceRecovers } from './incoherence-recovers.js'
import { logOdds } from './log-odds.js'
import { matchedFilterClaim } from './matched-filter.js'
import { mp13 } from './mp-1.3.js'
import { mpEvenOdds } from './mp-even-odds.js'
import { oneStep27 } from './one-step-2.7.js'
import { oneStep5 } from './one-step-5.js'
import { oneStepAsymptotics } from './one-step-asymptotics.js'
import { orthogonalWhenWide } from './orthogonal-when-wide.js'
import { proposition1 } from './proposition-1.js'
import { proposition2 } from './proposition-2.js'
import { proposition3 } from './proposition-3.js'
import { randomDictionaryInterference } from './random-dictionary-interference.js'
import { response909 } from './response-909.js'
import { responseDarkMatter } from './response-dark-matter.js'
import { responseForeignDictionary } from './response-foreign-dictionary.js'
import { responseIsta } from './response-ista.js'
import { responseOnsager } from './response-onsager.js'
import { ripGuarantee } from './rip-guarantee.js'
import { ruleThresholdClaim } from './rule-threshold.js'
import { ruleTopKClaim } from './rule-top-k.js'
import { thresholdImpliesTopK } from './threshold-implies-top-k.js'

/** Every claim of the paper in its order, then every slip. */
export const ledger: readonly Claim[] = [
  proposition1,
  binomialBounds,
  entropyApproximation,
  matchedFilterClaim,
  logOdds,
  decisionBoundaryClaim,
  crosstalk,
  thresholdImpliesTopK,
  chernoff,
  proposition2,
  incoherenceRecovers,
  corollary1,
  proposition3,
  corollary2,
  ruleThresholdClaim,
  ruleTopKClaim,
  randomDictionaryInterference,
  claim1,
  orthogonalWhenWide,
  equation4Claim,
  oneStep27,
  oneStep5,
  oneStepAsymptotics,
  mpEvenOdds,
  mp13,
  bpdn08,
  figure2Claim,
  figure3Claim,
  figure4Claim,
  figure5Claim,
  figure6Claim,
  response909,
  responseForeignDictionary,
  responseIsta,
  responseOnsager,
  responseDarkMatter,
  coherenceGuarantee,
  ripGuarantee,
  allOrNothing,
  incoherenceLevelSlip,
  entropyExampleSlip,
  figure2EntropySlip,
  decisionBoundarySlip,
  pairCountSlip,
  cumulantSlip,
  appendixFSlip,
  unitsSlip,
  missingSparsitySlip,
  oneStepFloorSlip,
  factor16Slip,
  evenOddsSlip,
]
