import type { BlockOf } from '#protocol/popup.ts'
import { TextField } from '../../ui/field.tsx'
import { useWords } from '../../words.ts'
import type { OptionsProps } from './options-props.ts'
import { LocalField } from './local-field.tsx'
import { NumberField } from './number-field.tsx'

export function ImageOptions(props: OptionsProps<BlockOf<'image'>>) {
  const { block, language, faults, onChange } = props
  const { t } = useWords()
  const { link: _, ...unlinked } = block
  const fault = (name: string) => faults[name] && t(`fault.experience.${faults[name]}`)
  return (
    <>
      <TextField
        name="url"
        label={t('block.image.url')}
        hint={t('block.image.url.hint')}
        value={block.url}
        maxLength={2_048}
        isCode
        isRequired
        isFirst
        fault={fault('url')}
        onInput={(url) => onChange({ ...block, url }, 'url')}
      />
      <LocalField
        name="alt"
        label={t('block.image.alt')}
        hint={t('block.image.alt.hint')}
        value={block.alt}
        language={language}
        isRequired={false}
        onChange={(alt) => onChange({ ...block, alt }, 'alt')}
      />
      <div class="editor-pair">
        <NumberField
          name="width"
          label={t('block.image.width')}
          value={block.width}
          min={1}
          max={10_000}
          fault={fault('width')}
          onChange={(width) => onChange({ ...block, width: Math.round(width) }, 'width')}
        />
        <NumberField
          name="height"
          label={t('block.image.height')}
          value={block.height}
          min={1}
          max={10_000}
          onChange={(height) => onChange({ ...block, height: Math.round(height) }, 'height')}
        />
      </div>
      <TextField
        name="link"
        label={t('block.image.link')}
        value={block.link ?? ''}
        maxLength={2_048}
        isCode
        fault={fault('link')}
        onInput={(link) => onChange(link === '' ? unlinked : { ...block, link }, 'link')}
      />
    </>
  )
}
