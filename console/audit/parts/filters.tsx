import type { ShopMember } from '#protocol/account.ts'
import { SelectField, TextField } from '../../ui/field.tsx'
import { useWords } from '../../words.ts'
import { OBJECT_KINDS, type AuditFilter } from '../entries.ts'

interface FiltersProps {
  readonly filter: AuditFilter
  readonly members: readonly ShopMember[]
  readonly onChange: (filter: AuditFilter) => void
}

export function Filters({ filter, members, onChange }: FiltersProps) {
  const { t } = useWords()
  const actors = [
    { value: '', label: t('audit.anybody') },
    ...members.map(({ id, name }) => ({ value: `member:${id}`, label: name })),
    { value: 'key', label: t('audit.keys') },
    { value: 'command', label: t('audit.commands') },
  ]
  const kinds = OBJECT_KINDS.map((value) => ({ value, label: t(`audit.kind.${value}`) }))
  return (
    <form class="audit-filters" onSubmit={(event) => event.preventDefault()}>
      <SelectField
        name="actor"
        label={t('audit.who')}
        isRequired
        value={filter.actor}
        options={actors}
        onChange={(actor) => onChange({ ...filter, actor })}
      />
      <SelectField
        name="kind"
        label={t('audit.about')}
        isRequired
        value={filter.kind}
        options={[{ value: '', label: t('audit.anything') }, ...kinds]}
        onChange={(kind) => onChange({ ...filter, kind })}
      />
      <DateField
        name="from"
        value={filter.from}
        onChange={(from) => onChange({ ...filter, from })}
      />
      <DateField name="to" value={filter.to} onChange={(to) => onChange({ ...filter, to })} />
    </form>
  )
}

interface DateFieldProps {
  readonly name: 'from' | 'to'
  readonly value: string
  readonly onChange: (value: string) => void
}

function DateField({ name, value, onChange }: DateFieldProps) {
  const { t } = useWords()
  return (
    <TextField
      name={name}
      type="date"
      label={t(`audit.${name}`)}
      isRequired
      value={value}
      onInput={onChange}
    />
  )
}
