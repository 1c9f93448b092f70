import { CONVERSATION_TAGS_PATH } from '#protocol/names.ts'
import type { UsedTags } from '#protocol/chat-conversations.ts'
import { useReading } from '../../queries.ts'
import { TextField } from '../../ui/field.tsx'
import { useWords } from '../../words.ts'
import { offeredTags, tagsIn, toggledTag } from '../tags-in.ts'
import './tags-field.css'

interface TagsFieldProps {
  readonly value: string
  readonly onChange: (value: string) => void
}

/** Tags are typed, or picked of those in use; what is typed narrows these. */
export function TagsField({ value, onChange }: TagsFieldProps) {
  const { t } = useWords()
  const reading = useReading<UsedTags>(CONVERSATION_TAGS_PATH)
  const used = (reading.value?.items ?? []).map(({ tag }) => tag)
  const tags = tagsIn(value)
  const offered = offeredTags(value, used)
  return (
    <>
      <TextField
        name="tags"
        label={t('inbox.tags')}
        hint={t('inbox.tags.hint')}
        value={value}
        onInput={onChange}
        isFirst
        isRequired
      />
      {offered.length > 0 && (
        <fieldset class="tags-used">
          <legend class="control-label">{t('inbox.tags.used')}</legend>
          {offered.map((tag) => (
            <button
              key={tag}
              type="button"
              class="tags-choice"
              dir="auto"
              aria-pressed={tags.includes(tag)}
              onClick={() => onChange(toggledTag(value, tag, used))}
            >
              {tag}
            </button>
          ))}
        </fieldset>
      )}
    </>
  )
}
