import type { Page } from 'playwright-core'
import { expect } from 'vitest'

/**
 * A scripted shop of a few lines, which uses what a tag might break: clicks, forms, fetch, JSON, promises, timers,
 * history and storage. What went well, or wrong, stands in `#log`, so that a test reads the page and not its scripts.
 */
export const LITTLE_SHOP = `
  <main>
    <h1>Lamps</h1>
    <ul id="basket"></ul>
    <button id="add" data-gp-track="Product Added" data-gp-product_id="p-1">Add</button>
    <form id="search"><input name="q" value="lamp"><button id="find">Find</button></form>
    <ol id="log"></ol>
  </main>
  <script src="/little-shop.js"></script>`

export const LITTLE_SHOP_SCRIPT = `
  const log = (text) => {
    const line = document.createElement('li')
    line.textContent = text
    document.getElementById('log').append(line)
  }
  // Never mind what a hostile page has done: the shop notes it, with the tag and without.
  const attempt = (name, act) => {
    try {
      log(name + ': ' + act())
    } catch (error) {
      log(name + ' failed: ' + error.message)
    }
  }
  document.getElementById('add').addEventListener('click', () => {
    const item = document.createElement('li')
    item.textContent = 'Lamp'
    document.getElementById('basket').append(item)
    attempt('json', () => JSON.stringify({ items: [1, 2] }))
    attempt('layer', () => (window.dataLayer ??= []).push({ event: 'add_to_cart', ecommerce: { items: [] } }))
    attempt('storage', () => { localStorage.setItem('theme', 'dark'); return localStorage.getItem('theme') })
    attempt('route', () => { history.pushState({}, '', '?basket'); return location.search })
    attempt('clock', () => typeof Date.now())
    attempt('keys', () => { const keys = []; for (const key in { a: 1 }) keys.push(key); return keys.join() })
    const stock = new XMLHttpRequest()
    stock.onload = () => {
      log('stock: ' + stock.responseText)
      setTimeout(() => log('done'))
    }
    stock.open('GET', '/stock.js')
    stock.send()
  })
  document.getElementById('search').addEventListener('submit', (event) => {
    event.preventDefault()
    log('search: ' + new FormData(event.target).get('q'))
  })
  addEventListener('error', (event) => log('page error: ' + event.message))
  addEventListener('unhandledrejection', (event) => log('page rejection: ' + event.reason))`

/** Shops a little and returns markup, looks and log of the page. */
export async function shopALittle(page: Page): Promise<string> {
  const world = await isolatedWorld(page)
  // By the elements themselves: on a page that hides everything there is nothing to point at.
  await world.evaluate(`document.querySelector('#find').click()`)
  await world.evaluate(`document.querySelector('#add').click()`)
  const isDone = `document.querySelector('#log').textContent.endsWith('done')`
  await expect.poll(() => world.evaluate(isDone)).toBe(true)
  const shown = await world.evaluate(`(${describeDocument.toString()})()`)
  return String(shown)
}

interface World {
  readonly evaluate: (expression: string) => Promise<unknown>
}

/** A world of scripts beside the page's own, which nothing on the page can spoil. */
async function isolatedWorld(page: Page): Promise<World> {
  const session = await page.context().newCDPSession(page)
  const { frameTree } = await session.send('Page.getFrameTree')
  const { executionContextId } = await session.send('Page.createIsolatedWorld', {
    frameId: frameTree.frame.id,
  })
  return {
    evaluate: async (expression) => {
      const { result } = await session.send('Runtime.evaluate', {
        contextId: executionContextId,
        returnByValue: true,
        expression,
      })
      return result.value
    },
  }
}

function describeDocument(): string {
  const lines: string[] = []
  for (const element of document.querySelectorAll('*')) {
    if (element.matches('script[src$="gp.js"], link[rel=modulepreload]')) continue
    const attributes = [...element.attributes].map(({ name, value }) => `${name}=${value}`)
    const looks = getComputedStyle(element)
    const style = [...looks].map((property) => looks.getPropertyValue(property)).join()
    const own = [...element.childNodes].map((node) => (node.nodeType === 3 ? node.nodeValue : ''))
    lines.push([element.tagName, ...attributes, own.join('').trim(), style].join(' | '))
  }
  return lines.join('\n')
}
