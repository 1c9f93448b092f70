/** Remembers where the focus came from when it first enters `box`. Returns what brings it back, if it is still inside. */
export function focusKeeper(box: HTMLElement): () => void {
  let before: EventTarget | null = null
  box.addEventListener('focusin', ({ relatedTarget }) => {
    before ??= relatedTarget
  })
  return () => {
    if (hasFocus(box) && before instanceof HTMLElement) before.focus({ preventScroll: true })
  }
}

export function hasFocus(box: HTMLElement): boolean {
  return box.matches(':focus-within')
}
