import { describe, expect, it } from 'vitest'
import { ExperienceSchema } from '#protocol/experiences.ts'
import { PopupSchema, type HtmlNode, type PopupInput } from '#protocol/popup.ts'
import { Refusal } from '#server/core/errors.ts'
import { drawnOf } from '#server/experiences/sanitise/drawn-of.ts'
import { injectionCorpus } from '../../support/injection-corpus.ts'

const CORPUS = injectionCorpus()

describe('own HTML', () => {
  it('is drawn as it was written, where nothing in it does harm', () => {
    const { tree, removed } = drawn(`
      <section class="offer" lang="es" aria-labelledby="t"><h2 id="t">Café &amp; té</h2>
      <p>Uno<br><strong>dos</strong></p>
      <a href="/coffee?a=1&amp;b=2" target="_blank">Ver</a> <a href="mailto:hola@shop.example">Escribir</a>
      <img src="https://img.shop.example/a.png" alt="" width="80" height="60">
      <label for="e">E-mail</label><input id="e" type="email" name="email" placeholder="tu@correo" required>
      <select name="size"><option value="s" selected>S</option></select>
      <textarea name="note"></textarea><button data-gp-submit>Enviar</button></section>`)

    expect(removed).toEqual([])
    expect(elementsOf(tree).map(({ tag }) => tag)).toEqual(
      'section h2 p br strong a a img label input select option textarea button'.split(' '),
    )
    expect(find(tree, 'h2')).toEqual({
      tag: 'h2',
      attributes: { id: 't' },
      children: ['Café & té'],
    })
    expect(find(tree, 'a')?.attributes).toEqual({
      href: '/coffee?a=1&b=2',
      target: '_blank',
      rel: 'noopener',
    })
    expect(find(tree, 'input')?.attributes).toMatchObject({
      type: 'email',
      name: 'email',
      required: '',
    })
  })

  it.each([
    { what: 'a script', html: 'a<script>b()</script>', says: '<script> and its content' },
    { what: 'a frame', html: 'a<iframe src="https://x.example">b</iframe>', says: '<iframe> and' },
    { what: 'a drawing', html: 'a<svg><text>b</text></svg>', says: '<svg> and its content' },
    { what: 'a style element', html: 'a<style>p{}</style>', says: '<style> and its content' },
    { what: 'a handler', html: 'a<b onclick="c()"></b>', says: 'onclick of <b>: not allowed' },
    { what: 'a style', html: 'a<b style="top:0"></b>', says: 'style of <b>: not allowed' },
    {
      what: 'an address that runs',
      html: 'a<a href="javascript:b()"></a>',
      says: 'href of <a>: A link',
    },
    {
      what: 'a picture that is none',
      html: 'a<img src="data:,">',
      says: 'src of <img>: A picture',
    },
    {
      what: 'another window',
      html: 'a<a target="_top"></a>',
      says: 'target of <a>: one of _blank',
    },
    { what: 'a password', html: 'a<input type="password">', says: 'type of <input>: one of' },
    { what: 'a name that is none', html: 'a<input name="a b">', says: 'name of <input>: Letters' },
  ])('goes without $what, and says so', ({ html, says }) => {
    const { tree, removed } = drawn(html)

    expect(removed).toHaveLength(1)
    expect(removed[0]).toContain(says)
    expect(textOf(tree)).toBe('a')
  })

  it('keeps what stands in an element that is only not known', () => {
    const { tree, removed } = drawn('<form><font>One <x-y>two</x-y></font></form>')

    expect(tree).toEqual(['One ', 'two'])
    expect(removed).toEqual(['<form>', '<font>', '<x-y>'])
  })

  it.each([
    { what: 'nothing that may be shown', html: ' <script>1</script> ', says: /nothing of it/ },
    { what: 'too many nodes', html: '<br>'.repeat(1_001), says: /at most 1000 nodes/ },
    { what: 'too deep a tree', html: '<div>'.repeat(40), says: /at most 32 levels/ },
    { what: 'ten thousand levels', html: '<b>'.repeat(10_000), says: /at most|close every/ },
    {
      what: 'a text of which a parser would make millions of elements',
      html: Array.from({ length: 1_500 }, (_, i) => `<b id=${i}>`).join('') + '<p>'.repeat(9_000),
      says: /close every element/,
    },
    {
      what: 'more fields than a form may have',
      html: Array.from({ length: 11 }, (_, i) => `<input name="f${i}">`).join(''),
      says: /at most 10 fields/,
    },
  ])('is refused with $what', ({ html, says }) => {
    expect(() => drawn(html)).toThrow(Refusal)
    expect(() => drawn(html)).toThrow(says)
  })

  it('holds nothing that runs, loads or leads astray, of 5,000 attempts', () => {
    const found = CORPUS.flatMap((text) => {
      const faults = faultsIn(treeOf(`<p>Hello</p>${text}`))
      return faults.map((fault) => ({ text, fault }))
    })

    expect(CORPUS).toHaveLength(5_000)
    expect(found).toEqual([])
  })

  it('holds nothing of them in an attribute either', () => {
    const found = CORPUS.flatMap((text) => {
      const html = `<a href="${text}" title='${text}' class=${text}>x</a><img src='${text}' alt="${text}">`
      return faultsIn(treeOf(html)).map((fault) => ({ text, fault }))
    })

    expect(found).toEqual([])
  })
})

describe('own CSS', () => {
  it.each([
    'p { color: #123456; margin-inline: 1rem }',
    '@media (prefers-color-scheme: dark) { .a::before { content: "→ https: //" } }',
    '.a { background: url(/bg.png) } .b { background: url("https://img.shop.example/b.png") }',
    '@font-face { font-family: X; src: url(https://shop.example/x.woff2) format("woff2") }',
    '.a { background: image-set("/a.avif" type("image/avif"), "/a.png" 1x) }',
    '.a { scroll-behavior: smooth; width: calc(var(--w) * 2); mask: url(#m) }',
    '',
  ])('may be %s', (css) => {
    expect(drawn('<p>x</p>', css).css).toBe(css)
  })

  it.each([
    { css: '@import "https://evil.example/a.css";', says: /line 1: @import/ },
    { css: '\n\n@\\69mport url(/a.css);', says: /line 3: @import/ },
    { css: 'p { width: expression(alert(1)) }', says: /expression/ },
    { css: 'p { width: EXPR\\45SSION(alert(1)) }', says: /expression/ },
    { css: 'p { background: url(javascript:x) }', says: /starts with https/ },
    { css: 'p { background: url("java\\73 cript:alert(1)") }', says: /starts with https/ },
    { css: 'p { background: url(http://img.example/a.png) }', says: /starts with https/ },
    { css: 'p { background: url(//img.example/a.png) }', says: /starts with https/ },
    { css: 'p { background: url(/\\\\img.example/a.png) }', says: /starts with https/ },
    { css: 'p { background: url(data:image/png;base64,AA) }', says: /starts with https/ },
    { css: 'p { background: image-set("//img.example/a" 1x) }', says: /starts with https/ },
    { css: 'p { background: -webkit-image-set(var(--x) 1x) }', says: /var\(\)/ },
    { css: 'p { behavior: url(#a) }', says: /behavior/ },
    { css: 'p { content: "javascript:alert(1)" }', says: /runs/ },
    { css: 'p { color: red } /* never ends', says: /line 1: can’t be read/ },
    { css: 'p { content: "never ends\n }', says: /line 1: can’t be read/ },
  ])('is refused with $css', ({ css, says }) => {
    expect(() => drawn('<p>x</p>', css)).toThrow(Refusal)
    expect(() => drawn('<p>x</p>', css)).toThrow(says)
  })
})

describe('a design of blocks', () => {
  it('keeps texts as they are and takes no address that runs, of 5,000 attempts', () => {
    const found = CORPUS.flatMap((text) =>
      Object.entries(fieldsOf(text)).flatMap(([field, design]) => {
        const parsed = PopupSchema.safeParse({ layout: { kind: 'modal' }, design })
        if (!parsed.success) return []
        const { drawn: content, thanks, removed } = drawnOf(parsed.data)
        const isAddress = /url|link/i.test(field)
        const isKept = JSON.stringify([content, thanks]).includes(JSON.stringify(text))
        if (isAddress ? isHarmless(text) : isKept && removed.length === 0) return []
        return [{ field, text }]
      }),
    )

    expect(found).toEqual([])
  })

  it('takes none of them as a key or a selector’s kind', () => {
    const taken = CORPUS.filter((text) => ExperienceSchema.shape.key.safeParse(text).success)

    expect(taken).toEqual([])
  })
})

type Element = Exclude<HtmlNode, string>

function drawn(html: string, css = '') {
  const design = { kind: 'html', html, css } as const
  const { drawn: content, removed } = drawnOf(
    PopupSchema.parse({ layout: { kind: 'modal' }, design }),
  )
  if (content.design.kind !== 'tree') throw new Error('Not a tree')
  return { ...content.design, removed }
}

/** Nothing of it, where it is refused. */
function treeOf(html: string): readonly HtmlNode[] {
  try {
    return drawn(html).tree
  } catch (error) {
    if (error instanceof Refusal) return []
    throw error
  }
}

/** What a browser could be made to do by a tree, judged apart from the code that made it. */
function faultsIn(tree: readonly HtmlNode[]): string[] {
  return elementsOf(tree).flatMap(({ tag, attributes = {} }) => {
    const faults = Object.entries(attributes).flatMap(([name, value]) => {
      if (!SAFE_ATTRIBUTES.test(name)) return [`${name} of ${tag}`]
      const isAddress = name === 'href' || name === 'src'
      return isAddress && !isHarmless(value) ? [`${name}=${value} of ${tag}`] : []
    })
    return SAFE_TAGS.has(tag) ? faults : [tag, ...faults]
  })
}

const SAFE_TAGS = new Set(
  'div section article aside header footer p span h1 h2 h3 h4 h5 h6 br hr wbr strong b em i u s small sub sup mark del ins abbr q cite code kbd pre blockquote bdi bdo ul ol li dl dt dd figure figcaption details summary address time table caption colgroup col thead tbody tfoot tr th td fieldset legend a img label input textarea select optgroup option button'.split(
    ' ',
  ),
)
const SAFE_ATTRIBUTES =
  /^(class|id|role|title|lang|dir|href|src|alt|width|height|type|name|value|placeholder|required|for|checked|selected|autocomplete|label|colspan|rowspan|scope|target|rel|aria-[a-z]+|data-gp-(close|click|submit))$/

/** By the browsers' own rules for addresses. */
function isHarmless(address: string): boolean {
  if (!URL.canParse(address, 'https://shop.example/')) return true
  const { protocol } = new URL(address, 'https://shop.example/')
  return ['https:', 'http:', 'mailto:', 'tel:'].includes(protocol)
}

/** The text in each field of a design, one at a time. */
function fieldsOf(text: string): Record<string, PopupInput['design']> {
  const close = { do: 'close' } as const
  const of = (...blocks: unknown[]) => ({ kind: 'blocks', blocks }) as PopupInput['design']
  const image = { kind: 'image', url: '/a.png', alt: '', width: 1, height: 1 }
  const field = { kind: 'field', name: 'a', type: 'text', label: 'A' }
  const send = { kind: 'button', text: 'Send', action: { do: 'submit' } }
  const product = { id: '1', name: 'One' }
  return {
    heading: of({ kind: 'heading', text }),
    localText: of({ kind: 'text', text: { en: 'x', es: text } }),
    imageUrl: of({ ...image, url: text }),
    imageLink: of({ ...image, link: text }),
    imageAlt: of({ ...image, alt: text }),
    button: of({ kind: 'button', text, action: close }),
    buttonUrl: of({ kind: 'button', text: 'x', action: { do: 'link', url: text } }),
    fieldLabel: of({ ...field, label: text }, send),
    fieldHint: of({ ...field, hint: text }, send),
    option: of({ ...field, type: 'choice', options: [{ value: text, label: text }] }, send),
    coupon: of({ kind: 'coupon', code: text, label: text }),
    countdown: of({ kind: 'countdown', until: 1, label: text, over: text }),
    productName: of({ kind: 'product', of: { ...product, name: text } }),
    productUrl: of({ kind: 'product', of: { ...product, url: text } }),
    productImageUrl: of({ kind: 'product', of: { ...product, imageUrl: text } }),
    goal: of({ kind: 'goal', amount: 1, currency: 'COP', left: text, reached: text }),
    thanks: {
      kind: 'blocks',
      blocks: [{ kind: 'text', text: 'x' }],
      thanks: [{ kind: 'text', text }],
    },
  }
}

function elementsOf(tree: readonly HtmlNode[]): Element[] {
  return tree.flatMap((node) =>
    typeof node === 'string' ? [] : [node, ...elementsOf(node.children ?? [])],
  )
}

function find(tree: readonly HtmlNode[], tag: string): Element | undefined {
  return elementsOf(tree).find((node) => node.tag === tag)
}

function textOf(tree: readonly HtmlNode[]): string {
  return tree
    .map((node) => (typeof node === 'string' ? node : textOf(node.children ?? [])))
    .join('')
}
