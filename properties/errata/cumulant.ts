import { bignumber, cosh, log } from 'mathjs'
import { signCumulant } from '../../src/bounds/chernoff.js'
import { erratum } from '../../src/ledger/erratum.js'
import { logNormalTail } from '../../src/statistics/normal.js'

const lambdas = [0.25, 1, 3]

/** Whether a formula is the logarithm of E e^(λX), for a fair sign X. */
function isCumulant(K: (lambda: number) => number) {
  const errors = lambdas.map((lambda) => {
    const moment = Number(log(cosh(bignumber(lambda))))
    return Math.abs(K(lambda) - moment)
  })
  const worst = Math.max(...errors)
  return {
    truth: worst < 1e-12,
    because: `off by up to ${worst.toExponential(1)} at λ = ${lambdas.join(', ')}`,
  }
}

/** Whether a function of a behaves as −a²/2 to leading order for a standard normal Z. */
function leads(f: (a: number) => number) {
  const a = 30
  const ratio = f(a) / (-(a ** 2) / 2)
  return {
    truth: Math.abs(ratio - 1) < 0.02,
    because: `at a = ${a} its ratio to −a²/2 is ${ratio.toPrecision(3)}`,
  }
}

/** Appendix C, two logarithms. */
export const cumulantSlip = erratum({
  id: 'slip-06-missing-logarithms',
  source: 'Appendix C',
  account: {
    quantifiers: 'Every λ; a → ∞.',
    proof: `
      K_X(λ) is defined as ln E e^(λX), which for a fair sign is ln cosh λ; and P(Z ≥ a) lies in (0, 1), so cannot be
      −a²/2 − …, while ln P(Z ≥ a) = −a²/2 − ln a + O(1) by Mills' ratio.`,
    computed: 'Both forms at three λ and at a = 30.',
    sampled: 'Nothing.',
  },
  printed: {
    text: 'K_X(λ) = cosh λ, and P(Z ≥ a) = −a²/2 − …',
    holds: () => {
      const both = [isCumulant(Math.cosh), leads((a) => Math.exp(logNormalTail(a)))]
      return {
        truth: both.some(({ truth }) => truth),
        because: both.map(({ because }) => because).join('; '),
      }
    },
  },
  corrected: {
    text: 'K_X(λ) = ln cosh λ, and ln P(Z ≥ a) = −a²/2 − …',
    holds: () => {
      const both = [isCumulant(signCumulant), leads(logNormalTail)]
      return {
        truth: both.every(({ truth }) => truth),
        because: both.map(({ because }) => because).join('; '),
      }
    },
  },
})
