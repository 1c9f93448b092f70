import { CONSOLE_PATH } from '#protocol/names.ts'
import { Entry } from '../account/parts/entry.tsx'
import { refusalText } from '../refusals.ts'
import { useWords, type Words } from '../words.ts'
import type { DeletionModel } from './deletion-model.ts'
import './deletion.css'

/** What becomes of a shop that was deleted: for whoever did it, who may have no account any more. */
export function DeletionPage({ model }: { readonly model: DeletionModel }) {
  const words = useWords()
  const { t } = words
  const progress = model.progress.value
  const refused = model.refused.value
  if (progress === undefined && refused === undefined) {
    return <main class="entry" aria-busy="true" />
  }
  const isUnknown = refused?.refusal === 'not_found' || refused?.refusal === 'bad_request'
  return (
    <Entry title={titleOf(model, words)}>
      {progress !== undefined && (
        <>
          {progress.state !== 'done' && (
            <progress class="deletion-bar" aria-label={t('deletion.bar')} />
          )}
          <output>{t(`deletion.${progress.state}`, { n: progress.erased })}</output>
          <p>{t(progress.state === 'done' ? 'deletion.kept' : 'deletion.leave')}</p>
        </>
      )}
      {isUnknown && <p>{t('deletion.unknown.text')}</p>}
      {refused !== undefined && !isUnknown && <p role="alert">{refusalText(refused, words)}</p>}
      <a class="button button-primary" href={CONSOLE_PATH}>
        {t('deletion.go_on')}
      </a>
    </Entry>
  )
}

function titleOf({ progress }: DeletionModel, { t }: Words): string {
  if (progress.value === undefined) return t('deletion.unknown.title')
  const { name: shop, state } = progress.value
  return t(state === 'done' ? 'deletion.title.done' : 'deletion.title', { shop })
}
