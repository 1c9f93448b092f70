import type { ExplainAnswer } from '#protocol/audiences.ts'
import type { Explanation } from '#protocol/targeting.ts'
import type { Refused } from '../../api.ts'
import type { MessageKey } from '../../messages/en.ts'
import { refusalText } from '../../refusals.ts'
import { StateMark, type StateTone } from '../../settings/parts/state-mark.tsx'
import { targetingInWords } from '../../targeting/in-words.ts'
import { useTargetingNames } from '../../targeting/targeting-names.ts'
import { Skeleton } from '../../ui/skeleton.tsx'
import { useWords } from '../../words.ts'

interface ExplainedProps {
  /** Undefined: asked for. */
  readonly answer: ExplainAnswer | undefined
  readonly refused: Refused | undefined
}

/** Leaf by leaf, what of a condition is true of somebody, with the value that it saw. */
export function Explained({ answer, refused }: ExplainedProps) {
  const words = useWords()
  const { t } = words
  if (refused !== undefined) return <p role="alert">{refusalText(refused, words)}</p>
  if (answer === undefined) return <Skeleton rows={2} />
  return (
    <div class="explained" aria-live="polite">
      <p>{t(answer.holds ? 'people.why.in' : 'people.why.out')}</p>
      <Branch explanation={answer.explanation} />
    </div>
  )
}

const MARKS: Record<Explanation['outcome'], { tone: StateTone; text: MessageKey }> = {
  true: { tone: 'good', text: 'people.why.true' },
  false: { tone: 'bad', text: 'people.why.false' },
  unknown: { tone: 'still', text: 'people.why.unknown' },
}

function Branch({ explanation }: { readonly explanation: Explanation }) {
  const words = useWords()
  const { t } = words
  const names = useTargetingNames()
  const mark = MARKS[explanation.outcome]
  if (explanation.kind === 'leaf') {
    const { condition, seen } = explanation
    return (
      <div class="explained-leaf">
        <StateMark tone={mark.tone} text={t(mark.text)} />
        <span>
          {targetingInWords(condition, words, names)}
          {seen !== undefined && (
            <span class="person-quiet"> {t('people.why.seen', { value: seenText(seen) })}</span>
          )}
        </span>
      </div>
    )
  }
  const parts = explanation.kind === 'not' ? [explanation.of] : explanation.of
  return (
    <div>
      <StateMark tone={mark.tone} text={t(`people.why.${explanation.kind}`)} />
      <ul>
        {parts.map((part, at) => (
          <li key={at}>
            <Branch explanation={part} />
          </li>
        ))}
      </ul>
    </div>
  )
}

const SEEN_CHARS = 80

function seenText(seen: unknown): string {
  const text = typeof seen === 'string' ? seen : JSON.stringify(seen)
  return text.length > SEEN_CHARS ? `${text.slice(0, SEEN_CHARS)}…` : text
}
