import { useState } from 'preact/hooks'
import type { ExplainAnswer } from '#protocol/audiences.ts'
import { EXPLAIN_PATH } from '#protocol/names.ts'
import { useSession } from '../session.ts'
import { Button } from '../ui/button.tsx'
import { useWords } from '../words.ts'
import { hasFault } from './faults.ts'
import { LiveCount } from './parts/live-count.tsx'
import { PersonDialog } from './parts/person-dialog.tsx'
import type { Person } from './person.ts'
import { TargetingBuilder, type TargetingBuilderProps } from './targeting-builder.tsx'
import { useAsked } from './use-asked.ts'

type TargetingEditorProps = Omit<TargetingBuilderProps, 'explanation'>

/** The builder with how many it is true of now, and, of somebody who is chosen, what of it is true. */
export function TargetingEditor(props: TargetingEditorProps) {
  const { value } = props
  const { t } = useWords()
  const { may } = useSession()
  const [isChoosing, setChoosing] = useState(false)
  const [person, setPerson] = useState<Person | undefined>(undefined)
  const body = person && !hasFault(value) ? bodyOf(value, person) : undefined
  const explained = useAsked<ExplainAnswer>(EXPLAIN_PATH, body)
  // An answer to what was asked before has parts of its own.
  const isOfThis = body !== undefined && explained.of === JSON.stringify(body)
  const answer = isOfThis ? explained.value : undefined
  return (
    <div class="target-editor">
      <TargetingBuilder {...props} explanation={answer?.explanation} />
      <div class="target-bar">
        <LiveCount condition={value} />
        {may('customers', 'read') && person === undefined && (
          <Button icon="person" onClick={() => setChoosing(true)}>
            {t('target.explain')}
          </Button>
        )}
        {person !== undefined && (
          <div class="target-person">
            <output class="target-outcome" data-outcome={outcomeOf(answer)}>
              <strong class="target-outcome-word">{person.name}</strong>
              <span>
                {answer !== undefined && t(answer.holds ? 'target.holds' : 'target.holds_not')}
                {explained.refused !== undefined && t('target.explain.nobody')}
              </span>
            </output>
            <Button kind="quiet" onClick={() => setChoosing(true)}>
              {t('target.explain.another')}
            </Button>
            <Button
              kind="quiet"
              icon="close"
              name={t('target.explain.end')}
              onClick={() => setPerson(undefined)}
            />
          </div>
        )}
      </div>
      {isChoosing && (
        <PersonDialog
          onClose={() => setChoosing(false)}
          onPick={(picked) => {
            setPerson(picked)
            setChoosing(false)
          }}
        />
      )}
    </div>
  )
}

function bodyOf(condition: TargetingEditorProps['value'], { kind, id }: Person) {
  return kind === 'visitor' ? { condition, visitorId: id } : { condition, customerId: id }
}

function outcomeOf(answer: ExplainAnswer | undefined): string {
  if (answer === undefined) return 'unknown'
  return answer.holds ? 'true' : 'false'
}
