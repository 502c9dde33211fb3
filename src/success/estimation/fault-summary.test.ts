import { expect, test } from 'vitest'
import type { ContractViolation } from '../trials/sampler.js'
import { faultSummary } from './fault-summary.js'

const fault = (kind: ContractViolation['kind']): ContractViolation => ({
  ...{ kind, message: 'no', N: 2, k: 1, d: 1 },
  ...{ seed: '1', trial: 0 },
})
const refusals = Array.from({ length: 6 }, () => fault('refused'))

test('no valid answer: broken by one breach among refusals, however late; neither beside an answer', () => {
  expect(faultSummary([...refusals, fault('throw')], 7)).toMatchObject({
    faultCount: 7,
    unanswered: 'broken',
  })
  expect(faultSummary(refusals, 6)).toMatchObject({ faultCount: 6, unanswered: 'refused' })
  expect(faultSummary(refusals, 7)).not.toHaveProperty('unanswered')
  expect(faultSummary([], 0)).toEqual({ faultCount: 0, faults: [] })
})
