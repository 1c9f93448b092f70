/** Remembers where the focus came from when it first enters `box`. Returns what brings it back, if it is still inside. */
export function focusKeeper(box: HTMLElement): () => void {
  let before: Partial<HTMLElement> | null = null
  box.addEventListener('focusin', ({ relatedTarget }) => {
    before ??= relatedTarget
  })
  return () => {
    // Whatever has had the focus can have it again; `window`, which has a method of that name, is never told of here.
    if (hasFocus(box)) before?.focus?.({ preventScroll: true })
  }
}

export function hasFocus(box: HTMLElement): boolean {
  return box.matches(':focus-within')
}
