import type { Popup } from '#protocol/popup.ts'
import { Button } from '../../ui/button.tsx'
import { SelectField } from '../../ui/field.tsx'
import { useWords } from '../../words.ts'
import { languagesOf, withLanguage, withoutLanguage } from '../local-texts.ts'

interface LanguageOptionsProps {
  readonly content: Popup
  readonly language: string | undefined
  readonly onLanguage: (language: string) => void
  readonly onChange: (content: Popup) => void
}

/** Those that shops of ours speak, and their neighbours'. */
const OFFERED = ['en', 'es', 'pt', 'vi', 'fr', 'de', 'it', 'nl', 'ca', 'pl', 'tr', 'ar', 'he', 'ja']

/** In which language the texts are being written, and which there are. */
export function LanguageOptions(props: LanguageOptionsProps) {
  const { content, language, onLanguage, onChange } = props
  const { t, language: own } = useWords()
  const languages = languagesOf(content)
  const names = new Intl.DisplayNames([own], { type: 'language' })
  const called = (tag: string) => names.of(tag) ?? tag
  return (
    <>
      {languages.length === 0 ? (
        <p class="editor-hint">{t('editor.language.one')}</p>
      ) : (
        <SelectField
          name="language"
          label={t('editor.language')}
          hint={t('editor.language.hint')}
          isRequired
          value={language ?? ''}
          options={languages.map((value) => ({ value, label: called(value) }))}
          onChange={onLanguage}
        />
      )}
      <div class="editor-line">
        <SelectField
          name="add-language"
          label={t('editor.language.add')}
          isRequired
          value=""
          options={[
            { value: '', label: '—' },
            ...OFFERED.filter((tag) => !languages.includes(tag)).map((value) => ({
              value,
              label: called(value),
            })),
          ]}
          onChange={(tag) => {
            if (tag === '') return
            onChange(withLanguage(content, tag, languages[0] ?? own))
            onLanguage(tag)
          }}
        />
      </div>
      {language !== undefined && (
        <Button kind="quiet" onClick={() => onChange(withoutLanguage(content, language))}>
          {t('editor.language.remove', { language: called(language) })}
        </Button>
      )}
    </>
  )
}
