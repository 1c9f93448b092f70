import { tokenize, TokenType, type CSSToken } from '@csstools/css-tokenizer'
import { Refusal } from '../../core/errors.ts'

/** What draws a picture from an address that stands in quotes. */
const PICTURES = ['url', 'src', 'image', 'image-set', '-webkit-image-set', 'cross-fade']
/** What brings a text from elsewhere, so that nobody knows the address. */
const INDIRECT = ['var', 'attr', 'env']
/** Ran code in browsers of old. */
const RUNNING = ['behavior', '-moz-binding']
const ADDRESS = /^(https:\/\/\S+|\/(?![/\\])\S*|#\S*)$/i
const SCRIPT = /^(?:javascript|vbscript):/i
/** Characters that addresses are read without. */
const IGNORED = /[\s\p{Cc}]/gu

/**
 * Refuses own CSS that runs or loads code, or loads anything but pictures and fonts by https or from the shop itself. It says
 * which line to change. What it selects and draws is up to the shop: it never leaves the pop-up's own root.
 */
export function requireHarmlessCss(css: string): void {
  /** Names of the functions that are open, the innermost last. */
  const open: string[] = []
  for (const token of tokensOf(css)) {
    const fault = faultOf(token, open)
    if (fault !== undefined) throw refusal(css, token[2], fault)
    const [type] = token
    if (type === TokenType.Function) open.push(token[4].value.toLowerCase())
    if (type === TokenType.OpenParen) open.push('')
    if (type === TokenType.CloseParen) open.pop()
  }
}

function tokensOf(css: string): CSSToken[] {
  return tokenize(
    { css },
    {
      onParseError({ sourceStart, message }) {
        throw refusal(css, sourceStart, `can’t be read (${message})`)
      },
    },
  )
}

function faultOf(token: CSSToken, open: readonly string[]): string | undefined {
  const [type] = token
  if (type === TokenType.AtKeyword && token[4].value.toLowerCase() === 'import') {
    return '@import is not allowed: put the styles here'
  }
  if (type === TokenType.Ident && RUNNING.includes(token[4].value.toLowerCase())) {
    return `“${token[4].value}” is not allowed`
  }
  if (type === TokenType.URL) return addressFault(token[4].value)
  if (type === TokenType.String) {
    const isPicture = PICTURES.includes(open.at(-1) ?? '')
    return isPicture ? addressFault(token[4].value) : runningFault(token[4].value)
  }
  return type === TokenType.Function ? functionFault(token[4].value.toLowerCase(), open) : undefined
}

function functionFault(name: string, open: readonly string[]): string | undefined {
  if (name === 'expression') return 'expression() is not allowed'
  if (!INDIRECT.includes(name) || !open.some((outer) => PICTURES.includes(outer))) return undefined
  return `${name}() can’t stand for an address: write the address itself`
}

function addressFault(address: string): string | undefined {
  if (ADDRESS.test(address)) return undefined
  return `“${address.slice(0, 60)}”: an address starts with https:// or /`
}

function runningFault(text: string): string | undefined {
  return SCRIPT.test(text.replaceAll(IGNORED, ''))
    ? 'an address that runs is not allowed'
    : undefined
}

function refusal(css: string, at: number, fault: string): Refusal {
  const line = css.slice(0, at).split('\n').length
  return new Refusal('bad_request', `content.design.css: line ${line}: ${fault}`)
}
