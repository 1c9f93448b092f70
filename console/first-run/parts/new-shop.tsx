import { useState } from 'preact/hooks'
import type { OwnShop, ShopDraft } from '#protocol/account.ts'
import { SHOPS_PATH } from '#protocol/names.ts'
import { send } from '../../api.ts'
import { useChanging } from '../../queries.ts'
import { refusalText } from '../../refusals.ts'
import { useSession } from '../../session.ts'
import { Form } from '../../ui/form.tsx'
import { PageFrame } from '../../ui/page-frame.tsx'
import { useWords } from '../../words.ts'
import { FIRST_RUN_PATH } from '../addresses.ts'
import { ownTimeZone } from '../likely.ts'
import { ShopFields } from './shop-fields.tsx'
import { StepEnd } from './step.tsx'

/** A further shop of this installation, for who owns one. */
export function NewShop() {
  const words = useWords()
  const { t } = words
  const { shop } = useSession()
  const [basics, setBasics] = useState({
    name: '',
    currency: shop.currency,
    timeZone: ownTimeZone(),
  })
  const [isTried, setTried] = useState(false)
  const making = useChanging((draft: ShopDraft) => send<OwnShop>(SHOPS_PATH, draft))
  const isMissing = isTried && basics.name.trim() === ''

  async function make(): Promise<void> {
    setTried(true)
    if (basics.name.trim() === '') return
    const reply = await making.run(basics)
    // A new page, so that nothing of the shop before stays in it.
    if (reply.refusal === undefined) {
      location.assign(`${FIRST_RUN_PATH}?shop=${encodeURIComponent(reply.value.key)}`)
    }
  }

  return (
    <PageFrame title={t('first_run.new.title')} intro={t('first_run.new.text')}>
      <Form
        onSubmit={() => void make()}
        isBusy={making.isBusy}
        fault={making.refused && refusalText(making.refused, words)}
      >
        <ShopFields
          basics={basics}
          onChange={setBasics}
          nameFault={isMissing ? t('first_run.shop.name_missing') : undefined}
        />
        <StepEnd action={t('first_run.new.action')} isBusy={making.isBusy} />
      </Form>
    </PageFrame>
  )
}
