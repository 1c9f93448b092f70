import type { ComponentChildren } from 'preact'
import './button.css'
import { Icon, type IconName } from './icon.tsx'

interface ButtonProps {
  readonly kind?: 'primary' | 'plain' | 'danger' | 'quiet'
  readonly type?: 'button' | 'submit'
  readonly icon?: IconName
  /** It is being done: pressing it again does nothing. */
  readonly isBusy?: boolean
  readonly isDisabled?: boolean
  /** For a button that is an icon alone. */
  readonly name?: string
  readonly onClick?: () => void
  readonly children?: ComponentChildren
}

/** Stays where it is and keeps the focus while it works: what is disabled loses it. */
export function Button(props: ButtonProps) {
  const { kind = 'plain', type = 'button', icon, isBusy = false, isDisabled = false, name } = props
  const isIdle = isBusy || isDisabled
  return (
    <button
      type={type}
      class={`button button-${kind}`}
      aria-disabled={isIdle}
      aria-busy={isBusy}
      {...(name !== undefined && { 'aria-label': name, title: name })}
      onClick={(event) => {
        if (isIdle) event.preventDefault()
        else props.onClick?.()
      }}
    >
      {icon !== undefined && <Icon name={icon} />}
      {props.children}
    </button>
  )
}
