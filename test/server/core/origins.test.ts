import { describe, expect, it } from 'vitest'
import { isListedOrigin, parseOrigin } from '#server/core/origins.ts'

const LISTED = [
  'https://shop.example',
  'https://*.shop.example',
  'https://xn--tnda-qoa.example',
  'http://localhost:3000',
  'https://beta.other.example:8443',
  'https://*.ports.example:8443',
]

const ALLOWED = [
  'https://shop.example',
  'https://www.shop.example',
  'https://a.b.c.shop.example',
  'https://x-1.shop.example',
  'https://xn--caf-dma.shop.example',
  'https://xn--tnda-qoa.example',
  'http://localhost:3000',
  'https://beta.other.example:8443',
  'https://a.ports.example:8443',
]

const BY_HAND = [
  'null',
  '',
  '*',
  'https://',
  'https://*',
  'https://example',
  'https://*.shop.example',
  'file://',
  'about:blank',
  'chrome-extension://shop.example',
  'shop.example',
  '//shop.example',
  'https:shop.example',
  'https://shop.example/',
  'https://shop.example/path',
  'https://shop.example?x',
  'https://shop.example#x',
  'https://shop.example.',
  'https://www.shop.example.',
  'https://.shop.example',
  'https://..shop.example',
  'https://a..shop.example',
  'https://-.shop.example',
  'https://a-.shop.example',
  'https://user@shop.example',
  'https://shop.example@evil.example',
  'https://evil.example/.shop.example',
  'https://evil.example#.shop.example',
  'https://evil.example?.shop.example',
  'https://evil.example\\.shop.example',
  'https://evil.example%2f.shop.example',
  'https://evil.example:443.shop.example',
  'https://a b.shop.example',
  'https://a\u0000.shop.example',
  'https://a\n.shop.example',
  'https://ünïcode.shop.example',
  'https://tünda.example',
  'https://tienda.example',
  'https://xn--tienda.example',
  'http://localhost',
  'http://localhost:3001',
  'http://localhost:30000',
  'http://127.0.0.1:3000',
  'http://[::1]:3000',
  'https://localhost:3000',
  'https://beta.other.example',
  'https://beta.other.example:8444',
  'https://a.beta.other.example:8443',
  'https://a.ports.example',
  'https://a.ports.example:8444',
  'https://ports.example:8443',
  'https://shop.example, https://evil.example',
  'https://shop.example https://evil.example',
]

const HOSTS = ['shop.example', 'www.shop.example', 'a.b.shop.example']
const TRICKS: ((host: string) => string)[] = [
  (host) => `http://${host}`,
  (host) => `ws://${host}`,
  (host) => `wss://${host}`,
  (host) => `ftp://${host}`,
  (host) => `HTTPS://${host}`,
  (host) => `https://${host.toUpperCase()}`,
  (host) => `https://${host}:443`,
  (host) => `https://${host}:8443`,
  (host) => `https://${host}:80`,
  (host) => `https://${host}.evil.example`,
  (host) => `https://${host}.evil`,
  (host) => `https://${host.replace('shop', 'evilshop')}`,
  (host) => `https://${host.replace('shop', 'evil-shop')}`,
  (host) => `https://${host}evil`,
  (host) => `https://${host}-evil.example`,
  (host) => `https://${host.replace('.example', '.exampl')}`,
  (host) => `https://${host.replace('.example', '.examples')}`,
  (host) => `https://${host.replace('.example', '-example.com')}`,
  (host) => `https://${host.replace('shop', 'sh0p')}`,
  (host) => `https://${host.replace('shop', 'ѕhop')}`,
  (host) => `https://${host.replace('shop', 'xn--hop-5cd')}`,
  (host) => `https://${host.replace('shop.', 'shop。')}`,
  (host) => `https://${host.replace('shop.', 'shop%2e')}`,
  (host) => `https://${host.replace('.example', '')}`,
  (host) => `https://${host}/`,
  (host) => `https://${host}//`,
  (host) => ` https://${host}`,
  (host) => `https://${host} `,
  (host) => `\thttps://${host}`,
  (host) => `https://${host}\r\nX: y`,
  (host) => `https://${host}@evil.example`,
  (host) => `https://evil.example@${host}`,
  (host) => `https://evil.example:x@${host}`,
  (host) => `https://evil.example\\@${host}`,
  (host) => `https://evil.example&.${host}`,
  (host) => `https://evil.example,${host}`,
  (host) => `https://evil.example;.${host}`,
  (host) => `https://evil.example'.${host}`,
  (host) => `https://(evil).${host}`,
  (host) => `blob:https://${host}`,
  (host) => `view-source:https://${host}`,
  (host) => `javascript://${host}`,
  (host) => `https://${host}:`,
  (host) => `https://${host}:0`,
  (host) => `https://${host}:99999`,
  (host) => `https:///${host}`,
  (host) => `https:/${host}`,
]

const DENIED = [
  ...new Set([...BY_HAND, ...HOSTS.flatMap((host) => TRICKS.map((trick) => trick(host)))]),
]

describe('an origin', () => {
  it('is judged right in all of 200 cases', () => {
    expect(ALLOWED.length + DENIED.length).toBeGreaterThanOrEqual(200)
    expect(ALLOWED.filter((origin) => !isListedOrigin(origin, LISTED))).toEqual([])
    expect(DENIED.filter((origin) => isListedOrigin(origin, LISTED))).toEqual([])
  })

  it.each([
    ['https://shop.example', 'https://shop.example'],
    ['https://Shop.Example/', 'https://shop.example'],
    [' https://shop.example:443 ', 'https://shop.example'],
    ['http://localhost:3000', 'http://localhost:3000'],
    ['https://tünda.example', 'https://xn--tnda-0ra.example'],
    ['https://*.Shop.example', 'https://*.shop.example'],
    ['https://*.shop.example:8443', 'https://*.shop.example:8443'],
  ])('is stored from %s as %s', (text, stored) => {
    expect(parseOrigin(text)).toBe(stored)
  })

  it.each([
    'shop.example',
    'null',
    '*',
    'https://*',
    'https://*.example',
    'https://*.10.0.0.1',
    'http://*.shop.example',
    'https://a.*.shop.example',
    'https://*.*.shop.example',
    'https://shop*.example',
    'https://shop.example/path',
    'https://shop.example?a',
    'https://shop.example#a',
    'https://me@shop.example',
    'ftp://shop.example',
    'data:text/html,x',
    'https://',
    '',
  ])('is not stored from "%s"', (text) => {
    expect(parseOrigin(text)).toBeUndefined()
  })
})
