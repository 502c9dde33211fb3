import type { Redis } from 'ioredis'
import { z } from 'zod'
import { LARGEST_JOB } from './chunk-job.js'
import { keys } from './registry.js'

/** Jobs looked at: the next two, of which another worker may take one in the meantime. */
const LOOKS = 2
/** Characters of any field of a job beside its data. */
const LARGEST_FIELD = 4096

/**
 * Takes away those of the next jobs that must not even be fetched: larger than any job is, without the form of one,
 * or delayed, repeated or with a priority, as no run's jobs are. Drops jobs whose run is gone. KEYS: the lists wait,
 * delayed, prioritized, and the jobs' prefix. Returns how many of the next jobs may be fetched, and pairs of a job's
 * key and what is wrong.
 */
const SCRIPT = `
local refused = {}
local known = { name = 1, data = 1, opts = 1, timestamp = 1, delay = 1, priority = 1, processedOn = 1, ats = 1, atm = 1,
  stc = 1, pb = 1, defa = 1, failedReason = 1, stacktrace = 1 }
local function fault(id)
  if #id ~= 40 or not string.match(id, '^%x+$') then return 'it has no key of a job' end
  local key = KEYS[4] .. id
  if redis.call('TYPE', key).ok ~= 'hash' then return 'it is no job' end
  if redis.call('HLEN', key) > 16 then return 'it is no job of a run' end
  for _, field in ipairs(redis.call('HKEYS', key)) do
    if known[field] == nil then return 'it is no job of a run' end
    local most = field == 'data' and tonumber(ARGV[2]) or tonumber(ARGV[3])
    if redis.call('HSTRLEN', key, field) > most then return 'it is larger than a job is' end
  end
  for _, field in ipairs({ 'data', 'opts' }) do
    local ok, value = pcall(cjson.decode, redis.call('HGET', key, field) or '')
    if not ok or type(value) ~= 'table' then return 'it is not JSON' end
  end
end
local function refuse(id, why)
  if #id == 40 and string.match(id, '^%x+$') then redis.call('UNLINK', KEYS[4] .. id) end
  table.insert(refused, id)
  table.insert(refused, why)
end
for _, list in ipairs({ KEYS[2], KEYS[3] }) do
  for _, id in ipairs(redis.call('ZRANGE', list, 0, 99)) do
    redis.call('ZREM', list, id)
    refuse(id, 'it is no job of a run')
  end
end
local function lives(id)
  local run = cjson.decode(redis.call('HGET', KEYS[4] .. id, 'data')).run
  return type(run) ~= 'string' or redis.call('EXISTS', ARGV[4] .. run) == 1
end
local looked = 0
local dropped = 0
while looked < tonumber(ARGV[1]) and #refused < 200 and dropped < 2000 do
  local id = redis.call('LINDEX', KEYS[1], -1 - looked)
  if not id then break end
  local why = fault(id)
  if why then
    redis.call('LREM', KEYS[1], -1, id)
    refuse(id, why)
  elseif not lives(id) then
    redis.call('LREM', KEYS[1], -1, id)
    redis.call('UNLINK', KEYS[4] .. id)
    dropped = dropped + 1
  else
    looked = looked + 1
  end
end
return { looked, refused }`

const reply = z.tuple([z.number(), z.array(z.string())])

/** A job that was taken away before anyone fetched it. */
export interface Refusal {
  readonly key: string
  readonly why: string
}

/** What is next in a queue. */
export interface NextJobs {
  /** Whether there is a job that may be fetched. */
  readonly some: boolean
  readonly refused: readonly Refusal[]
}

/**
 * Look at the jobs that are next in a queue before one is fetched: what is fetched is taken into memory whole.
 * @param toKey the queue's key of a name
 */
export async function guard(redis: Redis, toKey: (name: string) => string): Promise<NextJobs> {
  const lists = ['wait', 'delayed', 'prioritized', ''].map(toKey)
  const limits = [LOOKS, LARGEST_JOB, LARGEST_FIELD, keys.run('')]
  const [looked, found] = reply.parse(await redis.eval(SCRIPT, 4, ...lists, ...limits))
  const refused = found.flatMap((key, i) => (i % 2 === 0 ? [{ key, why: found[i + 1] }] : []))
  return { some: looked > 0, refused }
}
