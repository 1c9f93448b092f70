import { ORIGINS_PATH } from '#protocol/names.ts'
import type { ListedOrigin } from '#protocol/shop.ts'
import { useChanging } from '../../queries.ts'
import { faultText } from '../../settings/faults.ts'
import { useForm } from '../../settings/use-form.ts'
import { Button } from '../../ui/button.tsx'
import { TextField } from '../../ui/field.tsx'
import { Form } from '../../ui/form.tsx'
import { say } from '../../ui/toasts.tsx'
import { useWords } from '../../words.ts'
import { faultInOrigin, faultOfOrigin, isListed, originMeant } from '../listed.ts'
import { addOrigin } from '../requests.ts'

const NOTHING = { origin: '' }

/** Takes one after the other: once an origin is added, the field is empty again. */
export function OriginForm({ listed }: { readonly listed: readonly ListedOrigin[] }) {
  const words = useWords()
  const { t } = words
  const adding = useChanging(addOrigin, { renews: [ORIGINS_PATH] })
  const form = useForm({
    stored: NOTHING,
    save: add,
    faultIn: faultInOrigin,
    faultOf: faultOfOrigin,
  })
  const fault = form.fault.value

  async function add({ origin: typed }: typeof NOTHING) {
    const reply = await adding.run(originMeant(typed))
    if (reply.refusal !== undefined) return reply
    const { origin } = reply.value
    say(t(isListed(listed, reply.value) ? 'origin.listed' : 'origin.added', { origin }))
    return reply
  }

  async function submit(): Promise<void> {
    if (await form.save()) form.begin(NOTHING)
  }

  return (
    <Form
      onSubmit={() => void submit()}
      isBusy={form.isBusy.value}
      fault={faultText(fault, undefined, words)}
    >
      <TextField
        label={t('origin.field')}
        name="origin"
        type="url"
        isRequired
        isCode
        maxLength={300}
        autocomplete="off"
        placeholder="https://"
        hint={t('origin.hint')}
        value={form.fields.value.origin}
        fault={faultText(fault, 'origin', words)}
        onInput={(origin) => form.write('origin', origin)}
      >
        <Button type="submit" kind="primary" isBusy={form.isBusy.value}>
          {t('origin.add')}
        </Button>
      </TextField>
    </Form>
  )
}
