import { saidIn } from '#protocol/bot-script.ts'
import type { ChatbotStep } from '#protocol/chatbots.ts'
import type { ScriptFault } from '#protocol/script-faults.ts'
import { Icon } from '../../ui/icon.tsx'
import { Menu } from '../../ui/menu.tsx'
import { stepOf, useSortable } from '../../ui/sortable.ts'
import { useWords } from '../../words.ts'
import { useBotWords } from './bot-words.ts'
import { questionsBefore } from './script.ts'
import { StepFields } from './step-fields.tsx'
import { STEP_ICONS } from './step-icons.ts'

export interface StepRowProps {
  readonly step: ChatbotStep
  readonly at: number
  readonly steps: readonly ChatbotStep[]
  readonly language: string
  readonly faults: readonly ScriptFault[]
  readonly isOpen: boolean
  readonly onOpen: () => void
  readonly onChange: (step: ChatbotStep) => void
  readonly onMove: (from: number, to: number) => void
  readonly onDuplicate: () => void
  readonly onRemove: () => void
}

export function StepRow(props: StepRowProps) {
  const { step, at, steps, language, faults, isOpen } = props
  const { onOpen, onMove, onDuplicate, onRemove } = props
  const b = useBotWords()
  const kind = b(`kind.${step.kind}`)
  const place = at + 1
  const { rowRef, handleRef, edge, isHeld } = useSortable<HTMLLIElement, HTMLButtonElement>({
    list: 'bot-steps',
    id: String(at),
    at,
    onDrop: (id, to) => onMove(Number(id), to),
  })
  const condition = useConditionWords(props)
  const fieldsId = `step-${step.id}`
  return (
    <li
      class="bot-step"
      ref={rowRef}
      data-edge={edge}
      data-held={isHeld ? '' : undefined}
      data-faulty={faults.length > 0 ? '' : undefined}
    >
      <div class="bot-step-head">
        <button
          type="button"
          class="grip"
          ref={handleRef}
          aria-label={b('move', { place, kind })}
          title={b('moveHint')}
          onKeyDown={(event) => {
            const by = stepOf(event.key)
            if (by !== undefined) onMove(at, at + by)
            else if (event.key === 'Delete' || event.key === 'Backspace') onRemove()
            else return
            event.preventDefault()
          }}
        >
          <Icon name="grip" />
        </button>
        <button
          type="button"
          class="bot-step-open"
          aria-expanded={isOpen}
          aria-controls={fieldsId}
          onClick={onOpen}
        >
          <Icon name={STEP_ICONS[step.kind]} />
          <span class="bot-step-words">
            <span class="bot-step-kind">{b('open', { place, kind })}</span>
            <span class="bot-step-says" dir="auto">
              {saidIn(step.text, [language])}
            </span>
            {condition !== '' && <span class="bot-step-when">{condition}</span>}
          </span>
        </button>
        <Menu
          class="button button-quiet"
          label={<Icon name="more" />}
          name={b('stepActions', { place })}
          items={[
            { key: 'up', label: b('up'), onSelect: () => onMove(at, at - 1) },
            { key: 'down', label: b('down'), onSelect: () => onMove(at, at + 1) },
            { key: 'duplicate', label: b('duplicate'), onSelect: onDuplicate },
            {
              key: 'remove',
              label: b('remove'),
              isDangerous: true,
              isApart: true,
              onSelect: onRemove,
            },
          ]}
        />
      </div>
      {faults.map(({ code }) => (
        <p class="control-fault bot-step-fault" key={code}>
          {b(`fault.${code}`)}
        </p>
      ))}
      {isOpen && (
        <div class="bot-step-body" id={fieldsId}>
          <StepFields {...props} questions={questionsBefore(steps, at)} />
        </div>
      )}
    </li>
  )
}

/** “Only if My order or Sizes, and Yes”. */
function useConditionWords({ step, steps, language }: StepRowProps): string {
  const { anyOf, list } = useWords()
  const b = useBotWords()
  const parts = Object.entries(step.when).map(([id, wanted]) => {
    const question = steps.find((one) => one.id === id)
    const answers = question?.kind === 'question' ? question.answers : []
    const named = answers.filter((answer) => wanted.includes(answer.id))
    return anyOf(named.map(({ text }) => `“${saidIn(text, [language])}”`))
  })
  return parts.length === 0 ? '' : b('ifWords', { answers: list(parts) })
}
