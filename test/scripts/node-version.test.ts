import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { runInNewContext } from 'node:vm'
import { transformSync } from 'esbuild'
import { describe, expect, it } from 'vitest'
import { root } from '../../scripts/root.mjs'

const check = read('node-version.cjs')

describe('the check of the Node version', () => {
  it.each(['4.9.1', '10.24.1', '14.21.3', '18.20.8', '20.18.3'])('refuses Node %s', (node) => {
    const { said, exitCode } = runOn(node)

    expect(exitCode).toBe(1)
    expect(said).toEqual([expect.stringMatching(/^Granplaza needs Node 20\.19 .*v[\d.]+: install/)])
  })

  it.each(['20.19.0', '22.1.0', '24.0.1'])('lets Node %s pass in silence', (node) => {
    expect(runOn(node)).toEqual({ said: [] })
  })

  it('can be parsed by the oldest of them', () => {
    expect(lowered(check, 'es5')).toBe(lowered(check, 'esnext'))
  })

  it.each(['start', 'test', 'command', 'setup'])(
    'comes first in %s, where old ones can parse it',
    (name) => {
      const source = read(`${name}.mjs`)
      const imports = [...source.matchAll(/^import\s.*$/gm)].map(([line]) => line)

      expect(imports).toEqual([`import './node-version.cjs'`])
      expect(lowered(source, 'node14')).toBe(lowered(source, 'esnext'))
    },
  )

  it.each(['start', 'test', 'test:long'])(
    'is preloaded by npm run %s, for those without modules',
    (name) => {
      const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))

      expect(scripts[name]).toMatch(/^node -r \.\/scripts\/node-version\.cjs /)
    },
  )
})

function read(name: string): string {
  return readFileSync(join(root, 'scripts', name), 'utf8')
}

function runOn(node: string): { said: string[]; exitCode?: number } {
  const result: { said: string[]; exitCode?: number } = { said: [] }
  runInNewContext(check, {
    console: { error: (text: string) => result.said.push(text) },
    process: {
      version: `v${node}`,
      versions: { node },
      exit: (code: number) => {
        result.exitCode = code
      },
    },
  })
  return result
}

/** Equal for two targets when nothing had to be rewritten for the older one. */
function lowered(source: string, target: string): string {
  return transformSync(source, { target }).code
}
