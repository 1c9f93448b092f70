import type { BrowserContext, Page } from 'playwright-core'

export interface Runs {
  /** Whatever a text has made happen, by what it was: a script, a dialog, a window, a request to somewhere else. */
  readonly seen: readonly string[]
}

/** Watches whether anything of a hostile text comes to life in pages of `context` that are opened from now on. */
export async function watchRuns(context: BrowserContext, ownUrl: string): Promise<Runs> {
  const seen: string[] = []
  const { origin } = new URL(ownUrl)
  await context.exposeBinding('__ran', (_, how: string) => void seen.push(`script: ${how}`))
  await context.addInitScript(() => {
    const report: unknown = Reflect.get(window, '__ran')
    Object.defineProperty(window, '__pwned', {
      get: () => undefined,
      set(value) {
        if (typeof report === 'function') report(String(value))
      },
    })
  })
  context.on('dialog', (dialog) => {
    seen.push(`dialog: ${dialog.message()}`)
    void dialog.dismiss()
  })
  context.on('request', (request) => {
    const url = request.url()
    if (!url.startsWith(origin) && !/^(blob|data|about):/.test(url)) seen.push(`request: ${url}`)
  })
  context.on('page', (page) => void seen.push(`window: ${page.url()}`))
  return { seen }
}

export interface Shown {
  /** Which of the texts stand on the page, letter by letter. */
  readonly texts: readonly number[]
  /** What a text could have become that runs or leads astray. */
  readonly live: readonly string[]
}

/** What has become of the texts on a page. Lines and spaces are compared as HTML shows them. */
export function shownOn(page: Page, texts: readonly string[]): Promise<Shown> {
  return page.evaluate((wanted: readonly string[]) => {
    const plain = (text: string) => text.replaceAll(/\s+/g, ' ').trim()
    const live: string[] = []
    const words: string[] = []
    const look = (root: Document | ShadowRoot) => {
      words.push(root instanceof Document ? root.body.textContent : root.textContent)
      for (const element of root.querySelectorAll('*')) {
        if (element.shadowRoot !== null) look(element.shadowRoot)
        if (element instanceof HTMLInputElement || element instanceof HTMLTextAreaElement) {
          words.push(element.value)
        }
        const tag = element.localName
        if (/^(object|embed|base|applet|frameset|plaintext|marquee|xmp)$/.test(tag)) {
          live.push(`<${tag}>`)
        }
        // The page's own come from files of ours.
        if (tag === 'script' && !element.getAttribute('src')?.startsWith('/')) {
          live.push(`<${tag}>`)
        }
        if (tag === 'meta' && element.hasAttribute('http-equiv')) live.push(`<${tag}>`)
        for (const { name, value } of element.attributes) {
          const written = `<${tag} ${name}="${value}">`
          if (/^on/i.test(name) || name === 'srcdoc' || name === 'ping') live.push(written)
          if (
            !/^(href|src|action|formaction|xlink:href|data|srcset|poster|background)$/i.test(name)
          ) {
            continue
          }
          const to = new URL(value, location.href).protocol
          const isOwnIcon = tag === 'link' && value === 'data:,'
          if (!isOwnIcon && !/^(https?|mailto|tel|blob):$/.test(to)) live.push(written)
        }
      }
    }
    look(document)
    const all = plain(words.join(' '))
    const texts = wanted.flatMap((text, at) => (all.includes(plain(text)) ? [at] : []))
    return { texts, live: live.map((html) => html.slice(0, 300)) }
  }, texts)
}
