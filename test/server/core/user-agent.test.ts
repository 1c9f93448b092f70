import { describe, expect, it } from 'vitest'
import { createFamilyLookup, familiesOf } from '#server/core/user-agent.ts'

const WINDOWS = 'Mozilla/5.0 (Windows NT 10.0; Win64; x64)'
const MAC = 'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7)'
const IPHONE = 'Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15'
const IPAD = 'Mozilla/5.0 (iPad; CPU OS 17_7 like Mac OS X) AppleWebKit/605.1.15'
const PIXEL = 'Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko)'
const CHROMIUM = 'AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0.0.0'
const GECKO = '(KHTML, like Gecko)'

const AGENTS = [
  [`${WINDOWS} ${CHROMIUM} Safari/537.36`, 'chrome', 'windows', 'desktop'],
  [`${MAC} ${CHROMIUM} Safari/537.36`, 'chrome', 'macos', 'desktop'],
  [`Mozilla/5.0 (X11; Linux x86_64) ${CHROMIUM} Safari/537.36`, 'chrome', 'linux', 'desktop'],
  [
    `Mozilla/5.0 (X11; CrOS x86_64 14541.0.0) ${CHROMIUM} Safari/537.36`,
    'chrome',
    'chromeos',
    'desktop',
  ],
  [`${PIXEL} Chrome/141.0.0.0 Mobile Safari/537.36`, 'chrome', 'android', 'phone'],
  [`${PIXEL} Chrome/141.0.0.0 Safari/537.36`, 'chrome', 'android', 'tablet'],
  [`${IPHONE} ${GECKO} CriOS/141.0.7390.41 Mobile/15E148 Safari/604.1`, 'chrome', 'ios', 'phone'],
  [`${IPAD} ${GECKO} CriOS/141.0.7390.41 Mobile/15E148 Safari/604.1`, 'chrome', 'ios', 'tablet'],
  [
    `${MAC} AppleWebKit/605.1.15 ${GECKO} Version/18.5 Safari/605.1.15`,
    'safari',
    'macos',
    'desktop',
  ],
  [`${IPHONE} ${GECKO} Version/18.5 Mobile/15E148 Safari/604.1`, 'safari', 'ios', 'phone'],
  [`${IPAD} ${GECKO} Version/17.7 Mobile/15E148 Safari/604.1`, 'safari', 'ios', 'tablet'],
  [
    'Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:143.0) Gecko/20100101 Firefox/143.0',
    'firefox',
    'windows',
    'desktop',
  ],
  [
    'Mozilla/5.0 (X11; Ubuntu; Linux x86_64; rv:143.0) Gecko/20100101 Firefox/143.0',
    'firefox',
    'linux',
    'desktop',
  ],
  [
    'Mozilla/5.0 (Android 15; Mobile; rv:143.0) Gecko/143.0 Firefox/143.0',
    'firefox',
    'android',
    'phone',
  ],
  [
    'Mozilla/5.0 (Android 14; Tablet; rv:143.0) Gecko/143.0 Firefox/143.0',
    'firefox',
    'android',
    'tablet',
  ],
  [`${IPHONE} ${GECKO} FxiOS/143.0 Mobile/15E148 Safari/605.1.15`, 'firefox', 'ios', 'phone'],
  [`${WINDOWS} ${CHROMIUM} Safari/537.36 Edg/141.0.0.0`, 'edge', 'windows', 'desktop'],
  [`${PIXEL} Chrome/141.0.0.0 Mobile Safari/537.36 EdgA/141.0.0.0`, 'edge', 'android', 'phone'],
  [
    `${IPHONE} ${GECKO} Version/18.0 EdgiOS/141.0 Mobile/15E148 Safari/605.1.15`,
    'edge',
    'ios',
    'phone',
  ],
  [`${WINDOWS} ${CHROMIUM} Safari/537.36 OPR/122.0.0.0`, 'opera', 'windows', 'desktop'],
  [
    'Opera/9.80 (Android; Opera Mini/36.2/119.132; U; en) Presto/2.12.423 Version/12.16',
    'opera',
    'android',
    'tablet',
  ],
  [
    `${PIXEL} SamsungBrowser/28.0 Chrome/130.0.0.0 Mobile Safari/537.36`,
    'samsung',
    'android',
    'phone',
  ],
  [
    `Mozilla/5.0 (Linux; Android 13; SM-X700) AppleWebKit/537.36 ${GECKO} SamsungBrowser/28.0 Chrome/130.0.0.0 Safari/537.36`,
    'samsung',
    'android',
    'tablet',
  ],
  [
    `${WINDOWS} AppleWebKit/537.36 ${GECKO} Chrome/138.0.0.0 YaBrowser/25.8.0.0 Safari/537.36`,
    'yandex',
    'windows',
    'desktop',
  ],
  [
    `Mozilla/5.0 (Linux; U; Android 13; es-es; 2201117TY) AppleWebKit/537.36 ${GECKO} Version/4.0 Chrome/112.0.5615.136 Mobile Safari/537.36 XiaoMi/MiuiBrowser/14.14.0`,
    'miui',
    'android',
    'phone',
  ],
  [
    `${IPHONE} ${GECKO} Mobile/22F76 Instagram 391.0.0.25.80 (iPhone14,5; iOS 18_5; es_AR)`,
    'instagram',
    'ios',
    'phone',
  ],
  [
    `${IPHONE} ${GECKO} Mobile/22F76 [FBAN/FBIOS;FBAV/523.0.0.42.98;FBDV/iPhone14,5]`,
    'facebook',
    'ios',
    'phone',
  ],
  [
    `Mozilla/5.0 (Linux; Android 14; Pixel 8 Build/AP2A; wv) AppleWebKit/537.36 ${GECKO} Version/4.0 Chrome/140.0.0.0 Mobile Safari/537.36 [FB_IAB/FB4A;FBAV/523.0.0.51.64;]`,
    'facebook',
    'android',
    'phone',
  ],
  [`${IPHONE} ${GECKO} GSA/383.0.797833943 Mobile/15E148 Safari/604.1`, 'google', 'ios', 'phone'],
  [`${IPHONE} ${GECKO} Mobile/22F76`, undefined, 'ios', 'phone'],
  [
    'Mozilla/5.0 (Windows NT 10.0; WOW64; Trident/7.0; rv:11.0) like Gecko',
    'ie',
    'windows',
    'desktop',
  ],
  [
    `Mozilla/5.0 (Phone; OpenHarmony 5.0) AppleWebKit/537.36 ${GECKO} Chrome/114.0.0.0 Safari/537.36 ArkWeb/4.1.6.1 Mobile HuaweiBrowser/5.1.4`,
    'huawei',
    'harmonyos',
    'phone',
  ],
  [
    `Mozilla/5.0 (Linux; Android 11; BTV-W09) AppleWebKit/537.36 ${GECKO} Chrome/141.0.0.0 Safari/537.36`,
    'chrome',
    'android',
    'tablet',
  ],
  [
    `Mozilla/5.0 (Web0S; Linux/SmartTV) AppleWebKit/537.36 ${GECKO} Chrome/108.0.5359.211 Safari/537.36`,
    'chrome',
    'linux',
    undefined,
  ],
  ['okhttp/4.12.0', undefined, undefined, undefined],
  ['', undefined, undefined, undefined],
] as const

describe('the families of a user agent', () => {
  it.each(AGENTS)('%s', (userAgent, browser, os, device) => {
    expect(familiesOf(userAgent)).toEqual({
      ...(browser !== undefined && { browser }),
      ...(os !== undefined && { os }),
      ...(device !== undefined && { device }),
    })
  })

  it('are remembered, and stay right when more are seen than it keeps', () => {
    const families = createFamilyLookup()
    const agentOf = (i: number) => `${WINDOWS} ${CHROMIUM} Safari/537.36 Shop/${i}`
    const first = families(agentOf(0))

    expect(families(agentOf(0))).toBe(first)
    for (let i = 1; i <= 1_000; i++) families(agentOf(i))
    expect(families(agentOf(0))).not.toBe(first)
    expect(families(agentOf(0))).toEqual(first)
  })

  it('are read from the beginning of one that is too long', () => {
    const long = `${WINDOWS} ${CHROMIUM} ${'x'.repeat(100_000)} Firefox/143.0`

    expect(createFamilyLookup()(long)).toEqual({
      browser: 'chrome',
      os: 'windows',
      device: 'desktop',
    })
  })
})
