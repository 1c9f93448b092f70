import './on-off.css'

interface OnOffProps {
  readonly isOn: boolean
  readonly words: string
}

/** A state in words, with one small mark. */
export function OnOff({ isOn, words }: OnOffProps) {
  return (
    <span class="on-off" data-on={isOn ? '' : undefined}>
      {words}
    </span>
  )
}
