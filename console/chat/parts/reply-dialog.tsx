import { useRef } from 'preact/hooks'
import type { CannedReply, Channel } from '#protocol/chat-channels.ts'
import { CANNED_REPLIES_PATH, MAX_MESSAGE_CHARS } from '#protocol/names.ts'
import type { Refused } from '../../api.ts'
import { useChanging } from '../../queries.ts'
import { useSession } from '../../session.ts'
import { faultText, formFault, type FormFault } from '../../settings/faults.ts'
import { useForm } from '../../settings/use-form.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { SelectField, TextField } from '../../ui/field.tsx'
import { Form, FormEnd } from '../../ui/form.tsx'
import { say } from '../../ui/toasts.tsx'
import { useWords } from '../../words.ts'
import { filledIn, REPLY_VARIABLES, unknownVariables } from '../reply-variables.ts'
import { saveReply } from '../requests.ts'

interface ReplyDialogProps {
  readonly edited: CannedReply | 'new' | undefined
  readonly channels: readonly Channel[]
  readonly onClose: () => void
}

export function ReplyDialog({ edited, channels, onClose }: ReplyDialogProps) {
  const { t } = useWords()
  return (
    <Dialog
      title={t(edited === 'new' ? 'reply.new' : 'reply.edit.title')}
      isOpen={edited !== undefined}
      onClose={onClose}
      staysOpen
    >
      {edited !== undefined && (
        <Draft
          reply={edited === 'new' ? undefined : edited}
          channels={channels}
          onClose={onClose}
        />
      )}
    </Dialog>
  )
}

/** Letters, digits, - and _, as the server has it. */
const SHORTCUT = /^[\p{L}\d][\p{L}\d_-]{0,31}$/u
const EMPTY = { shortcut: '', text: '', channelId: '' }

interface DraftProps {
  readonly reply: CannedReply | undefined
  readonly channels: readonly Channel[]
  readonly onClose: () => void
}

function Draft({ reply, channels, onClose }: DraftProps) {
  const words = useWords()
  const { t, list } = words
  const { shop, account } = useSession()
  const saving = useChanging(saveReply, { renews: [CANNED_REPLIES_PATH] })
  const form = useForm({
    stored: reply === undefined ? EMPTY : { ...reply, channelId: reply.channelId ?? '' },
    faultIn,
    faultOf,
    save: ({ shortcut, text, channelId }) =>
      saving.run({
        id: reply?.id,
        shortcut: shortcut.trim(),
        text: text.trim(),
        channelId: channelId === '' ? null : channelId,
      }),
    onSaved() {
      say(t('ui.saved'))
      onClose()
    },
  })
  const { shortcut, text, channelId } = form.fields.value
  const textRef = useRef<HTMLDivElement>(null)
  const unknown = unknownVariables(text)
  const example = filledIn(text, {
    'visitor.name': t('reply.example.visitor'),
    'visitor.email': 'sofia@example.com',
    'operator.name': account.alias ?? account.name,
    'channel.name': channels.find(({ id }) => id === channelId)?.name ?? t('reply.example.channel'),
    'shop.name': shop.name,
  })

  /** Where the caret is. */
  function insert(variable: string): void {
    const field = textRef.current?.querySelector('textarea')
    const at = field?.selectionStart ?? text.length
    const until = field?.selectionEnd ?? at
    form.write('text', `${text.slice(0, at)}{${variable}}${text.slice(until)}`)
    field?.focus()
  }

  return (
    <Form
      onSubmit={() => void form.save()}
      isBusy={form.isBusy.value}
      fault={faultText(form.fault.value, undefined, words)}
    >
      <TextField
        name="shortcut"
        label={t('reply.shortcut')}
        hint={t('reply.shortcut.hint', { shortcut: shortcut.trim().toLowerCase() || 'hello' })}
        autocomplete="off"
        maxLength={32}
        value={shortcut}
        onInput={(value) => form.write('shortcut', value.replace(/^\//, ''))}
        fault={faultText(form.fault.value, 'shortcut', words)}
        isCode
        isRequired
        isFirst
      />
      <div class="reply-words" ref={textRef}>
        <TextField
          name="text"
          label={t('reply.text')}
          rows={5}
          maxLength={MAX_MESSAGE_CHARS}
          value={text}
          onInput={(value) => form.write('text', value)}
          fault={faultText(form.fault.value, 'text', words)}
          hint={unknown.length > 0 ? t('reply.unknown', { list: list(unknown) }) : undefined}
          isRequired
        />
        <fieldset class="reply-variables">
          <legend class="control-hint">{t('reply.variables')}</legend>
          {REPLY_VARIABLES.map((variable) => (
            <button
              key={variable}
              type="button"
              class="reply-variable"
              onClick={() => insert(variable)}
            >
              {t(`reply.variable.${variable}`)}
            </button>
          ))}
        </fieldset>
        {text.includes('{') && (
          <p class="reply-example">
            <span class="control-hint">{t('reply.example')}</span>
            <span>{example}</span>
          </p>
        )}
      </div>
      <SelectField
        name="channel"
        label={t('reply.channel')}
        isRequired
        value={channelId}
        options={[
          { value: '', label: t('reply.all_channels') },
          ...channels.map(({ id, name }) => ({ value: id, label: name })),
        ]}
        onChange={(value) => form.write('channelId', value)}
      />
      <FormEnd>
        <Button onClick={onClose}>{t('ui.cancel')}</Button>
        <Button kind="primary" type="submit" isBusy={form.isBusy.value}>
          {t('ui.save')}
        </Button>
      </FormEnd>
    </Form>
  )
}

function faultIn({ shortcut, text }: { shortcut: string; text: string }): FormFault | undefined {
  if (!SHORTCUT.test(shortcut.trim())) return { field: 'shortcut', message: 'reply.fault.shortcut' }
  return text.trim() === '' ? { field: 'text', message: 'reply.fault.text' } : undefined
}

function faultOf(refused: Refused): FormFault {
  if (refused.refusal === 'conflict') return { field: 'shortcut', message: 'reply.fault.taken' }
  return formFault(refused)
}
