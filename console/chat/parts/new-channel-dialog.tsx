import { CHANNELS_PATH } from '#protocol/names.ts'
import { useChanging } from '../../queries.ts'
import { navigate } from '../../router.ts'
import type { FormFault } from '../../settings/faults.ts'
import { faultText } from '../../settings/faults.ts'
import { useForm } from '../../settings/use-form.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { TextField } from '../../ui/field.tsx'
import { Form, FormEnd } from '../../ui/form.tsx'
import { useWords } from '../../words.ts'
import { channelAddress } from '../addresses.ts'
import { makeChannel } from '../requests.ts'

interface NewChannelDialogProps {
  readonly isOpen: boolean
  /** Of the channels there are. */
  readonly names: readonly string[]
  readonly onClose: () => void
}

const FIRST = { name: '' }

export function NewChannelDialog({ isOpen, names, onClose }: NewChannelDialogProps) {
  const { t } = useWords()
  return (
    <Dialog title={t('channel.new')} isOpen={isOpen} onClose={onClose}>
      {isOpen && <Draft names={names} onClose={onClose} />}
    </Dialog>
  )
}

function Draft({ names, onClose }: Omit<NewChannelDialogProps, 'isOpen'>) {
  const words = useWords()
  const { t } = words
  const making = useChanging(makeChannel, { renews: [CHANNELS_PATH] })
  const form = useForm({
    stored: FIRST,
    faultIn: ({ name }): FormFault | undefined =>
      name.trim() === '' ? { field: 'name', message: 'channel.fault.name' } : undefined,
    async save({ name }) {
      const reply = await making.run(name.trim())
      if (reply.refusal === undefined) {
        onClose()
        navigate(channelAddress(reply.value.id))
      }
      return reply
    },
  })
  const { name } = form.fields.value
  const isTaken = names.some((one) => one.toLowerCase() === name.trim().toLowerCase())
  const fault = form.fault.value
  return (
    <Form
      onSubmit={() => void form.save()}
      isBusy={form.isBusy.value}
      fault={
        fault?.refused?.refusal === 'conflict'
          ? t('channel.fault.many')
          : faultText(fault, undefined, words)
      }
    >
      <TextField
        name="name"
        label={t('channel.name')}
        hint={t(isTaken ? 'channel.name.taken' : 'channel.name.hint')}
        maxLength={80}
        value={name}
        onInput={(value) => form.write('name', value)}
        fault={faultText(fault, 'name', words)}
        isRequired
        isFirst
      />
      <FormEnd>
        <Button onClick={onClose}>{t('ui.cancel')}</Button>
        <Button kind="primary" type="submit" isBusy={form.isBusy.value}>
          {t('channel.make')}
        </Button>
      </FormEnd>
    </Form>
  )
}
