import { PAGE_TYPES } from '#protocol/names.ts'
import { INTERACTIONS } from '#protocol/leaf.ts'

/** From 0 up to, not including, 1. */
export type Random = () => number

/** Names that a page chose as well, such as every object inherits. */
const HOSTILE = ['__proto__', 'constructor'] as const

/** What a broken browser may say. */
export const NO_ZONE = 'Mars/Olympus'

/** The few words of which random conditions and histories are made. */
export const WORDS = {
  products: ['P-1', 'P-2', 'P-3', 'P-4', ...HOSTILE],
  categories: ['shoes', 'shoes/running', 'hats', 'Grüße'],
  brands: ['acme', 'Umbrella', 'été'],
  attributes: ['colour', 'size', 'score', 'since', ...HOSTILE],
  scalars: ['red', 'blue', 5, 2.5, 0, true, false, '5', '', '2026-11-15', '2026-10-25T01:30:00Z'],
  pieces: ['a', 'sho', '/sale', 'e', 'red', '0'],
  globs: ['*', 'sho*', '*/*', '?-?', '/sale/*', 'r?d', '*e', 'https://*/sale*', '*a*e*'],
  regexes: ['^/sale', 'o+', String.raw`\d$`, '^[a-z]+$', 'x|y|red', '.', '^$', 'a.*e'],
  paths: ['/', '/sale', '/sale/red', '/cart', '/p/1?ref=mail'],
  pageTypes: ['home', 'product', 'cart'] satisfies readonly (typeof PAGE_TYPES)[number][],
  sources: ['google', 'direct', 'news', 'cpc', 'none', 'gclid', '/'],
  events: ['Quiz Completed', 'Donation Made', 'Video Played', ...HOSTILE],
  currencies: ['EUR', 'JPY'],
  interactions: INTERACTIONS,
  ids: ['A', 'B', 'C'],
  places: ['AT', 'DE', 'Wien', 'Tirol'],
  devices: ['phone', 'desktop', 'chrome', 'ios', 'de', 'de-AT', 'en'],
  zones: ['UTC', 'Europe/Vienna', 'America/New_York', 'Australia/Lord_Howe', 'Asia/Kathmandu'],
  wallTimes: {
    early: ['2026-03-29T02:30', '2026-10-25T02:30', '2026-11-01T01:30', '2026-10-04T02:15'],
    late: ['2026-11-22T13:00', '2027-03-28T02:30', '2027-04-04T01:45', '2026-12-31T23:59'],
  },
} as const
