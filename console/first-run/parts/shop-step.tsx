import { useState } from 'preact/hooks'
import { ACCOUNT_PATH, SHOP_PATH } from '#protocol/names.ts'
import type { ShopSettings } from '#protocol/shop.ts'
import { change } from '../../api.ts'
import { useChanging } from '../../queries.ts'
import { refusalText } from '../../refusals.ts'
import { Form } from '../../ui/form.tsx'
import { useWords } from '../../words.ts'
import { likelyCurrency, ownTimeZone } from '../likely.ts'
import { isNamed } from '../steps.ts'
import { ShopFields, type ShopBasics } from './shop-fields.tsx'
import { StepEnd, StepFrame } from './step.tsx'

interface ShopStepProps {
  readonly settings: ShopSettings
  readonly onDone: () => void
}

export function ShopStep({ settings, onDone }: ShopStepProps) {
  const words = useWords()
  const { t } = words
  const [basics, setBasics] = useState(() => offeredBasics(settings))
  const [isTried, setTried] = useState(false)
  const saving = useChanging(
    (wanted: ShopBasics) => change('PUT', SHOP_PATH, { ...settingsOf(settings), ...wanted }),
    { renews: [SHOP_PATH, ACCOUNT_PATH] },
  )
  const isMissing = isTried && basics.name.trim() === ''

  async function save(): Promise<void> {
    setTried(true)
    if (basics.name.trim() === '') return
    const { refusal } = await saving.run(basics)
    if (refusal === undefined) onDone()
  }

  return (
    <StepFrame title={t('first_run.shop.title')} text={t('first_run.shop.text')}>
      <Form
        onSubmit={() => void save()}
        isBusy={saving.isBusy}
        fault={saving.refused && refusalText(saving.refused, words)}
      >
        <ShopFields
          basics={basics}
          onChange={setBasics}
          nameFault={isMissing ? t('first_run.shop.name_missing') : undefined}
        />
        <StepEnd action={t('first_run.save')} isBusy={saving.isBusy} onSkip={onDone} />
      </Form>
    </StepFrame>
  )
}

/** A shop that was never set up has what every first start gives it: the reader's own is likelier. */
function offeredBasics(settings: ShopSettings): ShopBasics {
  const { name, currency, timeZone } = settings
  if (isNamed(settings)) return { name, currency, timeZone }
  return {
    name: '',
    currency: likelyCurrency(navigator.languages) ?? currency,
    timeZone: ownTimeZone(),
  }
}

function settingsOf({ name, consentMode, timeZone, currency }: ShopSettings): ShopSettings {
  return { name, consentMode, timeZone, currency }
}
