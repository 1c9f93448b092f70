import { useState } from 'preact/hooks'
import { faultText } from '../../account/parts/form.tsx'
import { Button } from '../../ui/button.tsx'
import { CopyButton } from '../../ui/copy-button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { TextField } from '../../ui/field.tsx'
import { Form, FormEnd } from '../../ui/form.tsx'
import { useWords } from '../../words.ts'
import type { SecondFactorModel } from '../second-factor-model.ts'
import { QrCode } from './qr-code.tsx'
import { RecoveryCodes } from './recovery-codes.tsx'

/** Whatever is done with the second step, a thing at a time. */
export function SecondFactorDialog({ model }: { readonly model: SecondFactorModel }) {
  const { t } = useWords()
  const step = model.step.value
  return (
    <Dialog
      title={step === undefined ? '' : t(`second_factor.${step}.title`)}
      isOpen={step !== undefined}
      onClose={model.close}
    >
      {step === 'scan' && <Scan model={model} />}
      {step === 'codes' && <RecoveryCodes codes={model.codes.value} onDone={model.close} />}
      {(step === 'renew' || step === 'remove') && <Question model={model} step={step} />}
    </Dialog>
  )
}

function Scan({ model }: { readonly model: SecondFactorModel }) {
  const { t } = useWords()
  const [code, setCode] = useState('')
  const { secret, address } = model.offer.value ?? { secret: '', address: '' }
  const fault = model.fault.value
  const text = fault && faultText(fault, t)
  return (
    <Form
      fault={fault?.field === undefined ? text : undefined}
      isBusy={model.isBusy.value}
      onSubmit={() => void model.confirm(code)}
    >
      <p>{t('second_factor.scan.text')}</p>
      <div class="factor-scan">
        <QrCode text={address} label={t('second_factor.scan.qr')} />
        <div class="factor-key">
          <p>{t('second_factor.scan.key')}</p>
          <code>{secret.match(/.{1,4}/g)?.join(' ')}</code>
          <CopyButton text={secret} label={t('second_factor.scan.copy')} />
        </div>
      </div>
      <TextField
        name="code"
        label={t('second_factor.scan.code')}
        value={code}
        onInput={setCode}
        autocomplete="one-time-code"
        maxLength={10}
        fault={fault?.field === 'code' ? text : undefined}
        isRequired
        isFirst
        isCode
      />
      <p class="control-hint">{t('second_factor.scan.ends')}</p>
      <FormEnd>
        <Button onClick={model.close}>{t('ui.cancel')}</Button>
        <Button kind="primary" type="submit" isBusy={model.isBusy.value}>
          {t('second_factor.scan.confirm')}
        </Button>
      </FormEnd>
    </Form>
  )
}

interface QuestionProps {
  readonly model: SecondFactorModel
  readonly step: 'renew' | 'remove'
}

/** What can't be taken back is told first. */
function Question({ model, step }: QuestionProps) {
  const { t } = useWords()
  const fault = model.fault.value
  return (
    <>
      <p>{t(`second_factor.${step}.text`)}</p>
      <p class="control-fault" role="alert">
        {fault && faultText(fault, t)}
      </p>
      <FormEnd>
        <Button onClick={model.close}>{t('ui.cancel')}</Button>
        {step === 'renew' ? (
          <Button
            kind="primary"
            isBusy={model.isBusy.value}
            onClick={() => void model.renewCodes()}
          >
            {t('second_factor.renew.action')}
          </Button>
        ) : (
          <Button kind="danger" isBusy={model.isBusy.value} onClick={() => void model.remove()}>
            {t('second_factor.remove')}
          </Button>
        )}
      </FormEnd>
    </>
  )
}
