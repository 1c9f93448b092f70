import { createHmac, generateKeyPairSync } from 'node:crypto'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { runCommand } from '#server/run-command.ts'

let dataDir: string
beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'granplaza-'))
})
afterAll(() => rm(dataDir, { recursive: true, force: true }))

const run = (...args: string[]) => runCommand(args, { DATA_DIR: dataDir })
const firstLine = (text: string) => text.split('\n')[0] ?? ''

describe('npm run shop, for the proof of identity', () => {
  it('prints the same secret until it is rotated', async () => {
    const secret = firstLine(await run('shop', '--identity-secret'))
    const again = firstLine(await run('shop', '--identity-secret'))
    const rotated = firstLine(await run('shop', '--rotate-identity-secret'))

    expect(secret).toMatch(/^ids_[\w-]{43}$/)
    expect(again).toBe(secret)
    expect(rotated).not.toBe(secret)
    expect(firstLine(await run('shop', '--identity-secret'))).toBe(rotated)
    expect(await run('shop')).not.toContain(rotated)
    // It is a key that HMACs take as it is printed.
    expect(createHmac('sha256', rotated).update('x').digest('hex')).toHaveLength(64)
  })

  it('shows and changes the rule', async () => {
    expect(await run('shop')).toMatch(/Identity +open/)
    expect(await run('shop', '--identity', 'required')).toMatch(/Identity +required/)
    expect(await run('shop', '--identity', 'open')).toMatch(/Identity +open/)
    await expect(run('shop', '--identity', 'maybe')).rejects.toThrow(/open, required/)
  })

  it('takes a public Ed25519 key, and nothing else', async () => {
    const write = async (name: string, text: string) => {
      const file = join(dataDir, name)
      await writeFile(file, text)
      return file
    }
    const pemOf = (key: { export: (as: { type: 'spki'; format: 'pem' }) => string | Buffer }) =>
      key.export({ type: 'spki', format: 'pem' }).toString()
    const good = await write('good.pem', pemOf(generateKeyPairSync('ed25519').publicKey))
    const rsa = generateKeyPairSync('rsa', { modulusLength: 1_024 })
    const wrong = await write('wrong.pem', pemOf(rsa.publicKey))

    expect(await run('shop', '--identity-key', good)).toContain('Public key')
    await expect(run('shop', '--identity-key', wrong)).rejects.toThrow(/no public Ed25519 key/)
    await expect(run('shop', '--identity-key', '/nowhere')).rejects.toThrow(/can't be read/)
  })
})
