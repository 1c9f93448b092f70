import { mkdtemp, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { openSecretBox } from '#server/core/secret-box.ts'

describe('a secret box', () => {
  let folder: string
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'granplaza-'))
  })
  afterEach(() => rm(folder, { recursive: true, force: true }))

  it('opens after a restart what it sealed, and its key is for its owner alone', async () => {
    const sealed = (await openSecretBox(folder)).seal('señal ✓', 'shop 1')

    expect((await openSecretBox(folder)).open(sealed, 'shop 1')).toBe('señal ✓')
    expect((await stat(join(folder, 'secret.key'))).mode & 0o777).toBe(0o600)
    expect(sealed.toString('latin1')).not.toContain('al ')
  })

  it('has one key, however many starts make it at once', async () => {
    const boxes = await Promise.all(Array.from({ length: 8 }, () => openSecretBox(folder)))
    const [first] = boxes
    const sealed = first?.seal('secret', 'shop 1') ?? Buffer.of()

    expect(boxes.map((box) => box.open(sealed, 'shop 1'))).toEqual(boxes.map(() => 'secret'))
  })

  it('opens nothing that was moved, changed, or sealed with another key', async () => {
    const box = await openSecretBox(folder)
    const sealed = box.seal('secret', 'shop 1')
    const changed = Buffer.from(sealed)
    changed[changed.length - 1] = (changed.at(-1) ?? 0) ^ 1

    expect(() => box.open(sealed, 'shop 2')).toThrow(/not the key/)
    expect(() => box.open(changed, 'shop 1')).toThrow(/not the key/)
    await rm(join(folder, 'secret.key'))
    const other = await openSecretBox(folder)
    expect(() => other.open(sealed, 'shop 1')).toThrow(/not the key/)
    await writeFile(join(folder, 'secret.key'), 'short')
    await expect(openSecretBox(folder)).rejects.toThrow(/put back the one from your backup/)
  })
})
