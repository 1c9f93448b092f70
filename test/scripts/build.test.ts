import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Script } from 'node:vm'
import { beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { DOCS_ASSETS, GUIDES } from '../../scripts/build/docs.mjs'
import { root } from '../../scripts/root.mjs'
import { ensureBuilt } from '../../scripts/setup/built.mjs'

const dist = join(root, 'dist')
const manifestShape = z.object({
  version: z.string(),
  files: z.record(
    z.string(),
    z.object({ file: z.string(), type: z.string(), integrity: z.string(), immutable: z.boolean() }),
  ),
})

describe('the build', () => {
  beforeAll(ensureBuilt)

  it('makes the same bytes of the same sources, wherever it is put', () => {
    const again = mkdtempSync(join(tmpdir(), 'granplaza-build-'))
    const args = [join(root, 'scripts/build.mjs'), '--out', again]
    const { status, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8' })
    const made = hashesIn(again)
    rmSync(again, { recursive: true })

    expect({ status, stderr }).toEqual({ status: 0, stderr: '' })
    expect(made).toEqual(hashesIn(dist))
    // A whole build, beside other tests.
  }, 120_000)

  it('lists each public file with the hash that browsers check', () => {
    for (const { file, integrity } of Object.values(manifest().files)) {
      expect(integrity).toBe(`sha384-${hash('sha384', join(dist, file), 'base64')}`)
    }
  })

  it('lets browsers keep for ever what carries its version or hash, and nothing else', () => {
    const { files, version } = manifest()
    const kept = Object.keys(files).filter((address) => files[address]?.immutable)
    const renewed = Object.keys(files).filter((address) => !files[address]?.immutable)

    expect(renewed.toSorted()).toEqual([
      ...['chatwoot', 'crisp', 'intercom'].map((name) => `/adapters/${name}.js`),
      '/analytics-next/bundles/LICENSE.txt',
      '/analytics-next/bundles/standalone.js',
      '/console',
      ...[...GUIDES, ...DOCS_ASSETS].toSorted().map((name) => `/docs/${name}`),
      '/gp.js',
    ])
    expect(kept).toContain(`/gp/${version}/gp.js`)
    for (const address of kept) {
      expect(address).toMatch(
        /^\/gp\/\d+\.\d+\.\d+\/|^\/console\/assets\/.*-[\w-]{8}\.(js|css)$|\.bundle\.[\da-f]{20}\.js$/,
      )
    }
  })

  it('tells the tag that pages pin the hash of the list of the lazy parts’ hashes', () => {
    const { files, version } = manifest()
    const folder = `/gp/${version}/`
    const textOf = (name: string) => readFileSync(join(dist, `public${folder}${name}`), 'utf8')
    const others = ['gp.js', 'snippet.js', 'integrity.js'].map((name) => folder + name)
    const lazy = Object.entries(files).filter(
      ([address]) => address.startsWith(folder) && !others.includes(address),
    )

    expect(textOf('gp.js')).toContain(files[`${folder}integrity.js`]?.integrity)
    expect(lazy).not.toEqual([])
    for (const [, { integrity }] of lazy) expect(textOf('integrity.js')).toContain(integrity)
  })

  it('makes the tag a classic script that loads on its own', () => {
    const tag = readFileSync(join(dist, 'public/gp.js'), 'utf8')

    expect(() => new Script(tag)).not.toThrow()
    expect(tag).not.toMatch(/__GP_|process\.env/)
  })
})

function manifest() {
  return manifestShape.parse(JSON.parse(readFileSync(join(dist, 'manifest.json'), 'utf8')))
}

function hashesIn(folder: string): Record<string, string> {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true })
  const files = entries.filter((entry) => entry.isFile())
  const paths = files.map((entry) => join(entry.parentPath, entry.name)).toSorted()
  return Object.fromEntries(
    paths.map((path) => [path.slice(folder.length), hash('sha256', path, 'hex')]),
  )
}

function hash(algorithm: string, path: string, encoding: 'base64' | 'hex'): string {
  return createHash(algorithm).update(readFileSync(path)).digest(encoding)
}
