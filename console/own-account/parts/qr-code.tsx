import { useMemo } from 'preact/hooks'
import { encode } from 'uqr'

interface QrCodeProps {
  readonly text: string
  /** What it is, for who does not see it. */
  readonly label: string
}

/** Light modules around it, without which scanners do not find it. */
const QUIET_ZONE = 4

/** Drawn here: what it says is a secret, and no service's to know. */
export function QrCode({ text, label }: QrCodeProps) {
  const { size, path } = useMemo(() => drawingOf(text), [text])
  return (
    <svg class="qr-code" viewBox={`0 0 ${size} ${size}`} role="img" aria-label={label}>
      <rect class="qr-code-paper" width={size} height={size} />
      <path class="qr-code-ink" d={path} />
    </svg>
  )
}

/** A square each dark module, a unit wide. */
function drawingOf(text: string): { readonly size: number; readonly path: string } {
  const { data, size } = encode(text, { ecc: 'M', border: QUIET_ZONE })
  const squares = data.flatMap((row, y) =>
    row.map((isDark, x) => (isDark ? `M${x} ${y}h1v1h-1z` : '')),
  )
  return { size, path: squares.join('') }
}
