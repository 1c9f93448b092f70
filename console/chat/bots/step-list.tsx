import { useLayoutEffect, useRef, useState } from 'preact/hooks'
import type { ChatbotStep, StepKind } from '#protocol/chatbots.ts'
import type { ScriptFault } from '#protocol/script-faults.ts'
import { Icon } from '../../ui/icon.tsx'
import { Menu } from '../../ui/menu.tsx'
import { say } from '../../ui/toasts.tsx'
import { MOST_STEPS } from './bounds.ts'
import { useBotWords } from './bot-words.ts'
import {
  duplicateOf,
  inserted,
  moved,
  newStep,
  putBack,
  replaced,
  settled,
  STEP_KINDS,
  without,
} from './script.ts'
import { STEP_ICONS } from './step-icons.ts'
import { StepRow } from './step-row.tsx'

interface StepListProps {
  readonly steps: readonly ChatbotStep[]
  readonly language: string
  readonly faults: readonly ScriptFault[]
  readonly onChange: (steps: readonly ChatbotStep[]) => void
}

/** The script from top to bottom: moved by handles or by keys, one step open at a time. */
export function StepList({ steps, language, faults, onChange }: StepListProps) {
  const b = useBotWords()
  const [openId, setOpenId] = useState<string | undefined>(undefined)
  const [told, setTold] = useState('')
  const root = useRef<HTMLElement>(null)
  const focusAtRef = useRef<number | undefined>(undefined)
  /** What is undone later is undone in what was written since. */
  const newestRef = useRef(steps)
  useLayoutEffect(() => {
    newestRef.current = steps
    if (focusAtRef.current === undefined) return
    root.current?.querySelectorAll<HTMLElement>('.grip')[focusAtRef.current]?.focus()
    focusAtRef.current = undefined
  })

  function move(from: number, to: number): void {
    if (to < 0 || to >= steps.length) return
    focusAtRef.current = to
    onChange(settled(moved(steps, from, to)))
    setTold(b('moved', { place: to + 1, of: steps.length }))
  }

  function remove(at: number): void {
    const before = steps
    focusAtRef.current = Math.min(at, steps.length - 2)
    onChange(settled(without(steps, at)))
    say(b('removed'), { undo: () => onChange(settled(putBack(newestRef.current, before, at))) })
  }

  function duplicate(at: number): void {
    const step = steps[at]
    if (step === undefined) return
    const copy = duplicateOf(step, steps)
    focusAtRef.current = at + 1
    onChange(settled(inserted(steps, at + 1, copy)))
  }

  function add(kind: StepKind): void {
    const step = newStep(kind, steps)
    setOpenId(step.id)
    onChange([...steps, step])
  }

  return (
    <section class="bot-steps" ref={root} aria-label={b('steps')}>
      <h2>{b('steps')}</h2>
      <ol>
        {steps.map((step, at) => (
          <StepRow
            key={step.id}
            step={step}
            at={at}
            steps={steps}
            language={language}
            faults={faults.filter(({ place }) => place === at + 1)}
            isOpen={openId === step.id}
            onOpen={() => setOpenId(openId === step.id ? undefined : step.id)}
            onChange={(changed) => onChange(settled(replaced(steps, at, changed)))}
            onMove={move}
            onDuplicate={() => duplicate(at)}
            onRemove={() => remove(at)}
          />
        ))}
      </ol>
      {steps.length < MOST_STEPS && (
        <Menu
          class="button"
          placement="bottom-start"
          label={
            <>
              <Icon name="plus" />
              {b('add')}
            </>
          }
          items={STEP_KINDS.map((kind) => ({
            key: kind,
            label: b(`kind.${kind}`),
            hint: b(`hint.${kind}`),
            icon: STEP_ICONS[kind],
            onSelect: () => add(kind),
          }))}
        />
      )}
      <output class="visually-hidden">{told}</output>
    </section>
  )
}
