import { InputError } from '../../io/input-error.js'

/** Where a Redis or Valkey server is, and how one is let in. */
export interface QueueAddress {
  readonly host: string
  readonly port: number
  readonly tls: boolean
  readonly username?: string
  readonly password?: string
  /** Number of the database. */
  readonly db: number
  /** As it may be printed: without user and password. */
  readonly shown: string
}

const USUAL_PORT = 6379
const RIGHT = 'it is redis://host:6379, or rediss://user:password@host:6379 with TLS'

/**
 * The address in a URL. Throws InputError, which never repeats the URL, for what is none: it may hold a password.
 */
export function queueAddress(text: string): QueueAddress {
  const url = URL.canParse(text) ? new URL(text) : undefined
  if (!url || !/^rediss?:$/.test(url.protocol) || url.hostname === '') {
    throw new InputError(`the queue's address is not the URL of a Redis server; ${RIGHT}`)
  }
  const [, db = '0'] = /^\/(\d{1,4})$/.exec(url.pathname) ?? []
  if (!/^\/?(\d{1,4})?$/.test(url.pathname) || url.search || url.hash) {
    throw new InputError(`the queue's address has more than a database's number after its host; ${RIGHT}`)
  }
  const { protocol, hostname } = url
  const port = url.port === '' ? USUAL_PORT : Number(url.port)
  const [username, password] = [decoded(url.username), decoded(url.password)]
  return {
    // An address of version 6 stands in brackets.
    host: hostname.replace(/^\[(.*)\]$/, '$1'),
    port,
    tls: protocol === 'rediss:',
    ...(username !== '' && { username }),
    ...(password !== '' && { password }),
    db: Number(db),
    shown: `${protocol}//${hostname}:${port}${db === '0' ? '' : `/${db}`}`,
  }
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part)
  } catch {
    throw new InputError("a % in the user or the password of the queue's address is written %25")
  }
}
