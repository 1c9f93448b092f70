import { useWords } from '../../words.ts'
import { templateWords } from '../../experiences/template-words.ts'
import type { OfferedTemplate } from '../../experiences/template-draft.ts'

interface TemplateChoiceProps {
  readonly templates: readonly OfferedTemplate[]
  readonly chosen: string | undefined
  readonly onChoose: (key: string) => void
}

export function TemplateChoice({ templates, chosen, onChoose }: TemplateChoiceProps) {
  const words = useWords()
  return (
    <fieldset class="templates">
      <legend>{words.t('first_run.experience.choose')}</legend>
      {templates.map((template) => {
        const { name, text } = templateWords(template, words)
        return (
          <label key={template.key}>
            <input
              type="radio"
              name="template"
              value={template.key}
              checked={template.key === chosen}
              onChange={() => onChoose(template.key)}
            />
            <span class="template-words">
              {name}
              <small class="template-text">{text}</small>
            </span>
          </label>
        )
      })}
    </fieldset>
  )
}
