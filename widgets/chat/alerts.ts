import type { ChatHost } from '../kit/chat-host.ts'

const BLINK_MS = 1_000
/** Whoever has the lock of a message for so long has told of it, for all pages of the browser. */
const HELD_MS = 1_500

/** What calls a visitor who looks elsewhere. */
export interface Alerts {
  /** Somebody wrote: a sound, once whatever pages are open, and the page's title, which becomes `words` by turns. */
  readonly alert: (words: string, isMuted: boolean) => void
  /** Nothing is left to tell of. */
  readonly calm: () => void
  readonly end: () => void
}

export function createAlerts({ after }: Pick<ChatHost, 'after'>): Alerts {
  let context: AudioContext | undefined
  let stop: (() => void) | undefined
  let title = ''
  let told = ''
  const listening = new AbortController()

  /** Browsers play nothing before a gesture; this is made at one. */
  function wake(): void {
    try {
      context ??= new AudioContext()
      void context.resume()
    } catch {
      // Then it is silent.
    }
  }

  function ring(): void {
    if (context?.state !== 'running') return
    const { currentTime, destination } = context
    for (const [at, pitch] of [
      [0, 880],
      [0.12, 1_174],
    ] as const) {
      const tone = context.createOscillator()
      const volume = context.createGain()
      const begin = currentTime + at
      tone.frequency.value = pitch
      volume.gain.setValueAtTime(0.0001, begin)
      volume.gain.exponentialRampToValueAtTime(0.12, begin + 0.02)
      volume.gain.exponentialRampToValueAtTime(0.0001, begin + 0.35)
      tone.connect(volume).connect(destination)
      tone.start(begin)
      tone.stop(begin + 0.4)
    }
  }

  function ringOnce(): void {
    const { locks } = navigator
    if (!locks) return ring()
    void locks.request('gp:chat-sound', { ifAvailable: true }, (lock) => {
      if (lock) ring()
      return lock && new Promise<void>((done) => void after(HELD_MS, done))
    })
  }

  function blink(): void {
    // The page may have changed it meanwhile.
    if (document.title !== told) title = document.title
    document.title = document.title === told ? title : told
    stop = after(BLINK_MS, blink)
  }

  function calm(): void {
    stop?.()
    stop = undefined
    if (told && document.title === told) document.title = title
  }

  const { signal } = listening
  for (const gesture of ['pointerdown', 'keydown'] as const) {
    document.addEventListener(gesture, wake, { signal })
  }
  document.addEventListener('visibilitychange', () => document.hidden || calm(), { signal })
  return {
    alert(words, isMuted) {
      if (!isMuted) ringOnce()
      if (!document.hidden) return
      calm()
      told = words
      blink()
    },
    calm,
    end() {
      calm()
      listening.abort()
    },
  }
}
