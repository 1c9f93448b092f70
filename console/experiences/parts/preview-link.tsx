import { useState } from 'preact/hooks'
import type { PreviewLink as Link } from '#protocol/experience-management.ts'
import { DEMO_PATH, ORIGINS_PATH } from '#protocol/names.ts'
import type { ListedOrigin } from '#protocol/shop.ts'
import { useChanging, useReading } from '../../queries.ts'
import { refusalText } from '../../refusals.ts'
import { Button } from '../../ui/button.tsx'
import { CopyButton } from '../../ui/copy-button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { TextField } from '../../ui/field.tsx'
import { Form, FormEnd } from '../../ui/form.tsx'
import { say } from '../../ui/toasts.tsx'
import { useWords } from '../../words.ts'
import type { EditorModel } from '../editor-model.ts'
import { createPreview, endPreviews } from '../requests.ts'
import { safeLink } from '../safe-link.ts'

/** Shows the draft on the shop's own pages, to whoever has the link. */
export function PreviewLink({ editor }: { readonly editor: EditorModel }) {
  const { t } = useWords()
  const [isOpen, setOpen] = useState(false)
  return (
    <>
      <Button icon="external" onClick={() => setOpen(true)}>
        {t('preview.open')}
      </Button>
      {isOpen && <PreviewDialog editor={editor} onClose={() => setOpen(false)} />}
    </>
  )
}

interface PreviewDialogProps {
  readonly editor: EditorModel
  readonly onClose: () => void
}

function PreviewDialog({ editor, onClose }: PreviewDialogProps) {
  const words = useWords()
  const { t } = words
  const origins = useReading<{ items: readonly ListedOrigin[] }>(ORIGINS_PATH)
  const first = origins.value?.items.find(({ origin }) => !origin.includes('*'))?.origin
  const [typed, setTyped] = useState<string | undefined>(undefined)
  const [link, setLink] = useState<Link | undefined>(undefined)
  const making = useChanging(createPreview)
  const ending = useChanging(endPreviews)
  const { id } = editor.base.value
  const url = typed ?? (first === undefined ? location.origin + DEMO_PATH : `${first}/`)
  const href = link && safeLink(link.url)

  async function make(): Promise<void> {
    const reply = await making.run({ id, url, content: editor.draft.value.content })
    if (reply.refusal === undefined) setLink(reply.value)
  }

  async function end(): Promise<void> {
    const reply = await ending.run(id)
    if (reply.refusal !== undefined) return say(refusalText(reply, words))
    say(t('preview.ended'))
    onClose()
  }

  return (
    <Dialog title={t('preview.title')} isOpen onClose={onClose}>
      {href === undefined ? (
        <Form onSubmit={() => void make()} isBusy={making.isBusy}>
          <p>{t('preview.text')}</p>
          <TextField
            name="url"
            type="url"
            label={t('preview.url')}
            hint={t('preview.url.hint')}
            value={url}
            maxLength={2_048}
            isCode
            isRequired
            isFirst
            onInput={setTyped}
            fault={
              making.refused &&
              (making.refused.refusal === 'bad_request'
                ? t('preview.url.fault')
                : refusalText(making.refused, words))
            }
          />
          <FormEnd>
            <Button isBusy={ending.isBusy} onClick={() => void end()}>
              {t('preview.end')}
            </Button>
            <Button kind="primary" type="submit" isBusy={making.isBusy}>
              {t('preview.make')}
            </Button>
          </FormEnd>
        </Form>
      ) : (
        <div class="form-rows">
          <p>{t('preview.made', { until: words.exactly(link?.endsAt ?? 0) })}</p>
          <p class="preview-url">
            <code>{href}</code>
          </p>
          <div class="form-end">
            <CopyButton text={href} label={t('preview.copy')} />
            <a class="button button-primary" href={href} target="_blank" rel="noreferrer">
              {t('preview.go')}
            </a>
          </div>
        </div>
      )}
    </Dialog>
  )
}
