import type { AuditEntry } from '#protocol/audit.ts'
import { useWords } from '../../words.ts'
import { actionKey, changedFields, kindKey, objectName, type Told } from '../entries.ts'

interface EntryRowProps {
  readonly entry: AuditEntry
  /** The name of whoever did it. */
  readonly who: string
  readonly now: number
}

/** A line that opens into all that the log keeps of it. */
export function EntryRow({ entry, who, now }: EntryRowProps) {
  const { t, ago, exactly } = useWords()
  const { at, action } = entry
  const did = actionKey(action)
  const { text, isId } = objectName(entry)
  return (
    <li>
      <details class="audit-entry">
        <summary>
          <span class="audit-who">{who}</span>
          <span class="audit-what">
            {did === undefined ? <code>{action}</code> : t(did)}
            {isId && text !== '' && <code class="audit-id">{text}</code>}
            {!isId && <bdi class="audit-name">{text}</bdi>}
          </span>
          <time dateTime={new Date(at).toISOString()} title={exactly(at)}>
            {ago(at, now)}
          </time>
        </summary>
        <Details entry={entry} />
      </details>
    </li>
  )
}

function Details({ entry }: { readonly entry: AuditEntry }) {
  const { t, exactly, number } = useWords()
  const { seq, at, address, action, object, hash } = entry
  const fields = changedFields(entry)
  const kind = kindKey(object.kind)
  return (
    <div class="audit-details">
      {fields.length > 0 && (
        <table class="audit-fields">
          <thead>
            <tr>
              <th scope="col">{t('audit.field')}</th>
              <th scope="col">{t('audit.before')}</th>
              <th scope="col">{t('audit.after')}</th>
            </tr>
          </thead>
          <tbody>
            {fields.map(({ name, before, after }) => (
              <tr key={name}>
                <th scope="row">
                  <code>{name}</code>
                </th>
                <Value told={before} title={t('audit.before')} />
                <Value told={after} title={t('audit.after')} />
              </tr>
            ))}
          </tbody>
        </table>
      )}
      <dl class="audit-facts">
        <Fact name={t('audit.time')} value={exactly(at)} />
        <Fact name={t('audit.action')} value={action} isCode />
        <Fact name={t('audit.object')} value={kind === undefined ? object.kind : t(kind)} />
        {object.id !== '' && <Fact name={t('audit.id')} value={object.id} isCode />}
        {address !== '' && <Fact name={t('audit.address')} value={address} isCode />}
        <Fact name={t('audit.number')} value={number(seq)} />
        <Fact name={t('audit.hash')} value={hash} isCode isLong />
      </dl>
    </div>
  )
}

function Value({ told, title }: { readonly told: Told | undefined; readonly title: string }) {
  const { t } = useWords()
  return (
    <td data-title={title}>
      {told === undefined && <span class="audit-none">{t('audit.none')}</span>}
      {told !== undefined &&
        (told.isDigest ? (
          <span class="audit-none" title={told.text}>
            {t('audit.digest', { digest: told.text })}
          </span>
        ) : (
          <code>{told.text}</code>
        ))}
    </td>
  )
}

interface FactProps {
  readonly name: string
  readonly value: string
  readonly isCode?: boolean
  readonly isLong?: boolean
}

function Fact({ name, value, isCode = false, isLong = false }: FactProps) {
  return (
    <div class={isLong ? 'audit-long' : undefined}>
      <dt>{name}</dt>
      <dd>{isCode ? <code>{value}</code> : value}</dd>
    </div>
  )
}
