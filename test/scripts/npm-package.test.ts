import { spawnSync } from 'node:child_process'
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { root } from '../../scripts/root.mjs'
import { ensureBuilt } from '../../scripts/setup/built.mjs'

const shop = mkdtempSync(join(tmpdir(), 'granplaza-consumer-'))
const installed = join(shop, 'node_modules/granplaza')

describe('the npm package, installed in a shop', () => {
  beforeAll(async () => {
    await ensureBuilt()
    cpSync(join(root, 'dist/npm'), installed, { recursive: true })
    writeFileSync(join(shop, 'package.json'), '{ "type": "module" }')
  })
  afterAll(() => rmSync(shop, { recursive: true }))

  it.each([
    { module: 'esnext', moduleResolution: 'bundler' },
    { module: 'nodenext', moduleResolution: 'nodenext' },
  ])('types its commands under $moduleResolution', (options) => {
    const right = compile(`gp.track('Anything', { colour: 'red' }).then(() => {})`, options)
    const wrong = compile('gp.track(7)', options)

    expect(right).toBe('')
    expect(wrong).toContain('TS2345')
  })

  it('needs no other package', () => {
    const manifest: unknown = JSON.parse(readFileSync(join(installed, 'package.json'), 'utf8'))

    expect(manifest).not.toHaveProperty('dependencies')
    expect(readFileSync(join(installed, 'index.js'), 'utf8')).not.toMatch(/^\s*import\b.*from/m)
    expect(readdirSync(installed).toSorted()).toEqual([
      'LICENSE',
      'README.md',
      'index.js',
      'package.json',
      'types',
    ])
  })
})

/** What the shop's compiler complains of, with the package's own declarations checked too. */
function compile(call: string, options: { module: string; moduleResolution: string }): string {
  writeFileSync(join(shop, 'shop.ts'), `import { gp } from 'granplaza'\n${call}\n`)
  const compilerOptions = {
    ...options,
    target: 'es2022',
    lib: ['es2022', 'dom'],
    types: [],
    strict: true,
    noEmit: true,
    skipLibCheck: false,
  }
  writeFileSync(
    join(shop, 'tsconfig.json'),
    JSON.stringify({ compilerOptions, files: ['shop.ts'] }),
  )
  const tsc = join(root, 'node_modules/typescript/bin/tsc')
  return spawnSync(process.execPath, [tsc, '-p', shop], { encoding: 'utf8' }).stdout
}
