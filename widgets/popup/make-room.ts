/** Calls `makeRoom` whenever the size of `box` changes, from now on. Returns `stop`. */
export function makeRoomFor(box: Element): () => void {
  const observer = new ResizeObserver(makeRoom)
  observer.observe(box)
  return () => observer.disconnect()
}

/** Slide-ins stand above the bar at the bottom, whichever of them came first; each is in a host of its own. */
export function makeRoom(): void {
  const hosts = document.querySelectorAll<HTMLElement>('gp-widget')
  let height = 0
  for (const { shadowRoot } of hosts) {
    height = shadowRoot?.querySelector<HTMLElement>('.bottom')?.offsetHeight ?? height
  }
  // Nothing is set where there is none, for then all in the hosts would be styled once more.
  for (const { style } of hosts) style.setProperty('--below', height ? `${height}px` : '')
}
