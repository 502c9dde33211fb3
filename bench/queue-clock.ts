import { stream } from '../src/random/stream.js'

/** Seconds that a job costs beside its trials. */
export interface JobCost {
  /** Of the server's one thread. */
  readonly server: number
  /** Of the client's one thread. */
  readonly client: number
  /** That a worker waits, with nobody else there. */
  readonly worker: number
}

export interface QueueClock {
  readonly workers: number
  /** What a job's trials take, on average. */
  readonly seconds: number
  readonly cost: JobCost
}

/** Jobs take up to this share longer or shorter than their mean. */
const SPREAD = 0.3
/** Jobs a worker does in the simulation. */
const JOBS = 50

/**
 * The clock of a queue with many workers: each takes its next job through the server, which does one thing at a time,
 * computes it, and gives back the result, which the client takes in one after another before it sends another job in
 * its place; 3 jobs a worker are on their way.
 * @returns the share of the workers' time that goes into trials, and which of server and client is busier
 */
export function simulateQueue({ workers, seconds, cost }: QueueClock) {
  const { uniform } = stream('queue clock', `${workers} ${seconds}`)
  const free = { server: 0, client: 0 }
  /** When jobs can be fetched: those that the client sent first, and those in the place of what came back. */
  const sent = Array.from({ length: 3 * workers }, () => 0)
  const idle = new Heap()
  for (let worker = 0; worker < workers; worker++) idle.push(uniform() * seconds)
  let [busy, last] = [0, 0]
  for (let job = 0; job < JOBS * workers; job++) {
    const at = Math.max(idle.pop(), sent[job])
    const fetched = Math.max(at, free.server) + cost.server
    free.server = fetched
    const computing = seconds * (1 + SPREAD * (2 * uniform() - 1))
    const done = fetched + Math.max(0, cost.worker - cost.server) + computing
    // Results come back in about the order in which jobs were fetched.
    free.client = Math.max(free.client, fetched + seconds) + cost.client
    sent.push(Math.max(free.client, done))
    idle.push(done)
    busy += computing
    last = Math.max(last, done)
  }
  const jobs = JOBS * workers
  const shares = { server: (jobs * cost.server) / last, client: (jobs * cost.client) / last }
  const busiest = shares.server > shares.client ? ('server' as const) : ('client' as const)
  return { efficiency: busy / (workers * last), busiest, share: Math.min(1, shares[busiest]) }
}

/** Numbers of which the least is taken first. */
class Heap {
  readonly #items: number[] = []

  push(value: number): void {
    const items = this.#items
    let at = items.push(value) - 1
    while (at > 0 && items[(at - 1) >> 1] > items[at]) {
      const up = (at - 1) >> 1
      ;[items[up], items[at]] = [items[at], items[up]]
      at = up
    }
  }

  pop(): number {
    const items = this.#items
    const [least] = items
    const end = items.pop()!
    if (items.length > 0) items[0] = end
    for (let at = 0; ; ) {
      const [left, right] = [2 * at + 1, 2 * at + 2]
      let next = at
      if (left < items.length && items[left] < items[next]) next = left
      if (right < items.length && items[right] < items[next]) next = right
      if (next === at) return least
      ;[items[next], items[at]] = [items[at], items[next]]
      at = next
    }
  }
}
