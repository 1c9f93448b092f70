import * as menu from '@zag-js/menu'
import { normalizeProps, useMachine } from '@zag-js/preact'
import type { ComponentChildren } from 'preact'
import { createPortal } from 'preact/compat'
import { useId, useState } from 'preact/hooks'
import { Icon, type IconName } from './icon.tsx'
import './menu.css'

export interface MenuItem {
  readonly key: string
  readonly label: string
  /** Under the label. */
  readonly hint?: string
  readonly icon?: IconName
  /** One of several, of which one is chosen. */
  readonly isChecked?: boolean
  readonly isDangerous?: boolean
  /** Begins another group. */
  readonly isApart?: boolean
  readonly onSelect: () => void
}

interface MenuProps {
  /** What the button shows. */
  readonly label: ComponentChildren
  /** What it is called, where it shows no words, or not enough. */
  readonly name?: string
  readonly items: readonly MenuItem[]
  readonly class?: string
  readonly placement?: 'bottom-start' | 'bottom-end' | 'top-start'
}

/** A button with a list of things to do. */
export function Menu({ label, name, items, placement = 'bottom-end', ...props }: MenuProps) {
  const service = useMachine(menu.machine, {
    id: useId(),
    positioning: { placement, gutter: 4 },
    loopFocus: true,
    onSelect: ({ value }) => items.find(({ key }) => key === value)?.onSelect(),
  })
  const api = menu.connect(service, normalizeProps)
  const [trigger, setTrigger] = useState<HTMLButtonElement | null>(null)
  return (
    <>
      <button
        {...api.getTriggerProps()}
        ref={setTrigger}
        class={props.class ?? 'button'}
        {...(name !== undefined && { 'aria-label': name })}
      >
        {label}
      </button>
      {api.open &&
        createPortal(
          <div {...api.getPositionerProps()} class="menu-place">
            <div {...api.getContentProps()} class="menu">
              {items.map((item) => (
                <Item key={item.key} item={item} attributes={attributesOf(api, item)} />
              ))}
            </div>
          </div>,
          landmarkOf(trigger),
        )}
    </>
  )
}

/** Where its button is, so that whoever goes by landmarks finds it there; yet outside of what scrolls or cuts off. */
function landmarkOf(trigger: HTMLElement | null): Element {
  const inPage = trigger?.closest('[role=dialog], main')
  return inPage ?? trigger?.closest('header') ?? document.body
}

type MenuApi = ReturnType<typeof menu.connect>

function attributesOf(api: MenuApi, { key, label, isChecked }: MenuItem) {
  if (isChecked === undefined) return api.getItemProps({ value: key, valueText: label })
  const option = { type: 'radio' as const, value: key, checked: isChecked, valueText: label }
  return api.getOptionItemProps(option)
}

function Item({ item, attributes }: { item: MenuItem; attributes: object }) {
  const { label, hint, icon, isChecked, isDangerous = false, isApart = false } = item
  return (
    <div
      {...attributes}
      class="menu-item"
      data-tone={isDangerous ? 'danger' : undefined}
      data-apart={isApart ? '' : undefined}
    >
      {icon !== undefined && <Icon name={icon} />}
      <span class="menu-words">
        <span class="menu-label">{label}</span>
        {hint !== undefined && <span class="menu-hint">{hint}</span>}
      </span>
      {isChecked === true && <Icon name="check" />}
    </div>
  )
}
