import axe from 'axe-core'
import type { Page } from 'playwright-core'

/** What axe finds on the page, a line each: `rule: selector`. */
export async function axeFindings(page: Page): Promise<readonly string[]> {
  // Half a megabyte, for each document once.
  const isThere = await page.evaluate(() => 'axe' in window)
  if (!isThere) await page.evaluate(axe.source)
  return page.evaluate(async () => {
    const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']
    const { violations } = await window.axe.run({ runOnly: tags, resultTypes: ['violations'] })
    return violations.flatMap(({ id, nodes }) =>
      nodes.map(({ target, failureSummary }) => `${id}: ${target.join(' ')} ${failureSummary}`),
    )
  })
}

declare global {
  interface Window {
    readonly axe: typeof axe
  }
}
