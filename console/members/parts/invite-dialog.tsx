import type { NewInvitation } from '#protocol/account.ts'
import { faultText } from '../../account/parts/form.tsx'
import { useSession } from '../../session.ts'
import { Button } from '../../ui/button.tsx'
import { CopyButton } from '../../ui/copy-button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { TextField } from '../../ui/field.tsx'
import { Form, FormEnd } from '../../ui/form.tsx'
import { Notice } from '../../ui/notice.tsx'
import { useWords } from '../../words.ts'
import type { InviteModel } from '../invite-model.ts'
import { grantableRoles } from '../role-rules.ts'
import { RoleChoice } from './role-choice.tsx'

export function InviteDialog({ model }: { readonly model: InviteModel }) {
  const { t } = useWords()
  const step = model.step.value
  const made = model.made.value
  const title =
    made === undefined ? t('invite.title') : t('invite.made.title', { email: made.email })
  return (
    <Dialog title={title} isOpen={step !== undefined} onClose={model.close}>
      {step === 'form' && <Draft model={model} />}
      {step === 'made' && made !== undefined && <Made made={made} onDone={model.close} />}
    </Dialog>
  )
}

function Draft({ model }: { readonly model: InviteModel }) {
  const { t } = useWords()
  const own = useSession().shop.roles
  const fault = model.fault.value
  const text = fault && faultText(fault, t)
  return (
    <Form
      fault={fault?.field === undefined ? text : undefined}
      isBusy={model.isBusy.value}
      onSubmit={() => void model.send()}
    >
      <TextField
        name="email"
        type="email"
        label={t('field.email')}
        autocomplete="off"
        maxLength={254}
        value={model.email.value}
        onInput={model.writeEmail}
        fault={fault?.field === 'email' ? text : undefined}
        isRequired
        isFirst
      />
      <RoleChoice
        label={t('invite.roles')}
        roles={model.roles.value}
        grantable={grantableRoles(own)}
        fault={fault?.field === 'roles' ? text : undefined}
        onToggle={model.toggle}
      />
      <FormEnd>
        <Button onClick={model.close}>{t('ui.cancel')}</Button>
        <Button kind="primary" type="submit" isBusy={model.isBusy.value}>
          {t('invite.send')}
        </Button>
      </FormEnd>
    </Form>
  )
}

interface MadeProps {
  readonly made: NewInvitation
  readonly onDone: () => void
}

/** The only time that the link is seen. */
function Made({ made, onDone }: MadeProps) {
  const { t, day } = useWords()
  return (
    <>
      <Notice
        tone={made.isMailed ? 'good' : 'warn'}
        title={t(made.isMailed ? 'invite.made.mailed' : 'invite.made.unmailed')}
      />
      <TextField
        name="link"
        label={t('invite.made.link')}
        hint={t('invite.made.once', { date: day(made.expiresAt) })}
        value={made.link}
        onInput={() => undefined}
        isFixed
        isRequired
        isCode
      />
      <FormEnd>
        <CopyButton text={made.link} label={t('invite.made.copy')} />
        <Button kind="primary" onClick={onDone}>
          {t('invite.done')}
        </Button>
      </FormEnd>
    </>
  )
}
