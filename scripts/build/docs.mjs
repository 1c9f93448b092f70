// dist/docs: the guides of docs/ that shops read, as pages of their own server.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { build } from 'esbuild'
import { Marked } from 'marked'
import { root } from '../root.mjs'

/** Each is served at /docs/<name>. */
export const GUIDES = [
  'tag',
  'compatible',
  'identity',
  'audiences',
  'experiences',
  'chat-rules',
  'retention',
]
/** What their pages use, and the page of the API, which the server makes of its routes. */
export const DOCS_ASSETS = ['guide.css', 'api.css', 'api.js']
/** @type {Record<string, string>} */
const SOURCES = { 'api.js': 'console/api-docs.ts' }

/** @param {string} out */
export async function writeDocs(out) {
  const folder = join(out, 'docs')
  mkdirSync(folder, { recursive: true })
  for (const name of DOCS_ASSETS) await writeAsset(folder, name)
  for (const name of GUIDES) {
    const text = readFileSync(join(root, 'docs', `${name}.md`), 'utf8')
    writeFileSync(join(folder, `${name}.html`), pageOf(text))
  }
}

/**
 * @param {string} folder
 * @param {string} name
 */
async function writeAsset(folder, name) {
  const { outputFiles } = await build({
    entryPoints: [join(root, SOURCES[name] ?? `docs/${name}`)],
    bundle: true,
    minify: true,
    write: false,
  })
  writeFileSync(join(folder, name), outputFiles[0]?.contents ?? '')
}

/** @param {string} text */
function pageOf(text) {
  const title = /^# (.+)$/m.exec(text)?.[1] ?? 'Granplaza'
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title} · Granplaza</title>
<link rel="stylesheet" href="/docs/guide.css">
</head>
<body>
<main>
${markdown().parse(text, { async: false })}</main>
</body>
</html>
`
}

/** Headings that can be linked to. */
function markdown() {
  return new Marked({
    renderer: {
      heading({ tokens, depth, text }) {
        const id = text.toLowerCase().replace(/\W+/g, '-')
        return `<h${depth} id="${id}">${this.parser.parseInline(tokens)}</h${depth}>\n`
      },
    },
  })
}
