import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { root } from '../scripts/root.mjs'

const MAX_RUNTIME_DEPENDENCIES = 30
/** Packages whose install scripts may run, each because it is compiled or comes as a binary. */
const MAY_RUN = ['better-sqlite3', 'esbuild']

const lockShape = z.object({
  packages: z.record(
    z.string(),
    z.object({
      version: z.string().optional(),
      hasInstallScript: z.boolean().optional(),
      optionalDependencies: z.record(z.string(), z.string()).optional(),
    }),
  ),
})
const manifestShape = z.object({
  dependencies: z.record(z.string(), z.string()),
  /** What a setting asks for, loaded only then; the server starts without. */
  optionalDependencies: z.record(z.string(), z.string()),
  devDependencies: z.record(z.string(), z.string()),
  allowScripts: z.record(z.string(), z.boolean()),
})
const floorsShape = z.object({
  floors: z.array(z.object({ package: z.string(), version: z.string(), because: z.string() })),
})

const lockText = readFileSync(join(root, 'package-lock.json'), 'utf8')
const installed = Object.entries(lockShape.parse(JSON.parse(lockText)).packages)
const manifest = manifestShape.parse(read('package.json'))
const { floors } = floorsShape.parse(read('test/cases/floors.json'))

describe('the lock', () => {
  it.each(floors)(
    'has no $package older than $version ($because)',
    ({ package: name, version }) => {
      const found = installed.filter(([path]) => nameOf(path) === name).map(([, it]) => it.version)

      expect(found).not.toEqual([])
      expect(found.filter((it = '0') => isOlder(it, version))).toEqual([])
    },
  )

  it('knows the builds for every platform, or npm ci refuses it', () => {
    const known = new Set(installed.map(([path]) => nameOf(path)))
    const wanted = installed.flatMap(([, it]) => Object.keys(it.optionalDependencies ?? {}))

    expect(wanted.length).toBeGreaterThan(50)
    expect(wanted.filter((name) => !known.has(name))).toEqual([])
  })

  it('names no registry, so that it installs from anyone’s', () => {
    expect(lockText).not.toContain('"resolved"')
    expect(lockText).not.toMatch(/https?:\/\/[^"]*\.tgz/)
  })

  it('brings no install script that package.json does not decide on', () => {
    const scripted = installed.filter(([, { hasInstallScript }]) => hasInstallScript === true)
    const undecided = scripted.filter(([path]) => !(nameOf(path) in manifest.allowScripts))

    expect(undecided.map(([path]) => path)).toEqual([])
  })
})

describe('package.json', () => {
  it('lets only compiled packages run install scripts', () => {
    const running = Object.entries(manifest.allowScripts).filter(([, may]) => may)

    expect(running.map(([name]) => name)).toEqual(MAY_RUN)
  })

  it(`has at most ${MAX_RUNTIME_DEPENDENCIES} dependencies at run time`, () => {
    const names = Object.keys(manifest.dependencies)

    expect(names.length).toBeLessThanOrEqual(MAX_RUNTIME_DEPENDENCIES)
  })

  it('pins what the product is made of', () => {
    const { dependencies, optionalDependencies } = manifest
    const loose = Object.entries({ ...dependencies, ...optionalDependencies }).filter(
      ([, it]) => !/^\d/.test(it),
    )

    expect(loose).toEqual([])
  })
})

function read(path: string): unknown {
  return JSON.parse(readFileSync(join(root, path), 'utf8'))
}

/** `node_modules/a/node_modules/@b/c` → `@b/c`. */
function nameOf(path: string): string {
  return path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length)
}

function isOlder(version: string, floor: string): boolean {
  return version.localeCompare(floor, 'en', { numeric: true }) < 0
}
