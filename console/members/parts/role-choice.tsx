import type { Role } from '#protocol/account.ts'
import { CheckField } from '../../ui/field.tsx'
import { useWords } from '../../words.ts'
import { ROLES } from '../role-rules.ts'

interface RoleChoiceProps {
  readonly label: string
  readonly roles: readonly Role[]
  /** Those that the reader may give and take. */
  readonly grantable: readonly Role[]
  /** The shop's last owner stays one. */
  readonly isLastOwner?: boolean
  readonly fault: string | undefined
  readonly onToggle: (role: Role) => void
}

/** Each role with what it is for. */
export function RoleChoice(props: RoleChoiceProps) {
  const { t } = useWords()
  const { label, roles, grantable, isLastOwner = false, fault } = props
  return (
    <fieldset class="role-choice">
      <legend class="control-label">{label}</legend>
      {ROLES.map((role) => {
        const isKept = role === 'owner' && isLastOwner
        return (
          <CheckField
            key={role}
            name={role}
            label={t(`role.${role}`)}
            hint={isKept ? t('members.last_owner') : t(`roles.${role}.text`)}
            isChecked={roles.includes(role)}
            isDisabled={isKept || !grantable.includes(role)}
            onChange={() => props.onToggle(role)}
          />
        )
      })}
      <p class="control-fault" role="alert">
        {fault}
      </p>
    </fieldset>
  )
}
