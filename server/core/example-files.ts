import { readdir, readFile } from 'node:fs/promises'
import { extname, join, sep } from 'node:path'
import { DEMO_PATH } from '#protocol/names.ts'
import { createFile, type ServedFile } from './files.ts'
import { NONCE_PLACEHOLDER, SHOP_PAGE_HEADERS, strictPageHeaders } from './headers.ts'
import { randomToken } from './tokens.ts'

/** The example that newcomers are shown first. */
const DEMO = 'shop'
/** Lists, a line each, the addresses below an example that its script draws: they get its index.html. */
const ROUTES_FILE = 'routes.txt'
/** Pages are asked for again each time, yet stay fit for the browser's back-forward cache. */
const PAGE_CACHING = { 'cache-control': 'no-cache' }

/** What stands in the examples' files where a shop owner would write their own. */
export type Placeholders = Readonly<Record<'SHOP_KEY' | 'DEMO_CHANNEL', string>>

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.svg': 'image/svg+xml',
}

/**
 * The examples' files by address, with what is the shop's where a shop owner would write it. They lie below
 * `/examples/<name>/`, and the demo shop below an address of its own.
 */
export async function readExampleFiles(
  folder: string,
  written: Placeholders,
): Promise<Map<string, ServedFile>> {
  const files = new Map<string, ServedFile>()
  const entries = await readdir(folder, { withFileTypes: true })
  for (const { name } of entries.filter((entry) => entry.isDirectory())) {
    const address = name === DEMO ? DEMO_PATH : `/examples/${name}/`
    await addExample(files, join(folder, name), address, written)
  }
  return files
}

async function addExample(
  files: Map<string, ServedFile>,
  folder: string,
  address: string,
  written: Placeholders,
): Promise<void> {
  for (const name of await readdir(folder, { recursive: true })) {
    const type = TYPES[extname(name)]
    if (type === undefined) continue
    const text = await readFile(join(folder, name), 'utf8')
    const path = name === 'index.html' ? address : address + name.replaceAll(sep, '/')
    files.set(path, fileOf(filledIn(text, written), type))
  }
  const page = files.get(address)
  if (page === undefined) return
  for (const route of await readRoutes(join(folder, ROUTES_FILE))) files.set(address + route, page)
  files.set(address.slice(0, -1), { answer: () => redirect(address) })
}

function filledIn(text: string, written: Placeholders): string {
  return Object.entries(written).reduce(
    (filled, [name, value]) => filled.replaceAll(name, value),
    text,
  )
}

function fileOf(text: string, type: string): ServedFile {
  if (text.includes(NONCE_PLACEHOLDER)) return strictPage(text, type)
  const isPage = type.startsWith('text/html')
  const headers = isPage ? { ...PAGE_CACHING, ...SHOP_PAGE_HEADERS } : PAGE_CACHING
  return createFile(Buffer.from(text), { type, isImmutable: false, headers })
}

/** A nonce is worth something only if nobody can know it before. */
function strictPage(text: string, type: string): ServedFile {
  return {
    answer() {
      const nonce = randomToken(16)
      return {
        body: text.replaceAll(NONCE_PLACEHOLDER, nonce),
        headers: { 'content-type': type, ...PAGE_CACHING, ...strictPageHeaders(nonce) },
      }
    },
  }
}

function redirect(location: string) {
  return { status: 308, headers: { location } }
}

async function readRoutes(file: string): Promise<string[]> {
  const text = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return ''
    throw error
  })
  return text.split('\n').filter((line) => line !== '')
}
