// TypeScript for rollup. A dozen lines instead of a plugin package, whose resolver ignores packages' "browser" field.
import { join } from 'node:path'
import { transform } from 'esbuild'
import { minify } from 'terser'
import { root } from '../root.mjs'

/**
 * Turns TypeScript into JavaScript of `target`, replaces the names in `define`, and finds `#area/file.ts`.
 * @param {{ target: string, define?: Record<string, string> }} options
 * @returns {import('rollup').Plugin}
 */
export function typescript({ target, define = {} }) {
  return {
    name: 'typescript',
    resolveId: (id) => (id.startsWith('#') ? join(root, id.slice(1)) : null),
    async transform(code, id) {
      const loader = /\.(tsx?)$/.exec(id)?.[1]
      if (loader === undefined) return null
      const made = await transform(code, {
        loader: loader === 'tsx' ? 'tsx' : 'ts',
        target,
        define,
        sourcemap: true,
        sourcefile: id,
        jsx: 'automatic',
        jsxImportSource: 'preact',
      })
      return { code: made.code, map: made.map }
    },
  }
}

/**
 * Packages that ask Node which build of them is wanted: the one for use. In browsers there is no Node to ask.
 * @returns {import('rollup').Plugin}
 */
export function forProduction() {
  return {
    name: 'for production',
    transform: (code) =>
      code.includes('process.env.NODE_ENV')
        ? { code: code.replaceAll('process.env.NODE_ENV', '"production"'), map: null }
        : null,
  }
}

/**
 * socket.io's client without long polling and WebTransport, which our server does not speak: 2 kB less.
 * @returns {import('rollup').Plugin}
 */
export function websocketAlone() {
  return {
    name: 'websocket alone',
    load(id) {
      if (/engine\.io-client.build.esm.transports.index\.js$/.test(id)) {
        return "import { WS } from './websocket.js'\nexport const transports = { websocket: WS }\n"
      }
      // What else it exports looks up addresses, and has effects of its own.
      if (!/socket\.io-client.build.esm.index\.js$/.test(id)) return null
      return "export { Manager } from './manager.js'\n"
    },
  }
}

/**
 * Joins the lines of the style sheets in `styles.ts`, which need no space where one ends.
 * @returns {import('rollup').Plugin}
 */
export function sheetsOnOneLine() {
  return {
    name: 'sheets on one line',
    transform: (code, id) =>
      id.endsWith('styles.ts')
        ? code.replace(/`[^`]*`/g, (sheet) => sheet.replaceAll('\n', ''))
        : null,
  }
}

/**
 * Minifies whole chunks: module by module, the names that modules share could not be shortened. By terser, for it makes
 * the tag 6 % smaller than esbuild does.
 * @param {{ ecma: 2020, properties?: readonly string[], banner?: string }} options `properties`: names that only we
 * use, to be shortened; `banner`: a comment that stays, on the first line
 * @returns {import('rollup').Plugin}
 */
export function minified({ ecma, properties = [], banner = '' }) {
  const regex = new RegExp(`^(${properties.join('|')})$`)
  return {
    name: 'minified',
    async renderChunk(code, _chunk, { format }) {
      const made = await minify(withLet(code, this.parse(code)), {
        ecma,
        module: format === 'es',
        toplevel: true,
        compress: {
          passes: 2, // with more, less of it compresses
          inline: 1,
          pure_getters: true,
          unsafe_arrows: true,
          unsafe_methods: true,
          hoist_props: true,
          hoist_funs: true,
          unsafe: format === 'es',
        },
        mangle: properties.length > 0 ? { properties: { regex, builtins: true } } : true,
        format: { comments: false },
      })
      return { code: banner + (made.code ?? ''), map: null }
    },
  }
}

/**
 * For the console, which is loaded once and kept: by esbuild, in a tenth of terser's time.
 * @param {string} target
 * @returns {import('rollup').Plugin}
 */
export function minifiedQuickly(target) {
  return {
    name: 'minified quickly',
    async renderChunk(code) {
      const made = await transform(code, {
        minify: true,
        target,
        format: 'esm',
        legalComments: 'none',
      })
      return { code: made.code, map: null }
    },
  }
}

/**
 * `let` for `const`: one word instead of two compresses better, and neighbouring declarations become one.
 * @param {string} code
 * @param {unknown} syntax
 * @returns {string}
 */
function withLet(code, syntax) {
  if (!isNode(syntax)) return code
  let changed = code
  if (syntax.kind === 'const') {
    changed = `${code.slice(0, syntax.start)}let  ${code.slice(syntax.start + 'const'.length)}`
  }
  // of equal length, so that positions keep
  for (const part of Object.values(syntax).flat()) changed = withLet(changed, part)
  return changed
}

/**
 * @param {unknown} value
 * @returns {value is { start: number, kind?: string }}
 */
function isNode(value) {
  return typeof value === 'object' && value !== null && 'start' in value
}
