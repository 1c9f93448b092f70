import { useMemo } from 'preact/hooks'
import { Badge } from '../../ui/badge.tsx'
import { Button } from '../../ui/button.tsx'
import { PickField } from '../../ui/pick-field.tsx'
import { useWords } from '../../words.ts'
import { languageChoices, languageName } from '../languages.ts'

interface LanguagesProps {
  readonly legend: string
  readonly hint: string
  readonly languages: readonly string[]
  readonly most: number
  /** The last one stays. */
  readonly isRequired?: boolean
  readonly fault: string | undefined
  readonly onAdd: (tag: string) => void
  /** Makes it the first. */
  readonly onPrefer: (tag: string) => void
  readonly onRemove: (tag: string) => void
}

/** In the order of preference; another is added at the end. */
export function Languages(props: LanguagesProps) {
  const { legend, hint, languages, most, isRequired = false, fault } = props
  const { t, language } = useWords()
  const choices = useMemo(() => languageChoices(language, languages), [language, languages])
  return (
    <fieldset class="control own-languages-field">
      <legend class="control-label">
        {legend}
        {!isRequired && <span class="control-optional"> {t('ui.optional')}</span>}
      </legend>
      {languages.length > 0 && (
        <ul class="own-languages">
          {languages.map((tag, at) => (
            <Language
              key={tag}
              tag={tag}
              isFirst={at === 0}
              isFixed={isRequired && languages.length === 1}
              {...props}
            />
          ))}
        </ul>
      )}
      {languages.length < most && (
        <PickField
          name="language"
          label={t('profile.languages.add')}
          hint={hint}
          value=""
          choices={choices}
          onPick={props.onAdd}
          fault={fault}
          isRequired
        />
      )}
    </fieldset>
  )
}

interface LanguageProps extends Pick<LanguagesProps, 'onPrefer' | 'onRemove'> {
  readonly tag: string
  readonly isFirst: boolean
  readonly isFixed: boolean
}

function Language({ tag, isFirst, isFixed, onPrefer, onRemove }: LanguageProps) {
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
          onClick={() => onPrefer(tag)}
        >
          {t('profile.languages.prefer')}
        </Button>
      )}
      {!isFixed && (
        <Button
          kind="quiet"
          icon="close"
          name={t('profile.languages.remove.label', { language: name })}
          onClick={() => onRemove(tag)}
        />
      )}
    </li>
  )
}
