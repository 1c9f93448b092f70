import type { Theme } from '#protocol/popup.ts'
import { contrastOf, colourOf, inkOn, TEXT_CONTRAST, type Colour } from '#widgets/kit/colour.ts'
import { useId } from 'preact/hooks'
import { Button } from '../../ui/button.tsx'
import { useWords } from '../../words.ts'
import { NumberField } from './number-field.tsx'

interface ThemeOptionsProps {
  readonly theme: Theme
  readonly onChange: (theme: Theme, mark?: string) => void
}

const PAINTED = ['accent', 'background', 'text'] as const
type Painted = (typeof PAINTED)[number]
/** To begin with, where a colour is chosen at all. */
const FIRST: Readonly<Record<Painted, string>> = {
  accent: '#3457d5',
  background: '#ffffff',
  text: '#1b1b18',
}
const USUAL_RADIUS = 16

/** Colours and corners; what is not chosen is the shop's own, light and dark. */
export function ThemeOptions({ theme, onChange }: ThemeOptionsProps) {
  const { t } = useWords()
  return (
    <>
      <p class="editor-hint">{t('editor.theme.hint')}</p>
      {PAINTED.map((name) => (
        <ColourField
          key={name}
          name={name}
          value={theme[name]}
          contrast={contrastIn(theme, name)}
          onChange={(value) => {
            const { [name]: _, ...rest } = theme
            onChange(value === undefined ? rest : { ...theme, [name]: value }, `theme.${name}`)
          }}
        />
      ))}
      <NumberField
        name="radius"
        label={t('editor.radius')}
        value={theme.radius ?? USUAL_RADIUS}
        min={0}
        max={32}
        onChange={(radius) => onChange({ ...theme, radius: Math.round(radius) }, 'theme.radius')}
      />
    </>
  )
}

interface ColourFieldProps {
  readonly name: Painted
  readonly value: string | undefined
  /** Of text with it, as it was chosen; undefined: nothing to compare. */
  readonly contrast: number | undefined
  readonly onChange: (value: string | undefined) => void
}

function ColourField({ name, value, contrast, onChange }: ColourFieldProps) {
  const { t, number } = useWords()
  const id = useId()
  const isLow = contrast !== undefined && contrast < TEXT_CONTRAST
  return (
    <div class="control">
      <label class="control-label" for={id}>
        {t(`editor.colour.${name}`)}
      </label>
      <span class="control-line colour-line">
        <input
          id={id}
          type="color"
          class="colour-input"
          value={value ?? FIRST[name]}
          data-unset={value === undefined ? '' : undefined}
          onInput={({ currentTarget }) => onChange(currentTarget.value)}
        />
        <span class="colour-value">{value ?? t('editor.colour.own')}</span>
        {value !== undefined && (
          <Button
            kind="quiet"
            icon="close"
            name={t('editor.colour.clear', { name: t(`editor.colour.${name}`) })}
            onClick={() => onChange(undefined)}
          />
        )}
      </span>
      {contrast !== undefined && (
        <p class="control-hint" data-low={isLow ? '' : undefined}>
          {t(isLow ? 'editor.contrast.low' : 'editor.contrast', {
            n: number(Math.round(contrast * 10) / 10),
          })}
        </p>
      )}
    </div>
  )
}

/** Text on the background, and on the accent of a button. */
function contrastIn(theme: Theme, name: Painted): number | undefined {
  const colour = (of: Painted): Colour | undefined => {
    const hex = theme[of]
    return hex === undefined ? undefined : colourOf(hex)
  }
  const own = colour(name)
  if (own === undefined) return undefined
  if (name === 'accent') return contrastOf(inkOn(own), own)
  const other = colour(name === 'text' ? 'background' : 'text')
  return other === undefined ? undefined : contrastOf(own, other)
}
