import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto'
import { link, mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { StartError } from './errors.ts'

/** Keeps secrets that must be read again so that the database alone does not tell them. */
export interface SecretBox {
  /** `place` says whose secret it is: moved to another row, it can't be opened. */
  readonly seal: (secret: string, place: string) => Buffer
  /** Throws where the key is another one, or the bytes are not as they were sealed. */
  readonly open: (sealed: Buffer, place: string) => string
}

const VERSION = 1
const KEY_BYTES = 32
const IV_BYTES = 12
const TAG_BYTES = 16
const KEY_FILE = 'secret.key'

/** AES-256-GCM: version, nonce, tag, secret. */
export function createSecretBox(key: Buffer): SecretBox {
  return {
    seal(secret, place) {
      const iv = randomBytes(IV_BYTES)
      const cipher = createCipheriv('aes-256-gcm', key, iv).setAAD(Buffer.from(place))
      const sealed = Buffer.concat([cipher.update(secret, 'utf8'), cipher.final()])
      return Buffer.concat([Buffer.of(VERSION), iv, cipher.getAuthTag(), sealed])
    },
    open(sealed, place) {
      if (sealed[0] !== VERSION) throw new Error('A secret of a version that is not known')
      const iv = sealed.subarray(1, 1 + IV_BYTES)
      const tag = sealed.subarray(1 + IV_BYTES, 1 + IV_BYTES + TAG_BYTES)
      const options = { authTagLength: TAG_BYTES }
      const decipher = createDecipheriv('aes-256-gcm', key, iv, options)
        .setAAD(Buffer.from(place))
        .setAuthTag(tag)
      const secret = decipher.update(sealed.subarray(1 + IV_BYTES + TAG_BYTES))
      try {
        return Buffer.concat([secret, decipher.final()]).toString('utf8')
      } catch (error) {
        throw new Error(`${KEY_FILE} in DATA_DIR is not the key it was sealed with`, {
          cause: error,
        })
      }
    },
  }
}

/**
 * The box of an installation: its key is the file `secret.key` in `dataDir`, made at the first start. A backup without
 * it has no secrets; nodes that share a database need the same file. Throws a `StartError` where it is no key.
 */
export async function openSecretBox(dataDir: string): Promise<SecretBox> {
  const file = join(dataDir, KEY_FILE)
  const key = (await readKey(file)) ?? (await makeKey(dataDir, file))
  if (key.length === KEY_BYTES) return createSecretBox(key)
  throw new StartError(`${file} is not the key it was: put back the one from your backup`)
}

async function readKey(file: string): Promise<Buffer | undefined> {
  try {
    return Buffer.from((await readFile(file, 'utf8')).trim(), 'base64')
  } catch (error) {
    if (Object(error).code === 'ENOENT') return undefined
    throw new StartError(`${file} can't be read: check its permissions`, { cause: error })
  }
}

/** Of any number of starts at once one makes it, and it is never there in part. */
async function makeKey(dataDir: string, file: string): Promise<Buffer> {
  const own = `${file}.${randomBytes(6).toString('hex')}`
  await mkdir(dataDir, { recursive: true, mode: 0o700 })
  await writeFile(own, randomBytes(KEY_BYTES).toString('base64'), { mode: 0o600, flush: true })
  try {
    await link(own, file)
  } catch (error) {
    if (Object(error).code !== 'EEXIST') throw error
  } finally {
    await rm(own, { force: true })
  }
  const key = await readKey(file)
  if (key === undefined) throw new StartError(`${file} can't be made: check its permissions`)
  return key
}
