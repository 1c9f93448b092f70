import { gifOf, jpegOf, webpOf } from './image-headers.ts'

/** A file that would like to be run: what it is called and says it is, and what it holds. */
export interface Polyglot {
  readonly name: string
  readonly mime: string
  readonly content: Buffer
}

const RUNS = `try{top.ran=1}catch(e){};self.ran=1;new Image().src='/ran'`
const HTML = `<html><body onload="${RUNS}"><script>${RUNS}</script><img src=x onerror="${RUNS}">`
const SVG = `<svg xmlns="http://www.w3.org/2000/svg" onload="${RUNS}"><script>${RUNS}</script></svg>`
const XSL = `<?xml version="1.0"?><?xml-stylesheet type="text/xsl" href="data:text/xml,x"?>${SVG}`
const PDF = `1 0 obj<</OpenAction<</S/JavaScript/JS(app.alert(1);this.submitForm('/ran'))>>>>endobj`

/** By what a sniffer would look at first. */
const HEADS: readonly (readonly [what: string, bytes: Buffer])[] = [
  ['png', latin('\u0089PNG\r\n\u001A\n\0\0\0\rIHDR\0\0\0\u0001\0\0\0\u0001')],
  ['gif87', gifOf(9, 9)],
  // `GIF89a=1;…` is a script, too; as an image it is 12,605 by 12,091 pixels, and for that alone refused.
  ['gif89 script', latin('GIF89a=1;/*')],
  ['gif89 script, smaller', latin('GIF89a/*\u0001\0*/=1;/*')],
  ['jpeg', jpegOf(9, 9)],
  ['jpeg without an image', latin('\u00FF\u00D8\u00FF\u00FE\0\u0010')],
  ['webp', webpOf('VP8 ', 9, 9)],
  ['pdf', latin('%PDF-1.7\n')],
  ['nothing', latin('')],
  ['space', latin('\r\n\t  ')],
  ['utf8', latin('\u00EF\u00BB\u00BF')],
  ['zip', latin('PK\u0003\u0004')],
  ['riff', latin('RIFF\0\u0010\0\0WAVE')],
  ['mhtml', latin('MIME-Version: 1.0\nContent-Type: text/html\n\n')],
]

const BODIES: readonly Buffer[] = [
  latin(HTML),
  latin(SVG),
  latin(XSL),
  latin(`*/;${RUNS}`),
  latin(PDF),
  Buffer.concat([latin(PDF), latin(HTML)]),
  Buffer.from(`\u{FEFF}${HTML}`, 'utf16le'),
  Buffer.from(`\u{FEFF}${HTML}`, 'utf16le').swap16(),
  // UTF-7, which old sniffers took for HTML.
  latin(`+/v8-${HTML.replaceAll('<', '+ADw-').replaceAll('>', '+AD4-')}`),
]

const NAMES: readonly (readonly [name: string, mime: string])[] = [
  ['a.png', 'text/html'],
  ['a.html', 'image/png'],
  ['a.png.svg', 'image/svg+xml'],
  ['\u202Egnp.js', 'application/javascript'],
  ['a.jpg\0.html', 'text/html;charset=utf-7'],
  ['"; filename="a.html', 'application/pdf'],
  ['a.xhtml\r\nContent-Type: text/html', 'multipart/mixed'],
]

/** Each beginning with each body, thrice; names and types in turn. */
export function polyglots(): Polyglot[] {
  const made: Polyglot[] = []
  for (const [, head] of HEADS) {
    for (const body of BODIES) {
      // An archive reads from its end: the third is a GIFAR.
      for (const end of ['', '\n%%EOF', 'PK\u0005\u0006\0\0\0\0\u0001\0\u0001\0']) {
        const [name = '', mime = ''] = NAMES[made.length % NAMES.length] ?? []
        made.push({ name, mime, content: Buffer.concat([head, body, latin(end)]) })
      }
    }
  }
  return made
}

function latin(text: string): Buffer {
  return Buffer.from(text, 'latin1')
}
