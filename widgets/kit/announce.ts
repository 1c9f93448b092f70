/** Long enough for every screen reader to have begun. Afterwards nobody comes upon it a second time. */
const HEARD_MS = 5_000

export interface Announcer {
  /** What the live region says now. */
  readonly said: () => string
  readonly say: (text: string) => void
  readonly stop: () => void
}

/** What is told once to those who do not see it. `changed`: draw the live region again. */
export function createAnnouncer(changed: () => void): Announcer {
  let said = ''
  let timer: ReturnType<typeof setTimeout> | undefined

  function tell(text: string): void {
    said = text
    changed()
  }
  return {
    said: () => said,
    say(text) {
      clearTimeout(timer)
      timer = setTimeout(() => tell(''), HEARD_MS)
      tell(text)
    },
    stop: () => clearTimeout(timer),
  }
}
