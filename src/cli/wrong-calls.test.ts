import { existsSync, readdirSync, rmSync } from 'node:fs'
import { expect, test } from 'vitest'
import { callCli } from '../testing/call-cli.js'
import { tempFolder } from '../testing/temp-folder.js'

const files = tempFolder()
const loaded = files.path('loaded')
/** It leaves a mark when it is loaded, which is the first work there is. */
const mine = files.write(
  'mine.mjs',
  `import { writeFileSync } from 'node:fs'
writeFileSync(${JSON.stringify(loaded)}, '')
export default { name: 'mine', decode: ({ k }) => [...Array(k).keys()] }`,
)
const vectors = files.write('vectors.csv', '1,0\n0,1\n0.6,0.8\n')
const before = readdirSync(files.path('.'))

const size = '-N 64 -k 4'
const shape = `${size} -d 40`
const calls: readonly (readonly [string, RegExp])[] = [
  ['gaet MINE', /unknown command 'gaet' \(Did you mean gate\?\)/],
  ['help gaet', /unknown command 'gaet' \(Did you mean gate\?\)/],
  ['success', /missing required argument 'decoder'/],
  ['success MINE', /-N is needed: the number of codewords/],
  ['success MINE -N 64', /-k is needed: the size of the encoded subset/],
  [`success MINE ${size}`, /-d is needed: the dimension of the code/],
  ['success MINE -N 64 -k 65 -d 40', /k must be at most N = 64, not 65/],
  ['success MINE -N 0 -k 1 -d 40', /'0' is not an integer of 1 or more, like 1048576 or 2\^20/],
  ['success MINE -N 64.5 -k 4 -d 40', /'64\.5' is not an integer of 1 or more/],
  ['success MINE -N ten -k 4 -d 40', /'ten' is not an integer of 1 or more/],
  ['success MINE -N 64 -k -4 -d 40', /'-4' is not an integer of 0 or more/],
  [`success MINE ${size} -d 0`, /'0' is not an integer of 1 or more/],
  [`success topk ${shape}`, /there is no decoder 'topk'; did you mean 'top-k'\?/],
  ...['', 'NaN', '1e999', '0x10', '1/2', 'x.mjs'].map(
    (bar) =>
      [`success threshold:${bar} ${shape}`, /; a bar is a finite number, as in threshold:0\.9/] as const,
  ),
  [
    'figure readable recall-price --record trials.jsonl',
    /of other figures: readable, recall-price is made whole/,
  ],
  ['leaderboard --decoders relative-threshold:x', /; a bar is a finite number/],
  ...['audit', 'capacity'].flatMap((command) =>
    ['0', '10^9', 'x'].map(
      (threads) => [`${command} none.npy --threads ${threads}`, /is not an integer from 1 to 512/] as const,
    ),
  ),
  [`success none.mjs ${shape}`, /there is no file 'none\.mjs'/],
  [`success MINE ${shape} --trials 0`, /'0' is not an integer of 1 or more/],
  [`success MINE ${shape} --from -1`, /'-1' is not an integer of 0 or more/],
  [`success MINE ${shape} --confidence 1`, /'1' is not a number between 0 and 1/],
  [
    `success MINE ${shape} --method exact`,
    /'exact' is invalid\. Allowed choices are conditional, simulation/,
  ],
  [`success cosamp ${shape} --method conditional`, /'cosamp' has no conditional method/],
  [`success MINE ${shape} --ties mine`, /Allowed choices are lowest-index, strict/],
  [`success MINE ${shape} --noise 1`, /'1' is not a share from 0 to below 1/],
  [`success MINE ${shape} --amplitudes big`, /amplitudes must be constant, half-normal/],
  [`success MINE ${shape} --active most`, /active must be subset, bernoulli/],
  [`success MINE ${shape} --dictionary none.npy`, /cannot read 'none\.npy': there is no such file/],
  [`success MINE ${shape} --prepare unit`, /--prepare is of a file: give one by --dictionary/],
  [`success MINE ${shape} --shard 3/2`, /a shard is i\/n with 1 ≤ i ≤ n, such as 2\/4, not '3\/2'/],
  [`success MINE ${shape} --workers 0`, /'0' is not an integer from 1 to 512/],
  [`success MINE ${shape} --time-limit 0`, /'0' is not an integer from 1 to 86400000/],
  [`success MINE ${shape} --queue http://x`, /the queue's address is not the URL of a Redis server/],
  [`success MINE ${shape} --record no/folder/x.jsonl`, /cannot write 'no\/folder\/x\.jsonl'/],
  [`success MINE ${shape} more`, /too many arguments for 'success'/],
  [`success MINE ${shape} --trails 5`, /unknown option '--trails' \(Did you mean --trials\?\)/],
  ['measure MINE -N 64', /-k is needed/],
  ['measure MINE -N 64 -k 65', /k must be at most N = 64, not 65/],
  [`measure MINE ${size} --target 2`, /'2' is not a number between 0 and 1/],
  [`measure MINE ${size} --precision 0`, /'0' is not a number between 0 and 1/],
  [`measure MINE ${size} --criterion recall`, /the criterion must be exact, recall:x, f1:x or bits:x/],
  ['plan -N 64', /required option '-k, --sparsity <k>' not specified/],
  ['plan -N 64 -k 65', /k must be at most N = 64, not 65/],
  [`plan ${size} -p 1`, /'1' is not a number between 0 and 1/],
  [`plan ${size} -d x`, /'x' is not an integer of 1 or more/],
  ['check', /missing required argument 'decoder'/],
  ['check MINE --properties none', /the contract has no property 'none', only valid-answer/],
  ['check MINE --seconds 0', /'0' is not an integer from 1 to 86400/],
  ['check MINE --replay valid-answer:zzz', /'zzz' is no instance like N=5,k=2/],
  ['check MINE --prepare unit', /--prepare is of a file/],
  ['sensitivity top-k --faults drops-1,none', /nothing to plant in top-k is called 'none'/],
  ['sensitivity top-k no-decoder', /there is no decoder 'no-decoder'/],
  ['sensitivity top-k --tolerance 2', /'2' is not a number between 0 and 1/],
  ['baseline MINE -N 64', /a cell of your own takes both -N and -k/],
  ['baseline MINE -N 64 -k 65', /k must be at most N = 64, not 65/],
  ['baseline MINE --only-own', /--only-own takes a cell by -N and -k/],
  ['baseline MINE --tolerance 0', /'0' is not a number between 0 and 1/],
  ['gate MINE --baseline none.json', /there is no baseline 'none\.json'; dpb baseline records one/],
  ['replay none.json', /cannot read the case 'none\.json'/],
  ['audit none.npy', /cannot read 'none\.npy'/],
  ['audit VECTORS --orientation rows -k 9', /-k must be from 1 to N = 3, not 9/],
  ['audit VECTORS --orientation rows --codes none.npy', /--codes takes -k/],
  ['capacity none.npy', /cannot read 'none\.npy'/],
  ['capacity VECTORS --targets 2', /'2' is not a number between 0 and 1/],
  ['verify --claims none', /there is no claim 'none'/],
  [`success MINE ${shape} -d 41`, /option '-d, --dimension <d>' is given twice/],
  [`success MINE -N 2^2000 -k 4 -d 40`, /'2\^2000' is too large/],
  ['leaderboard --decoders x', /there is no built-in decoder 'x'; built in are threshold/],
  ['worker --queue redis://127.0.0.1:1 --workers 0', /'0' is not an integer from 1 to 512/],
  ['figure 99', /there is no figure '99'; there are 2, 3/],
  ['figure 3 --shard 1/2', /a shard needs a --record/],
  ['table d51', /there is no table 'd51'; there are d50/],
  ['table readable --record x', /--record and --shard are of dpb table d50/],
  ['report --from none', /there is no 'none\/verify\.json'/],
  ['merge none.jsonl --out x', /there is no file 'none\.jsonl'/],
  ['merge x.jsonl', /required option '--out <file>' not specified/],
  ['leaderboard --decoders none', /there is no built-in decoder 'none'/],
  ['leaderboard --sizes 64 --sparsities 65', /k must be at most N = 64, not 65/],
  ['bench none', /there is no benchmark 'none'; there are kernels/],
  ['completion tcsh', /Allowed choices are bash, zsh, fish/],
  ['init cobol', /Allowed choices are python, js, ts/],
  ['worker --queue x', /the queue's address is not the URL of a Redis server/],
]

test.each(calls)('dpb %s: one line, exit 2, before any work', async (call, message) => {
  rmSync(loaded, { force: true })
  const words = call.split(' ').map((word) => ({ MINE: mine, VECTORS: vectors })[word] ?? word)
  const { status, stdout, stderr } = await callCli(...words)
  expect({ status, stdout }, stderr).toEqual({ status: 2, stdout: '' })
  expect(stderr).toMatch(/^dpb: [^\n]+\n$/)
  expect(stderr).toMatch(message)
  expect(existsSync(loaded)).toBe(false)
  expect(readdirSync(files.path('.'))).toEqual(before)
})
