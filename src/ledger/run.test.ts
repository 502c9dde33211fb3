import { expect, test } from 'vitest'
import type { Claim, Finding } from './claim.js'
import { runClaim } from './run.js'

const claim = (finding: Finding): Claim => ({
  id: 'some',
  source: 'Section 1',
  kind: 'empirical',
  statement: 'Some.',
  expected: 'in part',
  account: { quantifiers: '', computed: '', sampled: '' },
  check: () => finding,
})

test('a sentence that holds in part names the part, and no other does', async () => {
  const part = 'for k ≥ 2'
  expect(await runClaim(claim({ verdict: 'in part', part, evidence: '' }), 0, '1')).toMatchObject({
    passed: true,
    part,
  })
  await expect(runClaim(claim({ verdict: 'in part', evidence: '' }), 0, '1')).rejects.toThrow('name the part')
  await expect(runClaim(claim({ verdict: 'supported', part, evidence: '' }), 0, '1')).rejects.toThrow(
    "iff its verdict is 'in part'",
  )
})
