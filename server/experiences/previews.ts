import {
  MAX_PREVIEWS,
  type Drawing,
  type PreviewLink,
  type PreviewRequest,
} from '#protocol/experience-management.ts'
import type { Decisions } from '#protocol/experiences.ts'
import { PREVIEW_PARAMETER } from '#protocol/names.ts'
import type { Popup } from '#protocol/popup.ts'
import { recordChange } from '../audit/service.ts'
import type { Actor } from '../core/actor.ts'
import { Refusal } from '../core/errors.ts'
import { isListedOrigin } from '../core/origins.ts'
import { randomToken, sha256 } from '../core/tokens.ts'
import type { Handle } from '../targeting/service.ts'
import { notFound, rowOf, type ManagementDeps } from './experiences.ts'
import { deletePreviews, findPreview, insertPreview } from './preview-store.ts'
import { drawnOf } from './sanitise/drawn-of.ts'
import { bumpEpoch, findExperience } from './store.ts'

/** Drafts that are looked at before anybody else sees them. */
export interface Previews {
  /** As pages would get it; stores nothing. */
  draw(content: Popup): Drawing
  /** A link to a page of the shop's own on which this is shown, for an hour, to whoever has it. */
  create(
    shop: { readonly id: number; readonly origins: readonly string[] },
    id: string,
    request: PreviewRequest,
    by: Actor,
  ): Promise<PreviewLink>
  /** Ends all links of an experience. */
  end(shopId: number, id: string, by: Actor): Promise<void>
}

/** What a page is answered that was opened by such a link; undefined: it shows what everybody sees. */
export type FindPreview = (shopId: number, pageUrl: string) => Promise<Decisions | undefined>

const HOUR_MS = 3_600_000

export function createPreviews({ db, now, ownOrigin }: PreviewsDeps): Previews {
  return {
    draw(content) {
      const { drawn, thanks, removed } = drawnOf(content)
      return { content: drawn, thanks, removed }
    },
    async create(shop, id, { url, content }, by) {
      const page = pageOf(url)
      if (page.origin !== ownOrigin && !isListedOrigin(page.origin, shop.origins)) {
        throw new Refusal(
          'bad_request',
          `url: ${page.origin} is none of the shop’s origins: list it first`,
        )
      }
      const { drawn, thanks } = drawnOf(content)
      const token = randomToken(32)
      const at = now()
      const endsAt = at + HOUR_MS
      const tokenHash = sha256(token)
      const preview = { tokenHash, origin: page.origin, drawn, thanks: [...thanks], endsAt }
      await changing(shop.id, id, async (handle, row) => {
        await insertPreview(handle, shop.id, row, { preview, now: at, most: MAX_PREVIEWS })
        await note(handle, shop.id, row, 'experience.previewed', by)
      })
      page.searchParams.set(PREVIEW_PARAMETER, token)
      return { url: page.href, endsAt }
    },
    end: (shopId, id, by) =>
      changing(shopId, id, async (handle, row) => {
        await deletePreviews(handle, shopId, row)
        await note(handle, shopId, row, 'experience.previews_ended', by)
      }),
  }

  /** One change of a shop's experiences at a time. */
  async function changing(
    shopId: number,
    id: string,
    change: (handle: Handle, row: number) => Promise<void>,
  ): Promise<void> {
    await db.transaction(async (sql) => {
      const handle = { sql, t: db.t }
      await bumpEpoch(handle, shopId)
      const found = await findExperience(handle, shopId, rowOf(id))
      if (found === undefined) throw notFound()
      await change(handle, found.id)
    })
  }

  function note(handle: Handle, shopId: number, row: number, action: string, by: Actor) {
    const object = { kind: 'experience', id: String(row) }
    return recordChange(handle, shopId, {
      by,
      at: now(),
      action,
      object,
      before: null,
      after: null,
    })
  }
}

interface PreviewsDeps extends ManagementDeps {
  /** Ours, where the demo shop is. */
  readonly ownOrigin: string
}

export function createFindPreview({ db, now }: ManagementDeps): FindPreview {
  const handle: Handle = { sql: db.sql, t: db.t }
  return async (shopId, pageUrl) => {
    // Nearly no page has it, and all ask.
    if (!pageUrl.includes(PREVIEW_PARAMETER) || !URL.canParse(pageUrl)) return undefined
    const { origin, searchParams } = new URL(pageUrl)
    const token = searchParams.get(PREVIEW_PARAMETER) ?? ''
    const asked = { tokenHash: sha256(token), origin, now: now() }
    const found = await findPreview(handle, shopId, asked)
    if (found === undefined) return undefined
    const { drawn: content, thanks, endsAt } = found
    // Of what else is active nothing is shown beside it. By `watch` the tag sees that there is something to show.
    return { epoch: 1, active: [], watch: [], preview: { content, thanks, endsAt } }
  }
}

function pageOf(url: string): URL {
  const page = URL.canParse(url) ? new URL(url) : undefined
  const isWeb = page?.protocol === 'https:' || page?.protocol === 'http:'
  if (page !== undefined && isWeb && page.username === '' && page.password === '') return page
  throw new Refusal('bad_request', 'url: the address of a page, https://…')
}
