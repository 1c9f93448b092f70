import type { Page } from 'playwright-core'
import { expect } from 'vitest'

/** Beyond them, a page has caught whoever goes by the tabulator. */
export const MOST_STOPS = 150

/** Goes through a page as somebody does who has no mouse. */
export interface Keyboard {
  readonly press: (keys: string) => Promise<void>
  readonly type: (text: string) => Promise<void>
  /** What has the focus is called; '': nothing has it. */
  readonly nameAt: () => Promise<string>
  /** Goes on by the tabulator until what has the focus is called so. */
  readonly tabTo: (name: RegExp, key?: 'Tab' | 'Shift+Tab') => Promise<void>
  /** By the tabulator to what is called so, and in. */
  readonly enter: (name: RegExp, key?: 'Tab' | 'Shift+Tab') => Promise<void>
  /** Of the open menu, by the arrow keys. */
  readonly choose: (item: string) => Promise<void>
}

export function keyboardOf(page: Page): Keyboard {
  const press = (keys: string) => page.keyboard.press(keys)
  const nameAt = async () => (await stopAt(page)).name

  async function tabTo(name: RegExp, key: 'Tab' | 'Shift+Tab' = 'Tab'): Promise<void> {
    for (let presses = 0; presses < MOST_STOPS; presses += 1) {
      if (name.test(await nameAt())) return
      await press(key)
    }
    throw new Error(`${key} leads to nothing called ${name}, but to ${await nameAt()}`)
  }

  return {
    press,
    type: (text) => page.keyboard.type(text),
    nameAt,
    tabTo,
    async enter(name, key) {
      await tabTo(name, key)
      await press('Enter')
    },
    async choose(item) {
      const highlighted = page.locator('.menu-item[data-highlighted] .menu-label')
      await highlighted.waitFor()
      await expect
        .poll(async () => {
          const at = await highlighted.textContent()
          if (at !== item) await press('ArrowDown')
          return at
        })
        .toBe(item)
      await press('Enter')
    },
  }
}

interface Stop {
  readonly name: string
  readonly isInMain: boolean
  /** Of the page, which has the focus after it was gone to. */
  readonly isHeading: boolean
  /** Something marks it, or what it stands for, as having the focus. */
  readonly hasRing: boolean
}

export function stopAt(page: Page): Promise<Stop> {
  return page.evaluate(() => {
    const at = document.activeElement ?? document.body
    const labels = 'labels' in at && at.labels instanceof NodeList ? [...at.labels] : []
    const label = labels[0]?.textContent ?? at.textContent ?? ''
    const hasRing = (element: Element | null) => {
      if (element === null) return false
      const { outlineStyle, outlineWidth, boxShadow } = getComputedStyle(element)
      return (outlineStyle !== 'none' && outlineWidth !== '0px') || boxShadow !== 'none'
    }
    return {
      name: at === document.body ? '' : (at.getAttribute('aria-label') ?? label).trim(),
      isInMain: at.closest('main') !== null && at.tagName !== 'MAIN',
      isHeading: at.tagName === 'H1',
      // The parts of a date are marked by the browser itself, in a tree of its own.
      hasRing: hasRing(at) || hasRing(at.parentElement) || !at.matches(':focus-visible'),
    }
  })
}
