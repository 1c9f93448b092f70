import type { Role, ShopMember } from '#protocol/account.ts'
import { faultText } from '../../account/parts/form.tsx'
import { useSession } from '../../session.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { Form, FormEnd } from '../../ui/form.tsx'
import { Notice } from '../../ui/notice.tsx'
import { useWords } from '../../words.ts'
import { grantableRoles, isLastOwner, keysLost, whyNotChanged, whyNotGone } from '../role-rules.ts'
import type { RolesModel } from '../roles-model.ts'
import { RoleChoice } from './role-choice.tsx'

interface RolesDialogProps {
  readonly model: RolesModel
  readonly members: readonly ShopMember[]
}

/** What one member may do, or that they go. */
export function RolesDialog({ model, members }: RolesDialogProps) {
  const { t } = useWords()
  const { shop } = useSession()
  const step = model.step.value
  const member = model.member.value
  const name = member?.name ?? ''
  const title =
    step === 'removal' ? t('removal.title', { name, shop: shop.name }) : t('roles.title', { name })
  return (
    <Dialog title={title} isOpen={step !== undefined} onClose={model.close}>
      {step === 'roles' && member !== undefined && (
        <Roles model={model} member={member} members={members} />
      )}
      {step === 'removal' && member !== undefined && (
        <Removal model={model} member={member} members={members} />
      )}
    </Dialog>
  )
}

function Roles({ model, member, members }: RolesDialogProps & { readonly member: ShopMember }) {
  const { t } = useWords()
  const own = useSession().shop.roles
  const fault = model.fault.value
  const text = fault && faultText(fault, t)
  const hindrance = whyNotChanged(member, own)
  if (hindrance !== undefined) return <Hindered why={t(`members.${hindrance}`)} model={model} />
  return (
    <Form
      fault={fault?.field === undefined ? text : undefined}
      isBusy={model.isBusy.value}
      onSubmit={() => void model.save()}
    >
      <RoleChoice
        label={t('invite.roles')}
        roles={model.roles.value}
        grantable={grantableRoles(own)}
        isLastOwner={isLastOwner(member, members)}
        fault={fault?.field === 'roles' ? text : undefined}
        onToggle={model.toggle}
      />
      <KeysLost member={member} roles={model.roles.value} />
      <FormEnd>
        <Button onClick={model.close}>{t('ui.cancel')}</Button>
        <Button
          kind="primary"
          type="submit"
          isBusy={model.isBusy.value}
          isDisabled={!model.isChanged.value}
        >
          {t('roles.save')}
        </Button>
      </FormEnd>
    </Form>
  )
}

function Removal({ model, member, members }: RolesDialogProps & { readonly member: ShopMember }) {
  const { t } = useWords()
  const own = useSession().shop.roles
  const fault = model.fault.value
  const hindrance = whyNotGone(member, { members, own })
  if (hindrance !== undefined) return <Hindered why={t(`members.${hindrance}`)} model={model} />
  return (
    <>
      <p>{t('removal.text')}</p>
      <KeysLost member={member} roles={[]} />
      <p class="control-fault" role="alert">
        {fault && faultText(fault, t)}
      </p>
      <FormEnd>
        <Button onClick={model.close}>{t('ui.cancel')}</Button>
        <Button kind="danger" isBusy={model.isBusy.value} onClick={() => void model.remove()}>
          {t('removal.action', { name: member.name })}
        </Button>
      </FormEnd>
    </>
  )
}

interface KeysLostProps {
  readonly member: ShopMember
  /** Those that they would have. */
  readonly roles: readonly Role[]
}

/** Whatever of the shop's works by their keys would stand still: that is said before. */
function KeysLost({ member, roles }: KeysLostProps) {
  const { t } = useWords()
  const lost = keysLost(member, roles)
  const title =
    lost === 'some' ? t('removal.keys.some') : t('removal.keys', { n: lost, name: member.name })
  return (
    <div aria-live="polite">
      {lost !== 0 && (
        <Notice tone="warn" title={title}>
          <p>{t('removal.keys.text')}</p>
        </Notice>
      )}
    </div>
  )
}

function Hindered({ why, model }: { readonly why: string; readonly model: RolesModel }) {
  const { t } = useWords()
  return (
    <>
      <p>{why}</p>
      <FormEnd>
        <Button kind="primary" onClick={model.close}>
          {t('ui.close')}
        </Button>
      </FormEnd>
    </>
  )
}
