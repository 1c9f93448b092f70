import type { Scope } from '#protocol/scopes.ts'
import { sentenceCase } from '../../settings/sentence-case.ts'
import { useSession } from '../../session.ts'
import { useWords } from '../../words.ts'
import {
  mayGive,
  scopeOf,
  SUBJECT_GROUPS,
  toggled,
  type Subject,
  type SubjectGroup,
  type Verb,
} from '../scope-choice.ts'

interface ScopeTableProps {
  readonly scopes: readonly Scope[]
  readonly isInvalid: boolean
  readonly onChange: (scopes: readonly Scope[]) => void
}

const GROUPS = ['shop_data', 'shown', 'settings'] as const satisfies readonly SubjectGroup[]
const VERBS = ['read', 'write'] as const satisfies readonly Verb[]

/** What a key may be made for: a row for each subject, to read and to change. */
export function ScopeTable(props: ScopeTableProps) {
  const { t } = useWords()
  return (
    <table class="scope-table">
      <thead>
        <tr>
          <th scope="col">{t('key.new.subject')}</th>
          {VERBS.map((verb) => (
            <th scope="col" key={verb}>
              {t(`key.verb.${verb}`)}
            </th>
          ))}
        </tr>
      </thead>
      {GROUPS.map((group) => (
        <tbody key={group}>
          <tr>
            <th class="scope-group" scope="rowgroup" colSpan={3}>
              {t(`key.group.${group}`)}
            </th>
          </tr>
          {SUBJECT_GROUPS[group].map((subject) => (
            <ScopeRow key={subject} subject={subject} {...props} />
          ))}
        </tbody>
      ))}
    </table>
  )
}

function ScopeRow({
  subject,
  scopes,
  isInvalid,
  onChange,
}: ScopeTableProps & { readonly subject: Subject }) {
  const { t, language } = useWords()
  const { may } = useSession()
  const name = t(`key.subject.${subject}`)
  return (
    <tr>
      <th scope="row">{sentenceCase(name, language)}</th>
      {VERBS.map((verb) => {
        const scope = scopeOf(subject, verb)
        const isGiven = scope !== undefined && mayGive([scope], may).length > 0
        return (
          <td key={verb}>
            {scope !== undefined && isGiven && (
              <label class="scope-box">
                <input
                  type="checkbox"
                  checked={scopes.includes(scope)}
                  aria-label={`${t(`key.verb.${verb}`)}: ${name}`}
                  aria-invalid={isInvalid}
                  onChange={() => onChange(toggled(scopes, scope))}
                />
              </label>
            )}
          </td>
        )
      })}
    </tr>
  )
}
