import './state-mark.css'

export type StateTone = 'good' | 'warn' | 'bad' | 'still'

/** A state in words, with one small mark. */
export function StateMark({ tone, text }: { readonly tone: StateTone; readonly text: string }) {
  return (
    <span class="state-mark" data-tone={tone}>
      {text}
    </span>
  )
}
