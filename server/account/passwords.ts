import { randomBytes, scrypt } from 'node:crypto'
import { Refusal } from '../core/errors.ts'
import { sameBytes } from '../core/tokens.ts'

/** Turns passwords into what may be stored, at a price that makes guessing dear. */
export interface Passwords {
  /** `scrypt$17$8$1$<salt>$<hash>`: its own parameters stand in it. */
  readonly hash: (password: string) => Promise<string>
  /** Whether it is the password of `stored`. Without one, for somebody unknown, it works as long and says no. */
  readonly matches: (password: string, stored: string | undefined) => Promise<boolean>
}

interface PasswordsOptions {
  /** Power of two; OWASP's figure unless a test has no time for it. */
  readonly cost?: number
}

interface Stored {
  readonly cost: number
  readonly salt: Buffer
  readonly hash: Buffer
}

/** 128 MiB and a third of a second each. */
const COST = 17
const BLOCK_SIZE = 8
const HASH_BYTES = 32
/** Two of Node's four threads, for the other two bring commits to the disk; and 256 MiB at most. */
const AT_ONCE = 2
/** Ten seconds of work. Who comes later is asked to wait, rather than everyone kept waiting for longer. */
const MAX_WAITING = 60
const RETRY_AFTER_SECONDS = 5

/** scrypt by Node's own OpenSSL, a few at once. */
export function createPasswords({ cost = COST }: PasswordsOptions = {}): Passwords {
  const waiting: (() => void)[] = []
  let running = 0
  const nobody: Stored = { cost, salt: randomBytes(16), hash: randomBytes(HASH_BYTES) }

  async function inTurn<T>(work: () => Promise<T>): Promise<T> {
    if (running < AT_ONCE) running += 1
    else await turn()
    try {
      return await work()
    } finally {
      const next = waiting.shift()
      if (next === undefined) running -= 1
      else next()
    }
  }

  function turn(): Promise<void> {
    if (waiting.length >= MAX_WAITING) {
      throw new Refusal('unavailable', 'Too many people sign in at once: try again', {
        retryAfterSeconds: RETRY_AFTER_SECONDS,
      })
    }
    return new Promise((resolve) => waiting.push(resolve))
  }

  return {
    async hash(password) {
      const salt = randomBytes(16)
      const hash = await inTurn(() => derive(password, { salt, cost }))
      return ['scrypt', cost, BLOCK_SIZE, 1, text(salt), text(hash)].join('$')
    },
    async matches(password, stored) {
      const known = stored === undefined ? nobody : parse(stored)
      const hash = await inTurn(() => derive(password, known))
      return sameBytes(hash, known.hash) && stored !== undefined
    },
  }
}

function derive(password: string, { salt, cost }: Pick<Stored, 'salt' | 'cost'>): Promise<Buffer> {
  const N = 2 ** cost
  const options = { N, r: BLOCK_SIZE, p: 1, maxmem: 256 * N * BLOCK_SIZE }
  // The same characters have several spellings, and keyboards differ in which they send.
  const bytes = password.normalize('NFKC')
  return new Promise((resolve, reject) => {
    scrypt(bytes, salt, HASH_BYTES, options, (error, hash) => {
      if (error === null) resolve(hash)
      else reject(error)
    })
  })
}

function parse(stored: string): Stored {
  const [, cost, , , salt = '', hash = ''] = stored.split('$')
  const bytes = (part: string) => Buffer.from(part, 'base64url')
  return { cost: Number(cost), salt: bytes(salt), hash: bytes(hash) }
}

function text(bytes: Buffer): string {
  return bytes.toString('base64url')
}
