import { useWords, type Words } from '../../words.ts'
import type { Filled, LinkModel } from '../link-model.ts'
import { Field } from './field.tsx'
import { Form } from './form.tsx'
import { PasswordField } from './password-field.tsx'

/** Asks for what the link needs, and for nothing else. */
export function LinkForm({ model }: { model: LinkModel }) {
  const words = useWords()
  const { t } = words
  const link = model.link.value
  const fault = model.fault.value
  if (link === undefined) return null
  const { kind, email, hasAccount } = link
  const asksPassword = model.phase.value === 'form'
  const asksName = asksPassword && !hasAccount && kind !== 'reset'

  function accept(filled: (name: 'email' | 'name' | 'password') => string): void {
    const given: Filled = {
      ...(asksName && { name: filled('name') }),
      ...(email === undefined && { email: filled('email') }),
      ...(asksPassword && { password: filled('password') }),
    }
    void model.accept(given)
  }

  return (
    <>
      <p class="entry-note">{introOf(model, words)}</p>
      <Form
        submit={t(`link.${kind}.action`)}
        fault={fault}
        isBusy={model.isBusy.value}
        onSubmit={accept}
      >
        {asksName && (
          <Field name="name" label={t('field.name')} autocomplete="name" fault={fault} />
        )}
        {/* Fixed, it is there all the same: password managers keep the password under it. */}
        <Field
          name="email"
          type="email"
          label={t('field.email')}
          autocomplete="username"
          fault={fault}
          {...(email !== undefined && { value: email, isFixed: true })}
        />
        {asksPassword && <PasswordField kind="new" fault={fault} />}
      </Form>
    </>
  )
}

function introOf({ link }: LinkModel, { t, list }: Words): string {
  const { kind = 'setup', roles = [] } = link.value ?? {}
  const names = roles.map((role) => t(`role.${role}`))
  return t(`link.${kind}.text`, { roles: list(names) })
}
