import type { ComponentChildren } from 'preact'
import { useId } from 'preact/hooks'
import './panel.css'

interface PanelProps {
  readonly title: string
  /** Beside the title: which part is shown, where there is more. */
  readonly actions?: ComponentChildren
  readonly isWide?: boolean
  readonly children: ComponentChildren
}

/** One of several things to look at side by side. */
export function Panel({ title, actions, isWide = false, children }: PanelProps) {
  const id = useId()
  return (
    <section class={isWide ? 'panel panel-wide' : 'panel'} aria-labelledby={id}>
      <header class="panel-head">
        <h2 id={id}>{title}</h2>
        {actions}
      </header>
      {children}
    </section>
  )
}

/** Says that there is nothing, where a table would be. */
export function PanelEmpty({ children }: { readonly children: ComponentChildren }) {
  return <p class="panel-empty">{children}</p>
}

interface PanelChoiceProps<Value extends string> {
  readonly label: string
  readonly value: Value
  readonly options: readonly { readonly value: Value; readonly label: string }[]
  readonly onChange: (value: Value) => void
}

export function PanelChoice<Value extends string>(props: PanelChoiceProps<Value>) {
  const { label, value, options, onChange } = props
  return (
    <fieldset class="panel-choice" aria-label={label}>
      {options.map((option) => (
        <button
          key={option.value}
          type="button"
          aria-pressed={option.value === value}
          onClick={() => onChange(option.value)}
        >
          {option.label}
        </button>
      ))}
    </fieldset>
  )
}
