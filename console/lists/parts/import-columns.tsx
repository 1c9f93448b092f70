import type { AddressKind } from '#protocol/customers.ts'
import { Button } from '../../ui/button.tsx'
import { SelectField } from '../../ui/field.tsx'
import { useWords } from '../../words.ts'
import type { ImportModel } from '../import-model.ts'

/** What scrolls must be reached by keyboard. */
const SCROLLED = { tabIndex: 0, role: 'group' as const }
const KINDS: readonly AddressKind[] = ['email', 'phone', 'userId']

/** What the file looks like, and which of its columns say who it is. */
export function ImportColumns({ model }: { readonly model: ImportModel }) {
  const { t } = useWords()
  const found = model.found.value
  if (found === undefined) return null
  const { columns, sample, lines } = found
  const mapping = model.mapping.value
  const kindOf = (column: string) => KINDS.find((kind) => mapping[kind] === column)
  const options = [
    { value: '', label: t('lists.columns.none') },
    ...columns.map((column) => ({ value: column, label: column })),
  ]
  return (
    <>
      <div class="list-sample" {...SCROLLED}>
        <table aria-label={t('lists.sample')}>
          <thead>
            <tr>
              {columns.map((column, at) => (
                <th key={at} scope="col" data-used={kindOf(column) === undefined ? undefined : ''}>
                  {column}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {sample.map((row, line) => (
              <tr key={line}>
                {columns.map((column, at) => (
                  <td key={at} data-used={kindOf(column) === undefined ? undefined : ''}>
                    {row[at]}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <p class="list-note">{t('lists.columns.text')}</p>
      <div class="list-columns">
        {KINDS.map((kind) => (
          <SelectField
            key={kind}
            label={t(`lists.columns.${kind}`)}
            name={kind}
            isRequired
            value={mapping[kind] ?? ''}
            options={options}
            onChange={(column) => model.map(kind, column)}
          />
        ))}
      </div>
      <div class="form-end">
        <Button
          kind="primary"
          isDisabled={!model.hasColumn.value}
          onClick={() => void model.start()}
        >
          {t('lists.start', { n: lines })}
        </Button>
        <Button onClick={model.again}>{t('lists.another')}</Button>
      </div>
      {!model.hasColumn.value && <p class="list-note">{t('lists.columns.missing')}</p>}
    </>
  )
}
