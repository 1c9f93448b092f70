import { useEffect, useMemo, useRef, useState } from 'preact/hooks'
import { ACCOUNT_PATH, MEMBERS_PATH } from '#protocol/names.ts'
import { faultText } from '../../account/parts/form.tsx'
import { useChanging } from '../../queries.ts'
import { useSession } from '../../session.ts'
import { Button } from '../../ui/button.tsx'
import { TextField } from '../../ui/field.tsx'
import { Form, FormEnd } from '../../ui/form.tsx'
import { PickField } from '../../ui/pick-field.tsx'
import { Section } from '../../ui/section.tsx'
import { say } from '../../ui/toasts.tsx'
import { timeZoneChoices } from '../../time-zones.ts'
import { useWords } from '../../words.ts'
import { createProfileModel, MAX_LANGUAGES, type ProfileField } from '../profile-model.ts'
import { replaceProfile } from '../requests.ts'
import { Languages } from './languages.tsx'
import { OwnPhoto } from './own-photo.tsx'

const MAX_NAME_CHARS = 100

export function Profile() {
  const { t, language } = useWords()
  const { account } = useSession()
  const accountRef = useRef(account)
  useEffect(() => {
    accountRef.current = account
  }, [account])
  const saving = useChanging(replaceProfile, { renews: [ACCOUNT_PATH, MEMBERS_PATH] })
  const [model] = useState(() =>
    createProfileModel({
      account: () => accountRef.current,
      replaceProfile: saving.run,
      onSaved: () => say(t('profile.saved')),
    }),
  )
  const zones = useMemo(() => {
    const here = Intl.DateTimeFormat().resolvedOptions().timeZone
    const label = t('profile.time_zone.browser', { zone: here })
    return [{ value: '', label }, ...timeZoneChoices(language, here, Date.now())]
  }, [language, t])
  const draft = model.draft.value
  const fault = model.fault.value
  const faultAt = (field: ProfileField) =>
    fault?.field === field ? faultText(fault, t) : undefined

  return (
    <Section title={t('profile.title')} text={t('profile.text')}>
      <OwnPhoto />
      <Form
        fault={fault !== undefined && fault.field === undefined ? faultText(fault, t) : undefined}
        isBusy={model.isBusy.value}
        onSubmit={() => void model.save()}
      >
        <TextField
          name="name"
          label={t('profile.name')}
          autocomplete="name"
          maxLength={MAX_NAME_CHARS}
          value={draft.name}
          onInput={(value) => model.write('name', value)}
          fault={faultAt('name')}
          isRequired
        />
        <TextField
          name="alias"
          label={t('profile.alias')}
          hint={t('profile.alias.hint')}
          autocomplete="nickname"
          maxLength={MAX_NAME_CHARS}
          value={draft.alias}
          onInput={(value) => model.write('alias', value)}
          fault={faultAt('alias')}
        />
        <TextField
          name="email"
          type="email"
          label={t('field.email')}
          hint={t('profile.email.hint')}
          value={account.email}
          onInput={() => undefined}
          isFixed
          isRequired
        />
        <Languages
          legend={t('profile.languages')}
          hint={t('profile.languages.hint')}
          languages={draft.languages}
          most={MAX_LANGUAGES}
          fault={faultAt('languages')}
          onAdd={model.addLanguage}
          onPrefer={model.preferLanguage}
          onRemove={model.removeLanguage}
        />
        <PickField
          name="timeZone"
          label={t('profile.time_zone')}
          value={draft.timeZone}
          choices={zones}
          onPick={(zone) => model.write('timeZone', zone)}
          fault={faultAt('timeZone')}
          isRequired
        />
        <FormEnd>
          <Button kind="primary" type="submit" isBusy={model.isBusy.value}>
            {t('profile.save')}
          </Button>
          {model.isChanged.value && <Button onClick={model.discard}>{t('profile.discard')}</Button>}
        </FormEnd>
      </Form>
    </Section>
  )
}
