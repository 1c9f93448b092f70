import type { PopupState } from './model.ts'

/** Draws once a second for as long as a countdown runs, and not a second longer. */
export function createTicker(draw: () => void) {
  let timer: ReturnType<typeof setInterval> | undefined

  function stop(): void {
    clearInterval(timer)
    timer = undefined
  }
  return {
    stop,
    follow(state: PopupState, now: number): void {
      if (!isCounting(state, now)) stop()
      else timer ??= setInterval(draw, 1_000)
    },
  }
}

function isCounting({ content: { design }, thanks }: PopupState, now: number): boolean {
  const blocks = thanks ?? ('tree' in design ? [] : design.blocks)
  return blocks.some((block) => block.kind === 'countdown' && block.until > now)
}
