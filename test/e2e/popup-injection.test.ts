import type { Browser } from 'playwright-core'
import { beforeAll, describe, expect, it } from 'vitest'
import { hasChromium, launchChromium } from '../support/chromium.ts'
import { injectionCorpus } from '../support/injection-corpus.ts'
import { createPopupStage, type PopupStage } from './support/popup-page.ts'

/** All of them in the long run, else every fifth of each family. */
const STEP = process.env.TEST_LONG === '1' ? 1 : 8
const CORPUS = injectionCorpus().filter((_, at) => at % STEP === 0)
const BATCH = 500

describe.skipIf(!hasChromium)(`${CORPUS.length} texts that want to run`, () => {
  let browser: Browser
  let stage: PopupStage

  beforeAll(async () => {
    browser = await launchChromium()
    stage = await createPopupStage(browser)
    return async () => {
      await stage.stop()
      await browser.close()
    }
  })

  it.each([
    { where: 'every field of a design and of a visitor', designs: 'blocks' },
    { where: 'own HTML, as tag, attribute, address and text', designs: 'tree' },
  ] as const)('run nowhere in $where', async ({ designs }) => {
    // Without a policy, which would stop what we let pass.
    const popup = await stage.visit({ reducedMotion: 'reduce' }, { isUnguarded: true })
    const { page } = popup
    // What draws them is loaded now: from here on, each request is one that a text has made.
    await page.evaluate(drawAll, { texts: ['harmless'], designs })
    const ran: string[] = []
    page.on('dialog', (dialog) => {
      ran.push(dialog.message())
      void dialog.dismiss()
    })
    page.on('request', (request) => {
      // A picture may come from anywhere, and is nothing but a picture.
      if (request.resourceType() !== 'image') ran.push(request.url())
    })
    await page.context().setOffline(true)
    await page.evaluate(waitForNothing)
    const odd: string[] = []
    for (let from = 0; from < CORPUS.length; from += BATCH) {
      const texts = CORPUS.slice(from, from + BATCH)
      odd.push(...(await page.evaluate(drawAll, { texts, designs })))
    }

    expect(odd).toEqual([])
    expect(ran).toEqual([])
    expect(await page.evaluate(() => Reflect.has(window, '__pwned'))).toBe(false)
    expect(popup.watched.errors).toEqual([])
  })
})

/** Each of a thousand pop-ups would fade for a while. Runs in the page. */
function waitForNothing(): void {
  const later = window.setTimeout.bind(window)
  Reflect.set(window, 'setTimeout', (run: () => void) => later(run))
}

/** Draws every text everywhere in one pop-up after the other; returns what came of it that could run. Runs in the page. */
async function drawAll({
  texts,
  designs,
}: {
  texts: readonly string[]
  designs: 'blocks' | 'tree'
}): Promise<readonly string[]> {
  const stage: unknown = Reflect.get(window, 'popupStage')
  const run = (name: string, ...given: readonly unknown[]): unknown => {
    const method: unknown = Reflect.get(Object(stage), name)
    return typeof method === 'function' ? method(...given) : undefined
  }
  const link = (url: string) => ({ do: 'link', url })
  const blocksOf = (text: string) => [
    { kind: 'heading', text },
    { kind: 'text', text: { en: text } },
    { kind: 'text', text: '{{firstName}} {{cartTotal|x}}' },
    { kind: 'image', url: text, alt: text, width: 10, height: 10, link: text },
    { kind: 'button', text, action: link(text), look: 'primary' },
    { kind: 'button', text, action: { do: 'submit' }, look: 'primary' },
    { kind: 'field', name: 'one', type: 'text', label: text, hint: text, isRequired: true },
    {
      kind: 'field',
      name: 'two',
      type: 'choice',
      label: text,
      isRequired: false,
      options: [{ value: text, label: text }],
    },
    {
      kind: 'field',
      name: 'three',
      type: 'choice',
      look: 'radios',
      label: text,
      isRequired: false,
      options: [{ value: text, label: text }],
    },
    { kind: 'coupon', code: text, label: text },
    { kind: 'countdown', until: 4e12, label: text, over: text },
    { kind: 'countdown', until: 0, label: text, over: text },
    { kind: 'product', of: { id: text, name: text, url: text, imageUrl: text }, most: 1 },
    { kind: 'product', of: 'cart', most: 5 },
    { kind: 'goal', amount: 1, currency: 'USD', left: text, reached: text },
  ]
  const NAMES = ['onclick', 'onerror', 'onload', 'style', 'srcdoc', 'href', 'src', 'action']
  const MORE = [
    'formaction',
    'xlink:href',
    'data',
    'srcset',
    'id',
    'class',
    'title',
    'target',
    'is',
  ]
  const attributes = (text: string) =>
    Object.fromEntries([...NAMES, ...MORE].map((name) => [name, text]))
  const TREE_TAGS = ['a', 'img', 'input', 'button', 'form', 'script', 'iframe', 'object', 'svg']
  const ODD_TAGS = ['embed', 'base', 'link', 'meta', 'style', 'template', 'details', 'SCRIPT']
  const treeOf = (text: string) => [
    text,
    ...[...TREE_TAGS, ...ODD_TAGS, text].map((tag) => ({
      tag,
      attributes: attributes(text),
      children: [text],
    })),
    { tag: 'p', attributes: { [text]: text }, children: ['x'] },
  ]
  const contentOf = (text: string) => ({
    layout: { kind: 'modal' },
    theme: {},
    label: text,
    canClose: true,
    design:
      designs === 'blocks'
        ? { kind: 'blocks', blocks: blocksOf(text) }
        : { kind: 'tree', tree: treeOf(text), css: text },
  })
  const knownOf = (text: string) => ({
    pages: 1,
    firstName: text,
    cart: {
      quantity: 2,
      items: [{ id: text, name: text, quantity: 2, url: text, imageUrl: text }],
    },
  })

  const found: string[] = []
  const inspect = (root: ShadowRoot | null | undefined, text: string) => {
    for (const one of root?.querySelectorAll('*') ?? []) {
      if (/^(script|iframe|object|embed|base|link|meta|style)$/i.test(one.tagName)) {
        found.push(`<${one.tagName}> of ${text}`)
      }
      for (const { name, value } of one.attributes) {
        const isOurs = name === 'style' && one.classList.contains('box')
        if (/^(on|srcdoc|formaction|action|data$)/.test(name) || (name === 'style' && !isOurs)) {
          found.push(`${name} of ${text}`)
        }
        if (name !== 'href' && name !== 'src') continue
        const { protocol } = new URL(value, location.href)
        if (!/^(https?|mailto|tel):$/.test(protocol)) found.push(`${name}=${value}`)
      }
      inspect(one.shadowRoot, text)
    }
  }
  for (const text of texts) {
    await run('open', { content: contentOf(text), known: knownOf(text), languages: ['en', text] })
    inspect(document.querySelector('gp-widget')?.shadowRoot, text)
    const root = document.querySelector('gp-widget')?.shadowRoot
    const drawn = root?.querySelector('.own')?.shadowRoot ?? root?.querySelector('.body')
    if (!drawn?.textContent) found.push(`nothing drawn of ${text}`)
    await run('unmount')
  }
  return found
}
