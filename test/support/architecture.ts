import { dirname, join } from 'node:path/posix'
import { importsOf } from './imports-of.ts'
import type { Import } from './imports-of.ts'

/** Who may import what, for the sources that `from` matches. A pattern is a file or folder, `*` within one name. */
export interface Rule {
  readonly from: string
  readonly may: readonly string[]
  /** What may be imported with `import type` only. */
  readonly types?: readonly string[]
  /** Packages by name; `node:` for all of Node's own. */
  readonly packages: readonly string[]
}

export interface Architecture {
  /** What others import as `#area/file.ts`, and their own files by relative paths. */
  readonly areas: readonly string[]
  /** The first rule that matches a source holds for it. */
  readonly rules: readonly Rule[]
  /** Folders that hold code, and of those listed here the folders that may be in them. */
  readonly folders: Readonly<Record<string, readonly string[] | undefined>>
}

/** Sources by their path from the project's root. */
export type Tree = ReadonlyMap<string, string>

/** Every breach of the architecture in a tree, each as a sentence; empty when there is none. */
export function breaches(tree: Tree, architecture: Architecture): readonly string[] {
  const edges = new Map([...tree].map(([path, source]) => [path, importsOf(source)]))
  return [
    ...[...tree.keys()].flatMap((path) => unlisted(path, architecture.folders)),
    ...[...edges].flatMap(([path, imports]) => forbidden(path, imports, architecture)),
    ...cycles(edges),
  ]
}

function unlisted(path: string, folders: Architecture['folders']): readonly string[] {
  const [top = '', second, ...rest] = path.split('/')
  if (second === undefined) return []
  if (!(top in folders)) return [`${path}: no rule for the folder ${top}`]
  const inner = folders[top]
  if (rest.length === 0 || inner === undefined || inner.includes(second)) return []
  return [`${path}: no rule for the folder ${top}/${second}`]
}

function forbidden(
  path: string,
  imports: readonly Import[],
  { rules, areas }: Architecture,
): readonly string[] {
  const rule = rules.find(({ from }) => matches(from, path))
  if (rule === undefined) return [`${path}: no rule for it`]
  return imports.flatMap((it) => {
    const reason = refusal(path, it, rule, areas)
    return reason === undefined ? [] : [`${path} imports ${it.specifier}: ${reason}`]
  })
}

function refusal(
  path: string,
  { specifier, isType }: Import,
  rule: Rule,
  areas: readonly string[],
): string | undefined {
  const target = targetOf(path, specifier)
  if (target === undefined) return isListed(specifier, rule) ? undefined : 'package not listed'
  const isInside = areaOf(target) === areaOf(path)
  if (specifier.startsWith('#') && isInside) return 'inside an area, imports are relative'
  if (specifier.startsWith('.') && !isInside && areas.includes(areaOf(target))) {
    return 'across areas, imports are #area/…'
  }
  const allowed = isType ? [...rule.may, ...(rule.types ?? [])] : rule.may
  return allowed.some((pattern) => matches(pattern, target)) ? undefined : 'not in the table'
}

function isListed(specifier: string, { packages }: Rule): boolean {
  if (specifier.startsWith('node:')) return packages.includes('node:')
  const parts = specifier.split('/')
  return packages.includes(parts.slice(0, specifier.startsWith('@') ? 2 : 1).join('/'))
}

/** The path from the root that a relative or `#area` import leads to; undefined for a package. */
function targetOf(path: string, specifier: string): string | undefined {
  if (specifier.startsWith('#')) return specifier.slice(1)
  return specifier.startsWith('.') ? join(dirname(path), specifier) : undefined
}

function areaOf(path: string): string {
  return path.split('/')[0] ?? ''
}

function matches(pattern: string, path: string): boolean {
  const source = pattern.replaceAll('.', String.raw`\.`).replaceAll('*', '[^/]+')
  return new RegExp(`^${source}(/|$)`).test(path)
}

/** Each cycle once, told from the file at which the walk met itself. */
function cycles(edges: ReadonlyMap<string, readonly Import[]>): readonly string[] {
  const found: string[] = []
  const done = new Set<string>()
  const walk = (path: string, trail: readonly string[]): void => {
    if (trail.includes(path)) {
      found.push(`cycle: ${[...trail.slice(trail.indexOf(path)), path].join(' → ')}`)
      return
    }
    if (done.has(path)) return
    for (const { specifier } of edges.get(path) ?? []) {
      const target = targetOf(path, specifier)
      if (target !== undefined) walk(target, [...trail, path])
    }
    done.add(path)
  }
  for (const path of edges.keys()) walk(path, [])
  return found
}
