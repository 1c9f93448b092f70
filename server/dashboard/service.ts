import { setImmediate as nextTurn, setTimeout as wait } from 'node:timers/promises'
import type {
  ExperienceFigures,
  FiguresAnswer,
  FigureStep,
  Period,
  ProductFigures,
  SessionDimension,
  SessionGroup,
} from '#protocol/figures.ts'
import { again } from '../core/again.ts'
import type { Clock } from '../core/clock.ts'
import type { Log } from '../core/log.ts'
import type { Database } from '../db/database.ts'
import { createSettled } from '../events/service.ts'
import { behindOf, findCursor, spanOf } from './cursor-store.ts'
import { figuresOf, type Handle } from './figures-store.ts'
import { createConversationReports, type ConversationReports } from './conversation-reports.ts'
import { createFollowing } from './follow.ts'
import {
  activeProducts,
  listExperienceFigures,
  listProductFigures,
  listSessionGroups,
} from './groups-store.ts'
import { rangeOf, type Span } from './range.ts'

export { forgetEvents, forgetSessions, forgetVisitor, releaseNumbers } from './forget.ts'

interface ShopOfFigures {
  readonly id: number
  readonly timeZone: string
}

/** Calendar dates of the shop; without them the last 28 days. */
interface Days {
  readonly from?: string | undefined
  readonly to?: string | undefined
}

export interface Dashboard {
  readonly figures: (
    shop: ShopOfFigures,
    asked: Days & { readonly step?: FigureStep | undefined },
  ) => Promise<FiguresAnswer>
  readonly sessionGroups: (
    shop: ShopOfFigures,
    dimension: SessionDimension,
    asked: Days & { readonly limit: number },
  ) => Promise<SessionGroup[]>
  readonly products: (
    shop: ShopOfFigures,
    asked: Days & { readonly limit: number },
  ) => Promise<ProductFigures[]>
  readonly experiences: (
    shop: ShopOfFigures,
    asked: Days & { readonly limit: number },
  ) => Promise<ExperienceFigures[]>
  /** What came of conversations. */
  readonly conversations: ConversationReports
  /** The ids of products that somebody viewed or bought in the last days. */
  readonly activeProducts: (
    shopId: number,
    what: 'viewed' | 'bought',
    days: number,
  ) => Promise<ReadonlySet<string>>
  /** Counts what has arrived; resolves when nothing is left. */
  readonly follow: () => Promise<void>
  /** Counts by itself from now on; returns `stop`. */
  readonly start: () => () => Promise<void>
}

interface DashboardDeps {
  readonly db: Database
  readonly now: Clock
  readonly log: Pick<Log, 'error'>
}

/** So late at most figures are, beside what a step takes. */
const EVERY_MS = 1_000
const DAY_MS = 86_400_000
/** With so many events behind, figures say how far they have come. */
const FILLING_FROM = 5_000

export function createDashboard({ db, now, log }: DashboardDeps): Dashboard {
  const handle: Handle = { sql: db.sql, t: db.t }
  const follow = createFollowing({ db, now, settled: createSettled(db) })
  const rangeFor = ({ timeZone }: ShopOfFigures, asked: Days) => rangeOf(asked, timeZone, now())

  async function periodOf(shopId: number, span: Span, points: readonly Span[]): Promise<Period> {
    const [whole, ...parts] = await figuresOf(handle, shopId, {
      spans: [span, ...points],
      now: now(),
    })
    if (whole === undefined) throw new Error('Figures of no span')
    return {
      ...span,
      totals: whole.figures,
      funnel: whole.funnel,
      points: parts.map(({ figures }, i) => ({ at: points[i]?.start ?? span.start, ...figures })),
    }
  }

  async function progressOf(shopId: number): Promise<Pick<FiguresAnswer, 'asOf' | 'filling'>> {
    const cursor = await findCursor(handle, shopId)
    if (!(await behindOf(handle, shopId, cursor, 0))) return { asOf: now(), filling: null }
    const asOf = cursor.asOf === 0 ? null : cursor.asOf
    if (!(await behindOf(handle, shopId, cursor, FILLING_FROM))) return { asOf, filling: null }
    const { first, last } = await spanOf(handle, shopId)
    const done = Math.max(0, cursor.seq - first)
    return { asOf, filling: { done, total: last - first + 1 } }
  }

  return {
    async figures(shop, asked) {
      const range = rangeOf(asked, shop.timeZone, now())
      const { from, to, step } = range
      const [current, before, progress] = await Promise.all([
        periodOf(shop.id, range.now, range.points),
        periodOf(shop.id, range.before, range.pointsBefore),
        progressOf(shop.id),
      ])
      return { from, to, timeZone: shop.timeZone, step, now: current, before, ...progress }
    },
    sessionGroups: (shop, dimension, { limit, ...days }) =>
      listSessionGroups(handle, shop.id, { dimension, span: rangeFor(shop, days).now, limit }),
    products: (shop, { limit, ...days }) =>
      listProductFigures(handle, shop.id, { span: rangeFor(shop, days).now, limit }),
    experiences: (shop, { limit, ...days }) =>
      listExperienceFigures(handle, shop.id, rangeFor(shop, days), limit),
    conversations: createConversationReports({ db, now }),
    activeProducts: (shopId, what, days) => {
      const span = { start: now() - days * DAY_MS, end: now() + 1 }
      return activeProducts(handle, shopId, { what, span })
    },
    follow: () =>
      follow(
        () => false,
        () => nextTurn(),
      ),
    start() {
      let isOver = false
      // A long past is counted half of the time: SQLite's writer is ingestion's as well.
      const stop = again(() => follow(() => isOver, wait), {
        everyMs: EVERY_MS,
        onFailure: (error) => log.error({ err: error }, 'Figures were not counted'),
      })
      return () => {
        isOver = true
        return stop()
      }
    },
  }
}
