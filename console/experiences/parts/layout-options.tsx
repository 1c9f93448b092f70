import type { Layout, Popup } from '#protocol/popup.ts'
import { CheckField, SelectField } from '../../ui/field.tsx'
import { useWords } from '../../words.ts'
import type { Fault } from '../faults.ts'

interface LayoutOptionsProps {
  readonly content: Popup
  readonly faults: readonly Fault[]
  readonly onChange: (content: Popup) => void
}

const LAYOUTS = {
  modal: { kind: 'modal' },
  top: { kind: 'bar', edge: 'top' },
  bottom: { kind: 'bar', edge: 'bottom' },
  end: { kind: 'slideIn', corner: 'end' },
  start: { kind: 'slideIn', corner: 'start' },
} as const satisfies Readonly<Record<string, Layout>>
const PLACES = ['modal', 'top', 'bottom', 'end', 'start'] as const

/** Where on the page it stands, and what it is made by. */
export function LayoutOptions({ content, faults, onChange }: LayoutOptionsProps) {
  const { t } = useWords()
  const { layout, design, canClose } = content
  const place =
    layout.kind === 'bar' ? layout.edge : layout.kind === 'slideIn' ? layout.corner : 'modal'
  const fault = faults.find(({ at }) => at === 'canClose')

  function make(kind: string): void {
    const thanks = design.thanks && { thanks: design.thanks }
    if (kind === 'html' && design.kind === 'blocks') {
      const html = `<h2>${t('block.new.heading')}</h2>\n<p>${t('block.new.text')}</p>`
      onChange({ ...content, design: { kind: 'html', html, css: '', ...thanks } })
    } else if (kind === 'blocks' && design.kind === 'html') {
      const blocks = [{ kind: 'heading' as const, text: t('block.new.heading') }]
      onChange({ ...content, design: { kind: 'blocks', blocks, ...thanks } })
    }
  }

  return (
    <>
      <SelectField
        name="layout"
        label={t('editor.place')}
        isRequired
        value={place}
        options={PLACES.map((value) => ({ value, label: t(`editor.place.${value}`) }))}
        onChange={(value) => {
          const to = PLACES.find((one) => one === value) ?? 'modal'
          onChange({ ...content, layout: LAYOUTS[to] })
        }}
      />
      <CheckField
        name="canClose"
        label={t('editor.can_close')}
        hint={t('editor.can_close.hint')}
        fault={fault && t(`fault.experience.${fault.what}`)}
        isChecked={canClose}
        onChange={(next) => onChange({ ...content, canClose: next })}
      />
      <SelectField
        name="design"
        label={t('editor.made_of')}
        hint={t('editor.made_of.hint')}
        isRequired
        value={design.kind}
        options={(['blocks', 'html'] as const).map((value) => ({
          value,
          label: t(`editor.made_of.${value}`),
        }))}
        onChange={make}
      />
    </>
  )
}
