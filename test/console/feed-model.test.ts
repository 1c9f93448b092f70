import { describe, expect, it } from 'vitest'
import type { Feed } from '#protocol/feeds.ts'
import type { Refused } from '#console/api.ts'
import { faultsAddress } from '#console/feeds/addresses.ts'
import {
  faultInFeed,
  faultOfFeed,
  feedDraftOf,
  feedFieldsOf,
  feedStateOf,
  lineFaultKey,
  NEW_FEED,
  progressOf,
} from '#console/feeds/feed-model.ts'

const FEED: Feed = {
  id: 'f',
  url: 'https://shop.example/products.xml',
  schedule: 'daily',
  at: '04:30',
  hidesMissing: true,
  isOn: true,
  isRunning: false,
  nextRunAt: 2_000,
  lastRunAt: 1_000,
  lastResult: 'imported',
  lastError: null,
  importId: 'i',
  products: 10,
  hidden: 0,
  hasShrunk: false,
  createdAt: 1,
}
const refused = (refusal: Refused['refusal'], detail = ''): Refused => ({
  refusal,
  detail,
  waitSeconds: 0,
})

describe('a feed', () => {
  it.each([
    { what: 'is in order', change: {}, state: 'good' },
    { what: 'is at work', change: { isRunning: true, lastResult: 'failed' }, state: 'running' },
    { what: 'was never read', change: { lastRunAt: null, lastResult: null }, state: 'due' },
    { what: 'was never read, paused', change: { lastRunAt: null, isOn: false }, state: 'off' },
    { what: 'could not be read', change: { lastResult: 'failed' }, state: 'failed' },
    { what: 'has shrunk', change: { hasShrunk: true }, state: 'shrunk' },
    { what: 'is paused', change: { isOn: false, hasShrunk: true }, state: 'off' },
  ] as const)('that $what is told as “$state”', ({ change, state }) => {
    expect(feedStateOf({ ...FEED, ...change })).toBe(state)
  })

  it('that was asked for waits until another run is over, whatever its clock says', () => {
    expect(feedStateOf(FEED, FEED.lastRunAt)).toBe('due')
    expect(feedStateOf({ ...FEED, isOn: false }, FEED.lastRunAt)).toBe('due')
    expect(feedStateOf({ ...FEED, lastRunAt: 3_000 }, FEED.lastRunAt)).toBe('good')
  })

  it('is sent as it was, apart from what is changed', () => {
    const { url, schedule, at, hidesMissing } = FEED

    expect(feedDraftOf({ ...feedFieldsOf(FEED), url: ` ${url} ` }, false)).toEqual({
      url,
      schedule,
      at,
      hidesMissing,
      isOn: false,
    })
  })
})

describe('the form of a feed', () => {
  it.each([
    { what: 'no address', change: { url: 'https://' }, field: 'url' },
    { what: 'no hour', change: { at: '' }, field: 'at' },
  ])('sends nothing with $what', ({ change, field }) => {
    const url = 'https://shop.example/x'

    expect(faultInFeed({ ...NEW_FEED, url, ...change })).toMatchObject({ field })
    expect(faultInFeed({ ...NEW_FEED, url, schedule: 'hourly', at: '' })).toBeUndefined()
  })

  it.each([
    ['bad_request', 'url: an address on the net', 'url', 'feed.fault.private'],
    ['bad_request', 'url: port 80 or 443', 'url', 'feed.fault.port'],
    ['bad_request', 'url: without name and password', 'url', 'feed.fault.password'],
    ['bad_request', 'url: Too long', 'url', 'feed.fault.url'],
    ['bad_request', 'at: Write a time like 04:30', 'at', 'feed.fault.at'],
    ['conflict', 'A shop has at most 5 feeds', undefined, 'feed.fault.many'],
  ] as const)('says of %s “%s” what to do', (refusal, detail, field, message) => {
    expect(faultOfFeed(refused(refusal, detail))).toEqual({
      message,
      ...(field !== undefined && { field }),
    })
  })
})

describe('a run', () => {
  it('tells how far it is while lines are read, and no more than all of them', () => {
    const run = { state: 'running', lines: 100, doneLines: 40 } as const

    expect(progressOf(run)).toEqual({ done: 40, total: 100 })
    expect(progressOf({ ...run, doneLines: 120 })).toEqual({ done: 120, total: 120 })
    expect(progressOf({ ...run, state: 'done' })).toBeUndefined()
    expect(progressOf(undefined)).toBeUndefined()
  })

  it('has words for a line’s fault, and none for one of a later version', () => {
    expect(lineFaultKey({ fault: 'bad_price' })).toBe('feed.line.bad_price')
    expect(lineFaultKey({ fault: 'bad_moon' })).toBeUndefined()
  })

  it('names the shop where a browser saves its faults', () => {
    expect(faultsAddress('a b', 'gp_1')).toBe('/api/v1/product-imports/a%20b/faults?shop=gp_1')
  })
})
