import { useMemo } from 'preact/hooks'
import { Badge } from '../../ui/badge.tsx'
import { Button } from '../../ui/button.tsx'
import { PickField } from '../../ui/pick-field.tsx'
import { useWords } from '../../words.ts'
import { languageChoices, languageName } from '../languages.ts'
import { MAX_LANGUAGES, type ProfileModel } from '../profile-model.ts'

interface LanguagesProps {
  readonly model: ProfileModel
  readonly fault: string | undefined
}

/** In the order of preference; another is added at the end. */
export function Languages({ model, fault }: LanguagesProps) {
  const { t, language } = useWords()
  const { languages } = model.draft.value
  const choices = useMemo(() => languageChoices(language, languages), [language, languages])
  return (
    <fieldset class="control own-languages-field">
      <legend class="control-label">
        {t('profile.languages')}
        <span class="control-optional"> {t('ui.optional')}</span>
      </legend>
      {languages.length > 0 && (
        <ul class="own-languages">
          {languages.map((tag, at) => (
            <Language key={tag} tag={tag} isFirst={at === 0} model={model} />
          ))}
        </ul>
      )}
      {languages.length < MAX_LANGUAGES && (
        <PickField
          name="language"
          label={t('profile.languages.add')}
          hint={t('profile.languages.hint')}
          value=""
          choices={choices}
          onPick={model.addLanguage}
          fault={fault}
          isRequired
        />
      )}
    </fieldset>
  )
}

interface LanguageProps {
  readonly tag: string
  readonly isFirst: boolean
  readonly model: ProfileModel
}

function Language({ tag, isFirst, model }: LanguageProps) {
  const { t, language } = useWords()
  const name = languageName(tag, language)
  return (
    <li class="own-language">
      <span class="own-language-name">
        {name}
        {isFirst && <Badge>{t('profile.languages.first')}</Badge>}
      </span>
      {!isFirst && (
        <Button
          kind="quiet"
          name={t('profile.languages.prefer.label', { language: name })}
          onClick={() => model.preferLanguage(tag)}
        >
          {t('profile.languages.prefer')}
        </Button>
      )}
      <Button
        kind="quiet"
        icon="close"
        name={t('profile.languages.remove.label', { language: name })}
        onClick={() => model.removeLanguage(tag)}
      />
    </li>
  )
}
