import { useState } from 'preact/hooks'

interface InlineNumberProps {
  readonly label: string
  readonly value: number
  readonly onChange: (value: number) => void
  readonly least?: number
  readonly most?: number
  readonly isWhole?: boolean
}

/** A number within a sentence. What is typed stays as it is typed; what is none changes nothing. */
export function InlineNumber(props: InlineNumberProps) {
  const { label, value, onChange, least = -Infinity, most = Infinity, isWhole = false } = props
  const [typed, setTyped] = useState<string | undefined>(undefined)
  const shown = typed ?? String(value)

  function type(text: string): void {
    setTyped(text)
    const read = readNumber(text)
    if (read !== undefined && isAllowed(read)) onChange(read)
  }

  function isAllowed(read: number): boolean {
    return read >= least && read <= most && (!isWhole || Number.isInteger(read))
  }

  const read = readNumber(shown)
  return (
    <input
      class="token token-number"
      type="text"
      inputMode={isWhole ? 'numeric' : 'decimal'}
      aria-label={label}
      aria-invalid={read === undefined || !isAllowed(read)}
      value={shown}
      size={Math.max(2, shown.length)}
      maxLength={16}
      autocomplete="off"
      onInput={({ currentTarget }) => type(currentTarget.value)}
      onBlur={() => setTyped(undefined)}
    />
  )
}

/** With a comma or a point. */
function readNumber(text: string): number | undefined {
  const trimmed = text.trim().replace(',', '.')
  if (!/^-?\d+(\.\d*)?$/.test(trimmed)) return undefined
  return Number(trimmed)
}
