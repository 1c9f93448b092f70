import { TextDecoder } from 'node:util'
import { SaxesParser, type SaxesTagPlain } from 'saxes'
import { failureText } from '#protocol/failures.ts'
import { FeedFault } from './feed-fault.ts'
import { FEED_COLUMNS } from './feed-layout.ts'

const MAX_HEAD_CHARS = 64 * 1024
const MAX_VALUE_CHARS = 64 * 1024
/** Of one tag, comment or text: the parser keeps what is open. */
const MAX_OPEN_CHARS = 1024 * 1024
const MAX_DEPTH = 32
const MAX_IMAGES = 20
const DECLARED = /^<\?xml[^>]*?\bencoding\s*=\s*["']([\w.:-]{1,40})["']/i

/**
 * Items of a Google Merchant feed (RSS `item`, Atom `entry`) as lines of JSON, piece by piece, so that a feed is read as
 * an uploaded file is. Nothing is looked up and no entity is expanded but XML's own five; a document type is refused.
 */
export async function* xmlItems(pieces: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  const reader = createReader()
  let decoder: TextDecoder | undefined
  for await (const piece of pieces) {
    decoder ??= decoderOf(piece)
    const lines = reader.read(decoder.decode(piece, { stream: true }))
    if (lines !== '') yield Buffer.from(lines)
  }
  const rest = reader.end(decoder?.decode() ?? '')
  if (rest !== '') yield Buffer.from(rest)
}

/** By its mark, else by what its first line says; else UTF-8. */
function decoderOf(head: Buffer): TextDecoder {
  if (head[0] === 0xff && head[1] === 0xfe) return new TextDecoder('utf-16le')
  if (head[0] === 0xfe && head[1] === 0xff) return new TextDecoder('utf-16be')
  const said = DECLARED.exec(
    head
      .subarray(0, 200)
      .toString('latin1')
      .replace(/^\u00ef\u00bb\u00bf/, ''),
  )
  try {
    return new TextDecoder(said?.[1] ?? 'utf-8')
  } catch (cause) {
    throw new FeedFault(failureText('feed_encoding', { encoding: String(said?.[1]) }), {
      cause,
    })
  }
}

interface Reader {
  readonly read: (text: string) => string
  readonly end: (text: string) => string
}

function createReader(): Reader {
  const parser = new SaxesParser({ xmlns: false, position: false })
  let lines = ''
  let item: Map<string, string | string[]> | undefined
  let depth = 0
  let itemDepth = 0
  /** Of an item, what is open: its column and text. */
  let open: { readonly column: string; text: string } | undefined
  let hasItems = false
  let sinceNews = 0

  const seen = () => {
    sinceNews = 0
  }

  function began({ name, attributes }: SaxesTagPlain): void {
    seen()
    depth += 1
    if (depth > MAX_DEPTH) throw new FeedFault(failureText('feed_nested'))
    if (item === undefined) {
      if (name !== 'item' && name !== 'entry') return
      item = new Map()
      itemDepth = depth
      hasItems = true
      return
    }
    const column = localOf(name)
    if (depth !== itemDepth + 1 || !FEED_COLUMNS.includes(column)) return
    const { href } = attributes
    open = { column, text: column === 'link' && href !== undefined ? href : '' }
  }

  function ended({ name }: SaxesTagPlain): void {
    seen()
    if (item !== undefined && depth === itemDepth) {
      lines += `${JSON.stringify(Object.fromEntries(item))}\n`
      item = undefined
    } else if (item !== undefined && open !== undefined && depth === itemDepth + 1) {
      keep(item, open, name.includes(':'))
      open = undefined
    }
    depth -= 1
  }

  function said(text: string): void {
    seen()
    // What stands in an element of the element (shipping, instalments) is not the column's own.
    if (open === undefined || depth !== itemDepth + 1) return
    if (open.text.length + text.length > MAX_VALUE_CHARS) {
      throw new FeedFault(
        failureText('feed_long_value', { column: open.column, most: MAX_VALUE_CHARS }),
      )
    }
    open.text += text
  }

  parser.on('opentag', began)
  parser.on('closetag', ended)
  parser.on('text', said)
  parser.on('cdata', said)
  parser.on('comment', seen)
  parser.on('doctype', () => {
    throw new FeedFault(failureText('feed_doctype'))
  })
  parser.on('error', (cause) => {
    throw new FeedFault(failureText('feed_malformed', { reason: cause.message.slice(0, 200) }), {
      cause,
    })
  })

  function take(text: string): string {
    sinceNews += text.length
    parser.write(text)
    if (sinceNews > (depth === 0 ? MAX_HEAD_CHARS : MAX_OPEN_CHARS)) {
      throw new FeedFault(failureText('feed_unended'))
    }
    const taken = lines
    lines = ''
    return taken
  }

  return {
    read: take,
    end(text) {
      const last = take(text)
      parser.close()
      if (!hasItems) throw new FeedFault(failureText('feed_no_items'))
      return last + lines
    },
  }
}

function localOf(name: string): string {
  return name.slice(name.indexOf(':') + 1)
}

/** Of several of one name, Google's own (`g:id`) is meant rather than Atom's; else the first. */
function keep(
  item: Map<string, string | string[]>,
  { column, text }: { readonly column: string; readonly text: string },
  isOwn: boolean,
): void {
  const value = text.trim()
  if (value === '') return
  if (column === 'additional_image_link') {
    const known = item.get(column)
    const images = Array.isArray(known) ? known : []
    if (images.length < MAX_IMAGES) item.set(column, [...images, value])
  } else if (isOwn || !item.has(column)) item.set(column, value)
}
