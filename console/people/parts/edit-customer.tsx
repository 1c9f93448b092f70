import { useState } from 'preact/hooks'
import type { CustomerAnswer } from '#protocol/customers.ts'
import { CUSTOMER_PROFILES_PATH, CUSTOMERS_PATH, VISITOR_PROFILES_PATH } from '#protocol/names.ts'
import { useChanging } from '../../queries.ts'
import { refusalText } from '../../refusals.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { TextField } from '../../ui/field.tsx'
import { Form } from '../../ui/form.tsx'
import { say } from '../../ui/toasts.tsx'
import { useWords } from '../../words.ts'
import { changeTraits } from '../requests.ts'
import { changedTraits, fieldsOf, formerTraits, NAMED_TRAITS } from '../trait-draft.ts'

interface EditCustomerProps {
  readonly customer: CustomerAnswer
  readonly onClose: () => void
}

const RENEWS = { renews: [CUSTOMERS_PATH, CUSTOMER_PROFILES_PATH, VISITOR_PROFILES_PATH] }

/** Names, addresses and attributes of a customer. */
export function EditCustomer({ customer, onClose }: EditCustomerProps) {
  const words = useWords()
  const { t } = words
  const [fields, setFields] = useState(() => fieldsOf(customer))
  const [added, setAdded] = useState({ name: '', value: '' })
  const saving = useChanging(changeTraits, RENEWS)
  const { id: customerId } = customer
  const set = (name: string, value: string) => setFields({ ...fields, [name]: value })

  async function save(): Promise<void> {
    const name = added.name.trim()
    const whole = name === '' ? fields : { ...fields, [name]: added.value }
    const traits = changedTraits(customer, whole)
    if (Object.keys(traits).length === 0) return onClose()
    const { refusal } = await saving.run({ customerId, traits })
    if (refusal !== undefined) return
    onClose()
    const before = formerTraits(customer, traits)
    say(t('ui.saved'), { undo: () => void saving.run({ customerId, traits: before }) })
  }

  return (
    <Dialog
      title={t('people.edit.title')}
      isOpen
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>{t('ui.cancel')}</Button>
          <Button kind="primary" isBusy={saving.isBusy} onClick={() => void save()}>
            {t('ui.save')}
          </Button>
        </>
      }
    >
      <Form
        onSubmit={() => void save()}
        isBusy={saving.isBusy}
        fault={saving.refused && refusalText(saving.refused, words)}
      >
        {Object.entries(fields).map(([name, value]) => {
          const known = NAMED_TRAITS.find((one) => one === name)
          return (
            <TextField
              key={name}
              name={name}
              label={known === undefined ? name : t(`people.trait.${known}`)}
              autocomplete="off"
              value={value}
              onInput={(text) => set(name, text)}
            />
          )
        })}
        <TextField
          name="new-name"
          label={t('people.trait.new')}
          hint={t('people.trait.new.hint')}
          autocomplete="off"
          maxLength={64}
          value={added.name}
          onInput={(name) => setAdded({ ...added, name })}
        />
        {added.name.trim() !== '' && (
          <TextField
            name="new-value"
            label={added.name}
            autocomplete="off"
            maxLength={500}
            value={added.value}
            onInput={(value) => setAdded({ ...added, value })}
          />
        )}
      </Form>
    </Dialog>
  )
}
