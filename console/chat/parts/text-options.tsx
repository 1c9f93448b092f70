import { useMemo } from 'preact/hooks'
import { languageChoices, languageName } from '../../own-account/languages.ts'
import { Button } from '../../ui/button.tsx'
import { SelectField, TextField } from '../../ui/field.tsx'
import { PickField } from '../../ui/pick-field.tsx'
import { useWords } from '../../words.ts'
import {
  languageRead,
  NOTICE_KEYS,
  TEXT_CHARS,
  textIn,
  withoutLanguage,
  withText,
  type TextKey,
} from '../channel-texts.ts'
import type { OptionsProps } from './options-props.ts'

interface LanguageChoiceProps extends OptionsProps {
  readonly offered: readonly string[]
  readonly onLanguage: (language: string) => void
  readonly onAdd: (language: string) => void
}

/** In which language the texts below are being written. */
export function LanguageChoice(props: LanguageChoiceProps) {
  const { options, change, offered, language, onLanguage, onAdd } = props
  const { t, language: own } = useWords()
  const choices = useMemo(() => languageChoices(own, offered), [own, offered])
  return (
    <div class="channel-languages">
      <SelectField
        name="language"
        label={t('channel.language')}
        isRequired
        value={language}
        options={offered.map((tag) => ({ value: tag, label: languageName(tag, own) }))}
        onChange={onLanguage}
      />
      <PickField
        name="add-language"
        label={t('channel.language.add')}
        isRequired
        value=""
        choices={choices}
        onPick={onAdd}
      />
      <p class="control-hint">{t('channel.language.hint')}</p>
      {options.texts[language] !== undefined && (
        <Button
          kind="quiet"
          onClick={() => change({ texts: withoutLanguage(options.texts, language) })}
        >
          {t('channel.language.remove', { language: languageName(language, own) })}
        </Button>
      )}
    </div>
  )
}

interface TextOptionProps extends OptionsProps {
  readonly name: TextKey
  readonly rows?: number
  readonly hint?: string
}

/** One text; empty, it shows what visitors read in its place. */
export function TextOption({ name, rows, hint, ...props }: TextOptionProps) {
  const { t, language: own } = useWords()
  const { options, change, languages, language } = props
  const read = languageRead(options.texts, languages, language)
  const other = read === undefined || read === language ? '' : textIn(options.texts, read, name)
  const value = textIn(options.texts, language, name)
  const told =
    read === undefined || other === ''
      ? t('channel.text.default')
      : t('channel.text.other', { language: languageName(read, own) })
  return (
    <TextField
      name={name}
      label={t(`channel.text.${name}`)}
      hint={value === '' ? told : hint}
      placeholder={other === '' ? t(`channel.default.${name}`) : other}
      maxLength={TEXT_CHARS[name]}
      value={value}
      onInput={(text) => change({ texts: withText(options.texts, language, name, text) })}
      {...(rows !== undefined && { rows })}
    />
  )
}

export function WindowTexts(props: OptionsProps) {
  const { t } = useWords()
  return (
    <>
      <TextOption {...props} name="launcher" />
      <TextOption {...props} name="title" />
      <TextOption {...props} name="welcome" rows={3} hint={t('channel.text.welcome.hint')} />
      <TextOption {...props} name="placeholder" />
    </>
  )
}

export function NoticeTexts(props: OptionsProps) {
  return (
    <>
      {NOTICE_KEYS.map((name) => (
        <TextOption key={name} {...props} name={name} />
      ))}
    </>
  )
}
