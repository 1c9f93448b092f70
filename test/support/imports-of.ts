/** One import, export-from or `import()` of a source. */
export interface Import {
  /** As written: `./queue.ts`, `#protocol/names.ts`, `zod`, `node:fs`. */
  readonly specifier: string
  /** Erased before anything runs: `import type`, `export type`, `typeof import()`. */
  readonly isType: boolean
}

const COMMENT_LINES = /^\s*(\/\/.*|\/\*[\s\S]*?\*\/)/gm
const FROM = /^\s*(?:import|export)\b(\s+type\b)?[^'"`();]*?\bfrom\s*['"]([^'"]+)['"]/gm
const BARE = /^\s*import\s*['"]([^'"]+)['"]/gm
const DYNAMIC = /(\btypeof\s+)?\b(?:import|require)\s*\(\s*(?:\/\*.*?\*\/\s*)?['"`]([^'"`]+)['"`]/g

/** Every import of a TypeScript source that oxfmt has laid out. An address made at run time is not seen. */
export function importsOf(source: string): readonly Import[] {
  const code = source.replaceAll(COMMENT_LINES, '')
  const all = [
    ...[...code.matchAll(FROM)].map(([, type, specifier]) => found(specifier, type)),
    ...[...code.matchAll(BARE)].map(([, specifier]) => found(specifier, undefined)),
    ...[...code.matchAll(DYNAMIC)].map(([, type, specifier]) => found(specifier, type)),
  ]
  // `/gp.js` and the like are addresses of a server, in the pages that tests write
  return all.filter(({ specifier }) => !specifier.startsWith('/'))
}

function found(specifier = '', type: string | undefined): Import {
  return { specifier, isType: type !== undefined }
}
