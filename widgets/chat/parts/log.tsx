/** @jsxRuntime classic */
/** @jsx h */
import type { Message } from '#protocol/chat.ts'
import { h, type Child, type VNode } from '../../kit/h.ts'
import { piecesOf } from '../rich-text.ts'
import { rowsOf, type DayRow, type SaidRow } from '../rows.ts'
import type { Scene } from '../scene.ts'
import { face } from './header.tsx'

/** Outside of it stand what is no news: how it stands with the last message, and who types. */
export function log(scene: Scene): VNode {
  const { view, t, text, now } = scene
  const rows = rowsOf(view.messages, view.unsent, now)
  const { shopName, operators } = view.look
  return (
    <div class="scroll" onScroll={scene.scrolled}>
      {view.hasEarlier && (
        <button type="button" class="button quiet" onClick={scene.goBack}>
          {t('earlierMessages')}
        </button>
      )}
      <div
        class="log"
        role="log"
        aria-live="polite"
        aria-relevant="additions"
        aria-label={t('log')}
        aria-busy={view.isWhole && !view.isReadingEarlier ? 'false' : 'true'}
      >
        {!view.hasEarlier && !view.look.bot && (
          <div class="row theirs first last" key="welcome">
            {face(operators[0]?.name ?? shopName)}
            <div class="bubble" dir="auto">
              {rich(text('welcome'))}
            </div>
          </div>
        )}
        {rows.map((row) =>
          row.is === 'day'
            ? day(scene, row)
            : row.is === 'notice'
              ? notice(scene, row.message)
              : said(scene, row),
        )}
        {view.files.map((file) => scene.cards?.upload(scene, file))}
      </div>
      <p class="receipt">{receipt(scene)}</p>
      <output class="line">{waiting(scene)}</output>
      <output class={view.typist === undefined ? 'typing none' : 'typing'}>
        {view.typist !== undefined && [
          <span class="dots" aria-hidden="true" key="dots">
            <i />
            <i />
            <i />
          </span>,
          <span class="unseen" key="said">
            {t('typing', { name: view.typist })}
          </span>,
        ]}
      </output>
    </div>
  )
}

function day({ t, language, now }: Scene, { key, at }: DayRow): VNode {
  const days = Math.round((new Date(now).setHours(0, 0, 0, 0) - at) / 86_400_000)
  const format = new Intl.DateTimeFormat(language, {
    weekday: 'long',
    day: 'numeric',
    month: 'long',
  })
  return (
    <p class="day" key={key}>
      {days === 0 ? t('today') : days === 1 ? t('yesterday') : format.format(at)}
    </p>
  )
}

/** Those that we have words for; of some the shop has its own. */
const TOLD = /^(joined|left|closed|transferred|reopened|rated)$/

function notice({ view, text }: Scene, { id, notice: what, author, detail }: Message): VNode {
  const told = detail?.['name']
  const name = typeof told === 'string' ? told : (author.name ?? view.look.shopName)
  return (
    <p class="line" key={id}>
      {TOLD.test(what ?? '') && text(what as 'joined', { name })}
    </p>
  )
}

function said(scene: Scene, row: SaidRow): VNode {
  const { t, language, view } = scene
  const { isMine, isFirst, isLast, name, message, unsent, at, key } = row
  const classes = ['row', isMine ? 'mine' : 'theirs', isFirst && 'first', isLast && 'last']
  const who = isMine ? t('you') : (name ?? view.look.shopName)
  const time = new Intl.DateTimeFormat(language, { hour: 'numeric', minute: '2-digit' }).format(at)
  return (
    <div class={classes.filter(Boolean).join(' ')} key={key}>
      {!isMine && face(who)}
      <span class="unseen">{`${who}: `}</span>
      {content(scene, row)}
      {isLast && !unsent && !isMine && <p class="meta">{`${who} · ${time}`}</p>}
      {unsent?.state === 'failed' && trouble(scene, unsent.draft.id)}
      {message === undefined && unsent?.state === 'waiting' && (
        <span class="unseen">{t('sending')}</span>
      )}
    </div>
  )
}

function trouble({ model, t }: Scene, id: string): VNode {
  return (
    <p class="trouble">
      {t('notSent')}{' '}
      <button type="button" onClick={() => model.retry(id)}>
        {t('retry')}
      </button>{' '}
      <button type="button" onClick={() => model.discard(id)}>
        {t('discard')}
      </button>
    </p>
  )
}

function content(scene: Scene, { message, unsent }: SaidRow): VNode {
  if (message?.isRedacted) return <div class="bubble gone">{scene.t('redacted')}</div>
  const { text, attachment, product } = message ?? {}
  if (scene.cards && attachment) return scene.cards.attachment(scene, attachment)
  if (scene.cards && product) return scene.cards.product(scene, product)
  const draft = unsent?.draft
  const own = draft?.kind === 'text' ? draft.text : undefined
  return (
    <div class="bubble" dir="auto">
      {rich(text ?? own ?? '…')}
    </div>
  )
}

function rich(text: string): Child {
  return piecesOf(text).map(({ text: shown, url }, at) =>
    url === undefined ? (
      shown
    ) : (
      <a key={at} href={url} target="_blank" rel="noopener noreferrer nofollow ugc">
        {shown}
      </a>
    ),
  )
}

/** How it stands with what the visitor said last. */
function receipt({ view, t }: Scene): string | undefined {
  if (view.unsent.some(({ state }) => state === 'waiting')) return t('sending')
  const last = [...view.messages].reverse().find(({ kind }) => kind !== 'notice')
  if (last?.author.kind !== 'visitor' || view.unsent.length > 0) return undefined
  return t((view.conversation?.readByTeam ?? 0) >= last.number ? 'seen' : 'sent')
}

function waiting({ view, t, text }: Scene): string | undefined {
  const { state, queuePosition } = view.conversation ?? {}
  if (state !== 'queued') return undefined
  if (queuePosition === null || queuePosition === undefined) return undefined
  const fill = { position: queuePosition }
  return queuePosition > 1 || view.look.texts.queued !== undefined
    ? text('queued', fill)
    : t('waiting')
}
