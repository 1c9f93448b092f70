export interface ShopPage {
  /** Origin that serves the tag. */
  readonly tagAt: string
  readonly key: string
  /** Further `data-*` attributes of the script element, spelt without `data-`. */
  readonly settings?: Record<string, string>
  /** Markup before the tag's script element. */
  readonly head?: string
  readonly body?: string
  readonly title?: string
}

/** A page with the tag installed as the README says: one async script in the head. */
export function shopPage(page: ShopPage): string {
  const { head = '', body = '', title = 'A shop' } = page
  return documentOf({ title, head: `${head}\n${tagElement(page)}`, body })
}

/** The script element alone, for pages that place it elsewhere. `onload` is markup of the page, as shops write it. */
export function tagElement({ tagAt, key, settings = {} }: ShopPage): string {
  const attributes = Object.entries(settings).map(([name, value]) => ` data-${name}="${value}"`)
  return `<script async src="${tagAt}/gp.js" data-shop="${key}"${attributes.join('')}></script>`
}

/** Where a test serves the pages of its shop. Not the key itself: the tag would take that for a secret. */
export function pathOf(key: string): string {
  return `/shop-${key.slice(-4)}`
}

export function documentOf({ title = 'A page', head = '', body = '' }): string {
  return `<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><title>${title}</title>
${head}
</head>
<body>
${body}
</body>
</html>`
}
