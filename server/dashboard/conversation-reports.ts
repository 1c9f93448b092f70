import type { Readable } from 'node:stream'
import type { LEAD_STATES, POTENTIALS } from '#protocol/chat-conversations.ts'
import type { ConversationReport, RatedConversation } from '#protocol/chat-figures.ts'
import type { FigureStep } from '#protocol/figures.ts'
import { recordChange } from '../audit/service.ts'
import type { Clock } from '../core/clock.ts'
import type { Actor } from '../core/actor.ts'
import { csvLine } from '../core/csv-lines.ts'
import { Refusal } from '../core/errors.ts'
import type { Database } from '../db/database.ts'
import { patientStream } from '../core/patient-stream.ts'
import {
  conversationsIn,
  findOperatorRow,
  listChannelNames,
  listMemberNames,
  listRated,
  listWords,
  type ReportFilter,
} from './conversation-store.ts'
import type { ConversationFact } from './conversation-facts.ts'
import { createConversationSum, createOperatorSum } from './conversation-sums.ts'
import type { Handle } from './figures-store.ts'
import { rangeOf, type Span } from './range.ts'

interface ShopOfReports {
  readonly id: number
  readonly timeZone: string
}

/** Calendar dates of the shop; without them the last 28 days. */
export interface ReportAsked {
  readonly from?: string | undefined
  readonly to?: string | undefined
  /** Ids as the API has them. */
  readonly channel?: string | undefined
  readonly operator?: string | undefined
  /** The row of a member who sees their own alone. */
  readonly ownOf?: number | undefined
}

export interface ConversationReports {
  readonly report: (
    shop: ShopOfReports,
    asked: ReportAsked & { readonly step?: FigureStep | undefined },
  ) => Promise<ConversationReport>
  /** Ratings with their comments, of conversations that began in these days, the newest first. */
  readonly ratings: (
    shop: ShopOfReports,
    asked: ReportAsked & {
      readonly stars?: number | undefined
      readonly cursor?: string | undefined
      readonly limit: number
    },
  ) => Promise<{ readonly items: RatedConversation[]; readonly nextCursor: string | null }>
  /** A line a conversation, made while it is taken. The audit log keeps that it began, and by whom. */
  readonly file: (shop: ShopOfReports, asked: ReportAsked, by: Actor) => Promise<Readable>
}

/** Of channels and operators, the busiest. */
const MOST_GROUPS = 200

export function createConversationReports({
  db,
  now,
}: {
  readonly db: Database
  readonly now: Clock
}): ConversationReports {
  const handle: Handle = { sql: db.sql, t: db.t }

  async function filterOf(shopId: number, asked: ReportAsked): Promise<ReportFilter> {
    const { channel, operator, ownOf } = asked
    const bytes = (id: string) => Buffer.from(id, 'base64url')
    const channels = channel === undefined ? [] : await listChannelNames(handle, shopId)
    return {
      ownOf,
      ...(channel !== undefined && {
        channelId: channels.find(({ publicId }) => publicId.equals(bytes(channel)))?.row ?? 0,
      }),
      ...(operator !== undefined && {
        operatorId: await findOperatorRow(handle, shopId, bytes(operator)),
      }),
    }
  }

  async function periodOf(
    shopId: number,
    { span, points, filter }: { span: Span; points: readonly Span[]; filter: ReportFilter },
    alsoTo: (counted: ConversationFact) => void,
  ) {
    const totals = createConversationSum()
    const sums = points.map(() => createConversationSum())
    let point = 0
    for await (const page of conversationsIn(handle, shopId, span, filter)) {
      for (const counted of page) {
        // They come in the order in which they began.
        while (counted.at >= (points[point]?.end ?? Infinity)) point += 1
        totals.add(counted)
        sums[point]?.add(counted)
        alsoTo(counted)
      }
    }
    return {
      ...span,
      totals: totals.figures(),
      points: sums.map((sum, i) => ({ at: points[i]?.start ?? span.start, ...sum.figures() })),
    }
  }

  return {
    async report(shop, asked) {
      const range = rangeOf(asked, shop.timeZone, now())
      const { from, to, step } = range
      const filter = await filterOf(shop.id, asked)
      const channels = grouped<number>()
      const leadStates = grouped<(typeof LEAD_STATES)[number]>()
      const potentials = grouped<(typeof POTENTIALS)[number]>()
      const operators = new Map<number, ReturnType<typeof createOperatorSum>>()
      const current = { span: range.now, points: range.points, filter }
      const shown = await periodOf(shop.id, current, (counted) => {
        channels.add(counted.channelId, counted)
        leadStates.add(counted.leadState, counted)
        potentials.add(counted.potential, counted)
        for (const hand of counted.hands) {
          // Whoever sees their own alone is told of no colleague.
          if (asked.ownOf !== undefined && hand.memberId !== asked.ownOf) continue
          const sum = operators.get(hand.memberId) ?? createOperatorSum()
          operators.set(hand.memberId, sum)
          sum.add(hand, counted)
        }
      })
      const earlier = { span: range.before, points: range.pointsBefore, filter }
      const before = await periodOf(shop.id, earlier, () => undefined)
      const busiest = <Row extends { conversations: number; id: string }>(rows: readonly Row[]) =>
        rows
          .toSorted((a, b) => b.conversations - a.conversations || (a.id < b.id ? -1 : 1))
          .slice(0, MOST_GROUPS)
      const channelNames = await listChannelNames(handle, shop.id)
      const memberNames = await listMemberNames(handle, [...operators.keys()])
      return {
        from,
        to,
        timeZone: shop.timeZone,
        step,
        now: shown,
        before,
        channels: busiest(
          channelNames.flatMap(({ row, publicId, name }) => {
            const figures = channels.of(row)
            return figures === undefined ? [] : [{ id: idText(publicId), name, ...figures }]
          }),
        ),
        operators: busiest(
          memberNames.flatMap(({ row, publicId, name }) => {
            const figures = operators.get(row)?.figures()
            return figures === undefined ? [] : [{ id: idText(publicId), name, ...figures }]
          }),
        ),
        leadStates: leadStates.all(),
        potentials: potentials.all(),
      }
    },

    async ratings(shop, { stars, cursor, limit, ...asked }) {
      const rows = await listRated(handle, shop.id, {
        span: rangeOf({ from: asked.from, to: asked.to }, shop.timeZone, now()).now,
        filter: await filterOf(shop.id, asked),
        stars,
        before: cursor === undefined ? undefined : placeOf(cursor),
        limit: limit + 1,
      })
      const shown = rows.slice(0, limit)
      const last = rows.length > limit ? shown.at(-1) : undefined
      return {
        items: shown.map(({ publicId, channelName, operatorName, comment, beganAt, ...row }) => ({
          conversationId: idText(publicId),
          channelName,
          operatorName,
          stars: row.stars ?? 0,
          comment,
          beganAt,
        })),
        nextCursor: last === undefined ? null : `${last.beganAt}-${last.id}`,
      }
    },

    async file(shop, asked, by) {
      // Refused before the first line is sent.
      const { now: span } = rangeOf({ from: asked.from, to: asked.to }, shop.timeZone, now())
      const filter = await filterOf(shop.id, asked)
      const object = { kind: 'list', id: 'conversations' }
      const change = { by, at: now(), action: 'list.exported', object, before: null, after: null }
      await db.transaction((sql) => recordChange({ sql, t: db.t }, shop.id, change))
      return patientStream(lines(handle, shop.id, span, filter), 'plain')
    },
  }
}

function grouped<Name extends string | number>() {
  const sums = new Map<Name, ReturnType<typeof createConversationSum>>()
  return {
    add(name: Name, counted: ConversationFact) {
      const sum = sums.get(name) ?? createConversationSum()
      sums.set(name, sum)
      sum.add(counted)
    },
    of: (name: Name) => sums.get(name)?.figures(),
    all: () =>
      [...sums]
        .map(([name, sum]) => ({ name, ...sum.figures() }))
        .toSorted((a, b) => b.conversations - a.conversations || (a.name < b.name ? -1 : 1)),
  }
}

type Names = ReadonlyMap<number, string>

type FiledConversation = ConversationFact & Awaited<ReturnType<typeof listWords>>[number]

/** Durations are seconds; times are ISO 8601, UTC. */
const COLUMNS: readonly (readonly [
  title: string,
  cell: (row: FiledConversation, names: { channels: Names; members: Names }) => Cell,
])[] = [
  ['conversation_id', ({ publicId }) => idText(publicId)],
  ['began_at', ({ at }) => iso(at)],
  ['channel', ({ channelId }, { channels }) => channels.get(channelId)],
  ['operator', ({ operatorId }, { members }) => members.get(operatorId ?? 0)],
  ['outcome', ({ outcome }) => outcome],
  ['first_answer_seconds', ({ firstAnswerMs }) => seconds(firstAnswerMs)],
  ['duration_seconds', ({ durationMs }) => seconds(durationMs)],
  ['closed_at', ({ closedAt }) => (closedAt === null ? null : iso(closedAt))],
  ['missed', ({ isMissed }) => isMissed],
  ['queued', ({ isQueued }) => isQueued],
  ['transferred', ({ isTransferred }) => isTransferred],
  ['lead_state', ({ leadState }) => leadState],
  ['potential', ({ potential }) => potential],
  ['rating', ({ stars }) => stars],
  ['rating_comment', ({ comment }) => comment],
]
type Cell = Parameters<typeof csvLine>[0][number]

async function* lines(
  handle: Handle,
  shopId: number,
  span: Span,
  filter: ReportFilter,
): AsyncGenerator<string> {
  // Spreadsheets take a file without this mark for their own country's letters.
  yield `\uFEFF${csvLine(COLUMNS.map(([title]) => title))}`
  const namesOf = (rows: readonly { readonly row: number; readonly name: string }[]): Names =>
    new Map(rows.map(({ row, name }) => [row, name]))
  const channels = namesOf(await listChannelNames(handle, shopId))
  for await (const page of conversationsIn(handle, shopId, span, filter)) {
    const ids = page.flatMap(({ operatorId }) => (operatorId === null ? [] : [operatorId]))
    const members = namesOf(await listMemberNames(handle, [...new Set(ids)]))
    const words = new Map((await listWords(handle, shopId, page)).map((one) => [one.id, one]))
    yield page
      .flatMap((row) => {
        const said = words.get(row.id)
        // Erased while the file is made.
        if (said === undefined) return []
        const filed = { ...row, ...said }
        return csvLine(COLUMNS.map(([, cell]) => cell(filed, { channels, members })))
      })
      .join('')
  }
}

function seconds(ms: number | null): number | null {
  return ms === null ? null : ms / 1_000
}

function iso(at: number): string {
  return new Date(at).toISOString()
}

function idText(publicId: Buffer): string {
  return publicId.toString('base64url')
}

function placeOf(cursor: string): { readonly at: number; readonly id: number } {
  const [, at, id] = /^(\d{1,15})-(\d{1,15})$/.exec(cursor) ?? []
  if (at === undefined) throw new Refusal('bad_request', 'cursor: send the nextCursor of before')
  return { at: Number(at), id: Number(id) }
}
