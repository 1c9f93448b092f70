import type { PopupModel } from './model.ts'

/** Escape, a click beside the box, and what browsers do by themselves. */
export function createWaysOut(model: PopupModel) {
  let isPressedBeside = false

  return {
    onKeyDown(event: KeyboardEvent): void {
      // shops have shortcuts, and cannot see that this is typed into a field
      event.stopPropagation()
      if (event.key !== 'Escape') return
      event.preventDefault()
      model.close('escape')
    },
    onKeyUp: (event: KeyboardEvent): void => event.stopPropagation(),
    onCancel(event: Event): void {
      event.preventDefault()
      model.close('escape')
    },
    /** A second Escape, or a phone's way back, closes a dialog and asks nobody. */
    onClose({ currentTarget }: Event): void {
      if (!(currentTarget instanceof HTMLDialogElement) || !currentTarget.isConnected) return
      if (model.state().content.canClose) model.close('escape')
      else currentTarget.showModal()
    },
    // both, for where a text is marked from inside to outside, the click is outside, too
    onPointerDown(event: Event): void {
      isPressedBeside = isBeside(event)
    },
    onClick(event: Event): void {
      if (isPressedBeside && isBeside(event)) model.close('backdrop')
    },
  }
}

/** What covers the page belongs to the dialog; all that is in the box to its content. */
function isBeside({ target, currentTarget }: Event): boolean {
  return target === currentTarget && target instanceof HTMLDialogElement
}
