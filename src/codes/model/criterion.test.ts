import { expect, test } from 'vitest'
import { InputError } from '../../io/input-error.js'
import { criterionText, EXACT, isMet, parseCriterion } from './criterion.js'
import { criterionSchema } from './criterion-schema.js'

test.each(['exact', 'recall:0.8', 'f1:0.9', 'bits:0.5'])('%s is read, and said again as it was', (text) => {
  const criterion = parseCriterion(text)
  expect(criterionText(criterion)).toBe(text)
  expect(criterion).toEqual({ kind: text.split(':')[0], level: Number(text.split(':')[1] ?? 1) })
  expect(criterionSchema.parse(text)).toBe(text)
})

test.each([
  '',
  'exact:1',
  'recall',
  'recall:',
  'recall: ',
  'recall:0',
  'recall:1',
  'f1:-0.5',
  'f1:1.5',
  'bits:x',
])("'%s' is refused with what would be right, by files as well", (text) => {
  const says = `the criterion must be exact, recall:x, f1:x or bits:x (a share of H), 0 < x < 1, not '${text}'`
  expect(() => parseCriterion(text)).toThrow(new InputError(says))
  expect(criterionSchema.safeParse(text).error?.issues).toMatchObject([{ code: 'custom', message: says }])
})

test.each(['f1:0.5:0.5', 'precision:0.5'])('%s is no criterion either', (text) => {
  expect(() => parseCriterion(text)).toThrow(InputError)
})

test('an answer meets a level that it reaches: hits, false positives, active codewords', () => {
  const [recall, f1, bits] = ['recall:0.75', 'f1:0.75', 'bits:0.75'].map(parseCriterion)
  const verdicts = (hits: number, falsePositives: number, active: number) =>
    [EXACT, recall, f1, bits].map((criterion) => isMet(criterion, hits, falsePositives, active))
  expect(verdicts(4, 0, 4)).toEqual([true, true, true, true])
  expect(verdicts(4, 1, 4)).toEqual([false, true, true, true])
  expect(verdicts(3, 0, 4)).toEqual([false, true, true, true])
  // F1 = 6/8, recall 3/4: both at the bar.
  expect(verdicts(3, 1, 4)).toEqual([false, true, true, true])
  expect(verdicts(3, 2, 4)).toEqual([false, true, false, true])
  expect(verdicts(2, 0, 4)).toEqual([false, false, false, false])
  expect(verdicts(4, 3, 4)).toEqual([false, true, false, true])
})
