import { useState } from 'preact/hooks'
import type { ShopMember } from '#protocol/account.ts'
import type { Channel, ChannelOperator } from '#protocol/chat-channels.ts'
import { CHANNELS_PATH, INVITATIONS_PATH } from '#protocol/names.ts'
import { RoleChoice } from '../../members/parts/role-choice.tsx'
import { invite } from '../../members/requests.ts'
import { grantableRoles } from '../../members/role-rules.ts'
import { useChanging } from '../../queries.ts'
import { refusalText } from '../../refusals.ts'
import { useSession } from '../../session.ts'
import { Button } from '../../ui/button.tsx'
import { CopyButton } from '../../ui/copy-button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { CheckField, TextField } from '../../ui/field.tsx'
import { Form, FormEnd } from '../../ui/form.tsx'
import { Notice } from '../../ui/notice.tsx'
import { say } from '../../ui/toasts.tsx'
import { useWords } from '../../words.ts'
import { createAddOperatorsModel, matches, type AddOperatorsModel } from '../add-operators-model.ts'
import { addOperators, inviteInto } from '../requests.ts'

interface AddOperatorsDialogProps {
  readonly channel: Channel
  readonly isOpen: boolean
  readonly members: readonly ShopMember[]
  readonly operators: readonly ChannelOperator[]
  readonly onClose: () => void
}

/** Members of the shop, or somebody who is invited into it. */
export function AddOperatorsDialog(props: AddOperatorsDialogProps) {
  const { t } = useWords()
  const { channel, isOpen, onClose } = props
  return (
    <Dialog
      title={t('operator.add.title', { name: channel.name })}
      isOpen={isOpen}
      onClose={onClose}
      staysOpen
    >
      {isOpen && <Adding {...props} />}
    </Dialog>
  )
}

function Adding(props: AddOperatorsDialogProps) {
  const { t } = useWords()
  const model = useAdding(props)
  const step = model.step.value
  return (
    <div class="operator-adding">
      <fieldset class="channel-switch" aria-label={t('operator.add')}>
        {(['choose', 'invite'] as const).map((one) => (
          <button
            key={one}
            type="button"
            aria-pressed={one === step}
            onClick={() => model.turn(one)}
          >
            {t(`operator.add.${one}`)}
          </button>
        ))}
      </fieldset>
      {step === 'choose' ? (
        <Choosing {...props} model={model} />
      ) : (
        <Inviting {...props} model={model} />
      )}
    </div>
  )
}

function useAdding({ channel: { id }, onClose }: AddOperatorsDialogProps): AddOperatorsModel {
  const { t } = useWords()
  const adding = useChanging(addOperators, { renews: [CHANNELS_PATH] })
  const inviting = useChanging(invite, { renews: [INVITATIONS_PATH] })
  const attaching = useChanging(inviteInto, { renews: [CHANNELS_PATH] })
  const [model] = useState(() =>
    createAddOperatorsModel({
      add: (memberIds) => adding.run({ id, memberIds }),
      invite: inviting.run,
      attach: (invitationId) => attaching.run({ id, invitationId }),
      onAdded: (n) => say(t('operator.added', { n })),
      onInvited: (email) => say(t('operator.invited.done', { email })),
      close: onClose,
    }),
  )
  return model
}

interface StepProps extends AddOperatorsDialogProps {
  readonly model: AddOperatorsModel
}

function Choosing({ members, operators, model, onClose }: StepProps) {
  const words = useWords()
  const { t } = words
  const search = model.search.value
  const chosen = model.chosen.value
  const fault = model.fault.value
  const others = members.filter(({ id, roles }) => {
    const mayAnswer = roles.some((role) => role !== 'host')
    return mayAnswer && !operators.some(({ memberId }) => memberId === id)
  })
  const found = others.filter((member) => matches(search, member))
  return (
    <Form
      onSubmit={() => void model.add()}
      isBusy={model.isBusy.value}
      fault={
        fault === undefined
          ? undefined
          : fault.field === undefined
            ? refusalText(fault.refused, words)
            : t('refusal.conflict')
      }
    >
      {others.length > 0 && (
        <TextField
          name="search"
          type="search"
          label={t('operator.search')}
          autocomplete="off"
          value={search}
          onInput={model.find}
          isRequired
          isFirst
        />
      )}
      <fieldset class="operator-choices">
        <legend class="visually-hidden">{t('operator.add.choose')}</legend>
        {found.map(({ id, name, email }) => (
          <CheckField
            key={id}
            name={id}
            label={name}
            hint={email}
            isChecked={chosen.includes(id)}
            onChange={() => model.toggle(id)}
          />
        ))}
        {found.length === 0 && (
          <p class="control-hint">
            {t(others.length === 0 ? 'operator.all_in' : 'operator.no_match')}
          </p>
        )}
      </fieldset>
      <output class="visually-hidden">
        {search !== '' && t('pick.found', { n: found.length })}
      </output>
      <FormEnd>
        <Button onClick={onClose}>{t('ui.cancel')}</Button>
        <Button
          kind="primary"
          type="submit"
          isBusy={model.isBusy.value}
          isDisabled={chosen.length === 0}
        >
          {chosen.length === 0 ? t('operator.add') : t('operator.add.many', { n: chosen.length })}
        </Button>
      </FormEnd>
    </Form>
  )
}

function Inviting({ model, onClose }: StepProps) {
  const words = useWords()
  const { t } = words
  const own = useSession().shop.roles
  const fault = model.fault.value
  const faultAt = (field: 'email' | 'roles') =>
    fault !== undefined && fault.field === field ? t(fault.message) : undefined
  const unmailed = model.made.value.filter(({ isMailed }) => !isMailed)
  return (
    <Form
      onSubmit={() => void model.inviteAndClose()}
      isBusy={model.isBusy.value}
      fault={
        fault?.field === undefined && fault !== undefined
          ? refusalText(fault.refused, words)
          : undefined
      }
    >
      {unmailed.length > 0 && (
        <Notice tone="warn" title={t('operator.unmailed')}>
          <ul class="operator-links">
            {unmailed.map(({ id, email, link }) => (
              <li key={id}>
                <span>{email}</span>
                <CopyButton text={link} label={t('invite.made.copy')} />
              </li>
            ))}
          </ul>
        </Notice>
      )}
      <TextField
        name="email"
        type="email"
        label={t('field.email')}
        hint={t('operator.invite.hint')}
        autocomplete="off"
        maxLength={254}
        value={model.email.value}
        onInput={model.writeEmail}
        fault={faultAt('email')}
        isRequired
        isFirst
      />
      <RoleChoice
        label={t('invite.roles')}
        roles={model.roles.value}
        grantable={grantableRoles(own)}
        fault={faultAt('roles')}
        onToggle={model.toggleRole}
      />
      <FormEnd>
        <Button onClick={onClose}>{t('ui.close')}</Button>
        <Button isBusy={model.isBusy.value} onClick={() => void model.inviteAndGoOn()}>
          {t('operator.save_new')}
        </Button>
        <Button kind="primary" type="submit" isBusy={model.isBusy.value}>
          {t('operator.save_close')}
        </Button>
      </FormEnd>
    </Form>
  )
}
