/**
 * Cases that each take a process of their own: the first of them stand for all in the quick suite, the rest are
 * in the slow one (`npm run test:slow`).
 */
export const inSuites = <T>(cases: readonly T[], quick = 1) => [
  { cases: cases.slice(0, quick), tags: [] },
  { cases: cases.slice(quick), tags: ['slow'] },
]
