import { useState } from 'preact/hooks'
import { ACCOUNT_PATH, MEMBERS_PATH } from '#protocol/names.ts'
import { faultText } from '../../account/parts/form.tsx'
import { useChanging } from '../../queries.ts'
import { useSession } from '../../session.ts'
import { Button } from '../../ui/button.tsx'
import { OnOff } from '../../ui/on-off.tsx'
import { Section } from '../../ui/section.tsx'
import { say } from '../../ui/toasts.tsx'
import { useWords } from '../../words.ts'
import {
  confirmSecondFactor,
  newRecoveryCodes,
  offerSecondFactor,
  removeSecondFactor,
} from '../requests.ts'
import { createSecondFactorModel } from '../second-factor-model.ts'
import { SecondFactorDialog } from './second-factor-dialog.tsx'

const RENEWS = { renews: [ACCOUNT_PATH, MEMBERS_PATH] }

export function SecondFactor() {
  const { t } = useWords()
  const { account } = useSession()
  const offering = useChanging(offerSecondFactor)
  const confirming = useChanging(confirmSecondFactor, RENEWS)
  const renewing = useChanging(newRecoveryCodes, RENEWS)
  const removing = useChanging(removeSecondFactor, RENEWS)
  const [model] = useState(() =>
    createSecondFactorModel({
      offerSecondFactor: () => offering.run(undefined),
      confirmSecondFactor: confirming.run,
      newRecoveryCodes: () => renewing.run(undefined),
      removeSecondFactor: () => removing.run(undefined),
      onChanged(what) {
        if (what !== 'codes') say(t(`second_factor.turned_${what}`))
      },
    }),
  )
  const { hasSecondFactor, recoveryCodesLeft } = account
  const fault = model.step.value === undefined ? model.fault.value : undefined

  return (
    <Section title={t('second_factor.title')} text={t('second_factor.text')}>
      <div class="own-line">
        <div class="own-line-words">
          <p class="own-line-title">
            <OnOff
              isOn={hasSecondFactor}
              words={t(hasSecondFactor ? 'second_factor.on' : 'second_factor.off')}
            />
          </p>
          {hasSecondFactor && (
            <p class="own-line-text">
              {recoveryCodesLeft === 0
                ? t('second_factor.codes_none')
                : t('second_factor.codes_left', { n: recoveryCodesLeft })}
            </p>
          )}
        </div>
        {hasSecondFactor ? (
          <>
            <Button onClick={() => model.ask('renew')}>{t('second_factor.renew.action')}</Button>
            <Button onClick={() => model.ask('remove')}>{t('second_factor.remove')}</Button>
          </>
        ) : (
          <Button kind="primary" isBusy={model.isBusy.value} onClick={() => void model.setUp()}>
            {t('second_factor.set_up')}
          </Button>
        )}
      </div>
      <p class="control-fault" role="alert">
        {fault && faultText(fault, t)}
      </p>
      <SecondFactorDialog model={model} />
    </Section>
  )
}
