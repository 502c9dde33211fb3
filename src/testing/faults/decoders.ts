import type { Lane } from './lane.js'

/** Top-k decoding, but for what the body does first. */
export const decoder = (lane: Lane, name: string, body = ''): string =>
  lane.write(
    `${name}.mjs`,
    `import fs from 'node:fs'
     import { spawn } from 'node:child_process'
     import { Worker } from 'node:worker_threads'
     let turn = 0
     export default { name: '${name}', decode({ dictionary, code, k, random }) {
       turn++
       ${body}
       const scores = dictionary.correlate(code)
       return [...scores.keys()].sort((a, b) => scores[b] - scores[a]).slice(0, k)
     } }`,
  )

/** What hostile decoders do, by kind. */
export const hostile: Readonly<Record<string, string>> = {
  loops: 'if (turn > 3) for (;;) {}',
  sleeps: 'if (turn > 3) return new Promise(() => {})',
  never: 'return new Promise(() => {})',
  throws: 'throw Object.create(null)',
  exits: 'if (turn > 3) process.exit(0)',
  aborts: 'if (turn > 3) process.abort()',
  prints: 'fs.writeSync(1, "{}\\n"); console.log("{}")',
  keeps:
    "setInterval(() => {}, 10); process.on('SIGTERM', () => {}); process.on('exit', () => { for (;;) {} })",
  threads: "new Worker('for (;;) {}', { eval: true })",
  children: "spawn('sleep', ['999'], { detached: true, stdio: 'inherit' })",
  hoards: 'for (globalThis.all = []; ;) all.push(Buffer.alloc(2 ** 26, 1))',
  patches:
    'Array.prototype.every = () => true; JSON.stringify = () => "{}"; Object.prototype.toJSON = () => 1',
  rejects: 'Promise.reject(new Error("oh"))',
  late: 'setTimeout(() => { throw new Error("later") }, 5)',
  forges: 'if (turn > 3) { fs.writeSync(4, "{}\\n"); process.send([1]); process.disconnect() }',
  caches: 'globalThis.first ??= [...Array(k).keys()]; return first',
}
