import type { Feed, FeedDraft } from '#protocol/feeds.ts'
import type { FileFault, FileImport } from '#protocol/imports.ts'
import type { Refused } from '../api.ts'
import { en, type MessageKey } from '../messages/en.ts'
import { addressFault } from '../settings/address-fault.ts'
import { formFault, type FormFault } from '../settings/faults.ts'

/** As long as a run may take: then whoever looks at it reads the page anew. */
export const WATCHED_SECONDS = 30 * 60

export const SCHEDULES = [
  'hourly',
  'six_hours',
  'daily',
] as const satisfies readonly FeedDraft['schedule'][]

export type FeedFields = Omit<FeedDraft, 'isOn'>

export const NEW_FEED: FeedFields = {
  url: 'https://',
  schedule: 'daily',
  at: '04:00',
  hidesMissing: false,
}

export function feedFieldsOf({ url, schedule, at, hidesMissing }: Feed): FeedFields {
  return { url, schedule, at, hidesMissing }
}

export function feedDraftOf(fields: FeedFields, isOn: boolean): FeedDraft {
  return { ...fields, url: fields.url.trim(), isOn }
}

export function scheduleOf(value: string): FeedFields['schedule'] {
  return SCHEDULES.find((schedule) => schedule === value) ?? 'daily'
}

export function faultInFeed({ url, schedule, at }: FeedFields): FormFault | undefined {
  if (!/^https?:\/\/[^/]/i.test(url.trim())) return { field: 'url', message: 'feed.fault.url' }
  const isTimeMissing = schedule === 'daily' && !/^\d{2}:\d{2}$/.test(at)
  return isTimeMissing ? { field: 'at', message: 'feed.fault.at' } : undefined
}

export function faultOfFeed(refused: Refused): FormFault {
  if (refused.refusal === 'conflict') return { message: 'feed.fault.many' }
  const wrong = addressFault(refused)
  if (wrong !== undefined) return { field: 'url', message: `feed.fault.${wrong}` }
  return formFault(refused, { url: 'feed.fault.url', at: 'feed.fault.at' })
}

/** What is known of a feed at present. `due`: it waits for its first run, or for one that was asked for. */
export type FeedState = 'due' | 'running' | 'off' | 'failed' | 'shrunk' | 'good'

/** `askedAfter`: the last run there was when somebody asked for another; undefined: nobody has. */
export function feedStateOf(feed: Feed, askedAfter?: Feed['lastRunAt']): FeedState {
  if (feed.isRunning) return 'running'
  const isFirst = feed.isOn && feed.lastRunAt === null
  if (isFirst || (askedAfter !== undefined && feed.lastRunAt === askedAfter)) return 'due'
  if (!feed.isOn) return 'off'
  if (feed.lastResult === 'failed') return 'failed'
  return feed.hasShrunk ? 'shrunk' : 'good'
}

export function isUnderWay(state: FeedState): boolean {
  return state === 'running' || state === 'due'
}

/** How far the reading of a file has come; undefined: it is still on its way here, or all of it was read. */
export function progressOf(
  found: Pick<FileImport, 'state' | 'lines' | 'doneLines'> | undefined,
): { readonly done: number; readonly total: number } | undefined {
  if (found?.state !== 'running') return undefined
  const { doneLines, lines } = found
  // How many lines there are is a guess.
  return { done: doneLines, total: Math.max(lines, doneLines) }
}

/** What is wrong with a line, where there are words for it. */
/** Which field it is about and what stood there, as the file has it; why that is wrong, its code says in words. */
export function whatOf({ fault, detail }: Pick<FileFault, 'fault' | 'detail'>): string {
  const said = /^([\w.]+): (?:"(.*)" )?/s.exec(detail)
  if (lineFaultKey({ fault }) === undefined || said === null) return detail
  const [, field = '', value] = said
  return value === undefined ? field : `${field}: ${value}`
}

export function lineFaultKey({ fault }: Pick<FileFault, 'fault'>): MessageKey | undefined {
  const key = `feed.line.${fault}`
  return isKnown(key) ? key : undefined
}

function isKnown(key: string): key is MessageKey {
  return Object.hasOwn(en, key)
}
