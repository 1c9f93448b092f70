import { TYPING_MS } from '#protocol/names.ts'
import type { ChatHost } from '../kit/chat-host.ts'

/** Who types, on both sides. */
export interface Typing {
  /** By name: whoever of the team does. */
  readonly typist: () => string | undefined
  readonly heard: (told: { readonly isTyping: boolean; readonly name: string }) => void
  /** What was typed has come. */
  readonly said: () => void
  /** The visitor does, or no more. */
  readonly write: (isTyping: boolean) => void
  readonly end: () => void
}

interface TypingDeps {
  readonly host: Pick<ChatHost, 'after' | 'now'>
  readonly tell: (isTyping: boolean) => void
  readonly changed: () => void
}

/** Visible for somewhat longer than it is repeated. */
const TYPIST_MS = TYPING_MS * 2

export function createTyping({ host, tell, changed }: TypingDeps): Typing {
  let typist: string | undefined
  let toldAt = -Infinity
  let stopForgetting = (): void => undefined

  function said(): void {
    typist = undefined
  }

  return {
    typist: () => typist,
    heard({ isTyping, name }) {
      stopForgetting()
      typist = isTyping ? name : undefined
      stopForgetting = host.after(TYPIST_MS, () => {
        said()
        changed()
      })
      changed()
    },
    said,
    write(isTyping) {
      const now = host.now()
      if (isTyping && now - toldAt < TYPING_MS) return
      if (!isTyping && toldAt === -Infinity) return
      toldAt = isTyping ? now : -Infinity
      tell(isTyping)
    },
    end: () => stopForgetting(),
  }
}
