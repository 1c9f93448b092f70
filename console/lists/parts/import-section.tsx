import { useEffect, useRef, useState } from 'preact/hooks'
import { LISTS_PATH } from '#protocol/names.ts'
import { about } from '../../api.ts'
import { useChanging } from '../../queries.ts'
import { refusalText } from '../../refusals.ts'
import { useSession } from '../../session.ts'
import { Button } from '../../ui/button.tsx'
import { Section } from '../../ui/section.tsx'
import { useWords } from '../../words.ts'
import { createImportModel, type ImportModel } from '../import-model.ts'
import { readImport, startImport, uploadFile } from '../requests.ts'
import { ImportColumns } from './import-columns.tsx'
import { ImportProgress } from './import-progress.tsx'

interface ImportSectionProps {
  readonly listId: string
  readonly onClose: () => void
}

/** Reads a CSV file into the list, step by step. */
export function ImportSection({ listId, onClose }: ImportSectionProps) {
  const words = useWords()
  const { t } = words
  const model = useImport(listId)
  const step = model.step.value
  const fault = model.fault.value
  const refused = model.refused.value
  return (
    <Section
      title={t('lists.import')}
      text={t('lists.import.text')}
      actions={
        step !== 'uploading' && (
          <Button kind="quiet" icon="close" name={t('ui.close')} onClick={onClose} />
        )
      }
    >
      <div class="list-import">
        {(step === 'choose' || step === 'uploading') && <ChooseFile model={model} />}
        {step === 'columns' && <ImportColumns model={model} />}
        {(step === 'running' || step === 'done') && <ImportProgress model={model} />}
        <p class="control-fault" role="alert">
          {fault !== undefined && t(fault)}
          {refused !== undefined && refusalText(refused, words)}
        </p>
      </div>
    </Section>
  )
}

function useImport(listId: string): ImportModel {
  const { shop } = useSession()
  // A list is as long as its file has been read.
  const nothing = useChanging(async () => ({ value: undefined }), { renews: [LISTS_PATH] })
  const renewRef = useRef(nothing.run)
  useEffect(() => {
    renewRef.current = nothing.run
  })
  const [model] = useState(() =>
    createImportModel({
      upload: (file) => about(shop.key, () => uploadFile(listId, file)),
      start: (id, mapping) => about(shop.key, () => startImport(id, mapping)),
      read: (id) => about(shop.key, () => readImport(id)),
      onDone: () => void renewRef.current(undefined),
      after(ms, act) {
        const timer = setTimeout(act, ms)
        return () => clearTimeout(timer)
      },
    }),
  )
  useEffect(() => model.stop, [model])
  return model
}

function ChooseFile({ model }: { readonly model: ImportModel }) {
  const { t } = useWords()
  const isBusy = model.step.value === 'uploading'
  return (
    <label class="list-file" data-busy={isBusy ? '' : undefined}>
      <span class="list-file-title">{t(isBusy ? 'lists.file.reading' : 'lists.file')}</span>
      <span class="list-file-text">{t('lists.file.text')}</span>
      <input
        type="file"
        accept=".csv,.txt,text/csv"
        disabled={isBusy}
        onChange={({ currentTarget }) => {
          const file = currentTarget.files?.[0]
          if (file !== undefined) void model.upload(file)
          // The same file may be chosen once more, after it was mended.
          currentTarget.value = ''
        }}
      />
    </label>
  )
}
