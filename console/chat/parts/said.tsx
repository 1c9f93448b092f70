import type { Message } from '#protocol/chat.ts'
import { webAddress } from '../../people/web-address.ts'
import { formatAmount } from '../../targeting/money.ts'
import { Button } from '../../ui/button.tsx'
import { useWords } from '../../words.ts'
import { filePath } from '../inbox-addresses.ts'
import { MessageText } from './message-text.tsx'
import './said.css'

interface SaidProps {
  readonly message: Message
  readonly visitorName: string
  readonly isOwn: boolean
  readonly isContinued: boolean
  readonly isRedacted: boolean
  /** The other side has seen it: told below the last such. */
  readonly isSeen: boolean
  /** Undefined: it can't be taken back by whoever looks. */
  readonly onRedact?: (() => void) | undefined
}

/** One entry of the log, by whoever said it. */
export function Said(props: SaidProps) {
  const { t, locale, exactly } = useWords()
  const { message, visitorName, isOwn, isContinued, isRedacted, isSeen, onRedact } = props
  const { author, kind, at } = message
  const side = author.kind === 'visitor' ? 'visitor' : 'team'
  const name = author.kind === 'visitor' ? visitorName : isOwn ? t('inbox.you') : author.name
  const time = new Intl.DateTimeFormat(locale, { timeStyle: 'short' }).format(at)
  return (
    <li
      class="said"
      data-side={side}
      data-kind={kind}
      data-continued={isContinued ? '' : undefined}
      data-redacted={isRedacted ? '' : undefined}
    >
      <p class={isContinued ? 'visually-hidden' : 'said-head'}>
        <b>{name ?? t('inbox.system')}</b>
        {kind === 'note' && <span class="said-note">{t('inbox.note')}</span>}
        <time dateTime={new Date(at).toISOString()} title={exactly(at)}>
          {time}
        </time>
      </p>
      <div class="said-body">
        {isRedacted ? (
          <p class="said-gone">{t('inbox.redacted')}</p>
        ) : (
          <Content message={message} />
        )}
        {onRedact !== undefined && !isRedacted && (
          <span class="said-act">
            <Button kind="quiet" icon="trash" name={t('inbox.redact')} onClick={onRedact} />
          </span>
        )}
      </div>
      {isSeen && <p class="said-seen">{t('inbox.seen')}</p>}
    </li>
  )
}

function Content({ message }: { readonly message: Message }) {
  const words = useWords()
  const { text, attachment, product } = message
  if (attachment !== undefined) {
    const { fileKey, name, type, bytes, width, height } = attachment
    const path = filePath(fileKey)
    return (
      <a class="said-file" href={path} download={name}>
        {type.startsWith('image/') && (
          <img src={path} alt="" width={width} height={height} loading="lazy" />
        )}
        <span>{name}</span>
        <small>{words.t('inbox.file.size', { n: Math.max(1, Math.round(bytes / 1_024)) })}</small>
      </a>
    )
  }
  if (product !== undefined) {
    const href = webAddress(product.url)
    return (
      <p class="said-text">
        {href === undefined ? (
          product.name
        ) : (
          <a href={href} target="_blank" rel="noopener noreferrer">
            {product.name}
          </a>
        )}
        {product.price !== undefined && ` · ${formatAmount(product.price, words)}`}
      </p>
    )
  }
  return <MessageText text={text ?? ''} />
}
