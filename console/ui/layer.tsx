import * as dialog from '@zag-js/dialog'
import { normalizeProps, useMachine, type PropTypes } from '@zag-js/preact'
import type { ComponentChildren } from 'preact'
import { createPortal } from 'preact/compat'
import { useId, useLayoutEffect, useRef } from 'preact/hooks'
import './layer.css'

interface LayerProps {
  readonly isOpen: boolean
  readonly onClose: () => void
  /** Where it lies: before the page, at its side, or under the top edge. */
  readonly kind: 'dialog' | 'side' | 'palette'
  /** What it is called where no title of it is in sight. */
  readonly name?: string
  /** A press beside it does not close it: what it shows is not seen again. */
  readonly staysOpen?: boolean
  /** Where the focus goes afterwards; undefined, or null at that time: to where it was. */
  readonly goesOnAt?: () => HTMLElement | null
  /** Given what makes an element its title. */
  readonly children: (titleProps: PropTypes['element']) => ComponentChildren
}

/** Lies over the page and keeps the focus until it is closed, by Escape and a press beside it too; gives it back then. */
export function Layer(props: LayerProps) {
  const { isOpen, onClose, kind, name, staysOpen, goesOnAt, children } = props
  const content = useRef<HTMLDivElement>(null)
  const isTypedInto = kind === 'palette'
  const cameFromRef = useRef<HTMLElement | null>(null)
  const service = useMachine(dialog.machine, {
    id: useId(),
    open: isOpen,
    closeOnInteractOutside: staysOpen !== true,
    onOpenChange: ({ open }) => {
      if (!open) onClose()
    },
    initialFocusEl: () => firstIn(content.current),
    ...(name !== undefined && { 'aria-label': name }),
    ...((goesOnAt !== undefined || isTypedInto) && {
      finalFocusEl: () => goesOnAt?.() ?? cameFromRef.current,
    }),
  })
  const api = dialog.connect(service, normalizeProps)
  // The machine moves the focus some frames after the layer is seen: what is typed at once would be lost.
  useLayoutEffect(() => {
    if (!api.open || !isTypedInto) return
    cameFromRef.current = document.activeElement as HTMLElement | null
    firstIn(content.current)?.focus({ preventScroll: true })
  }, [api.open, isTypedInto])
  if (!api.open) return null
  return createPortal(
    <div class="layer">
      <div {...api.getBackdropProps()} class="layer-veil" />
      <div {...api.getPositionerProps()} class="layer-place" data-kind={kind}>
        <div {...api.getContentProps()} class="layer-content" ref={content}>
          {children(api.getTitleProps())}
        </div>
      </div>
    </div>,
    document.body,
  )
}

/** Where somebody begins: at the field that says so, else at the first field; else at the layer itself. */
function firstIn(content: HTMLElement | null): HTMLElement | null {
  const named = content?.querySelector<HTMLElement>('[data-first]')
  const field = content?.querySelector<HTMLElement>(':is(input, select, textarea):enabled')
  return named ?? field ?? content
}
