/** @jsxRuntime classic */
/** @jsx h */
import type { Attachment, ProductCard } from '#protocol/chat.ts'
import { CHAT_ATTACHMENT_PATH } from '#protocol/names.ts'
import { h, type VNode } from '../kit/h.ts'
import { safeLink, safePicture } from '../kit/link.ts'
import { cardWords } from './card-words.ts'
import type { FileOnItsWay } from './files.ts'
import { moneyIn } from './money.ts'
import type { Scene } from './scene.ts'

export { styles } from './card-styles.ts'
export { createFiles } from './files.ts'
export { sendFile } from './send-file.ts'

const FILE = 'M14 3H7a2 2 0 0 0-2 2v14a2 2 0 0 0 2 2h10a2 2 0 0 0 2-2V8l-5-5Zm0 0v5h5'

/** What was said by a picture or a file. */
export function attachment(
  { address }: Scene,
  { fileKey, name, type, width, height }: Attachment,
): VNode {
  const url = address(CHAT_ATTACHMENT_PATH.replace(':fileKey', fileKey))
  const isPicture = type.startsWith('image/')
  return (
    <a
      class={isPicture ? 'picture' : 'bubble file'}
      href={url}
      target="_blank"
      rel="noopener noreferrer nofollow ugc"
    >
      {isPicture ? <img src={url} alt={name} width={width} height={height} /> : named(name)}
    </a>
  )
}

export function product({ language }: Scene, given: ProductCard): VNode {
  const { name, url, imageUrl, price } = given
  const picture = safePicture(imageUrl)
  return (
    <a class="card" href={safeLink(url) ?? ''} target="_blank" rel="noopener noreferrer">
      {picture !== undefined && <img src={picture} alt="" width="264" height="176" />}
      <strong>{name}</strong>
      {price && <span>{moneyIn(language, price)}</span>}
      <em>{cardWords(language).view}</em>
    </a>
  )
}

/** A file of the visitor's on its way, or one that did not arrive. */
export function upload(
  { model, t, language }: Scene,
  { id, name, state, share }: FileOnItsWay,
): VNode {
  const words = cardWords(language)
  const isOnItsWay = state === 'sending'
  /** What was pressed goes with its file: on from where one writes. */
  const discard = ({ currentTarget }: { readonly currentTarget: EventTarget | null }) => {
    const root = (currentTarget as Element).getRootNode() as ShadowRoot
    model.discard(id)
    root.querySelector('textarea')?.focus()
  }
  return (
    <div class="row mine first last" key={id}>
      <div class="bubble file" aria-busy={isOnItsWay ? 'true' : 'false'}>
        {named(name)}
        {isOnItsWay && <progress aria-label={t('sending')} max="1" value={share} />}
      </div>
      {isOnItsWay && (
        <p class="meanwhile">
          <button type="button" onClick={discard}>
            {words.cancel}
          </button>
        </p>
      )}
      {!isOnItsWay && (
        <p class="trouble">
          {state === 'refused' ? words.fileRefused : t('notSent')}{' '}
          {state === 'failed' && (
            <button type="button" onClick={() => model.retryFile(id)}>
              {t('retry')}
            </button>
          )}{' '}
          <button type="button" onClick={discard}>
            {t('discard')}
          </button>
        </p>
      )}
    </div>
  )
}

function named(name: string): VNode[] {
  return [
    <span class="icon" key="icon" data-icon={FILE} aria-hidden="true" />,
    <span key="name">{name}</span>,
  ]
}
