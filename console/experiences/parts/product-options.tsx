import type { BlockOf } from '#protocol/popup.ts'
import { SelectField, TextField } from '../../ui/field.tsx'
import { useWords } from '../../words.ts'
import { POPUP_PRODUCTS } from '../bounds.ts'
import { majorOf, minorOf } from '../money.ts'
import type { OptionsProps } from './options-props.ts'
import { LocalField } from './local-field.tsx'
import { NumberField } from './number-field.tsx'

type Product = Exclude<BlockOf<'product'>['of'], 'cart'>

export function ProductOptions(props: OptionsProps<BlockOf<'product'>>) {
  const { block, language, currency, faults, onChange } = props
  const { t } = useWords()
  const { of, most } = block
  return (
    <>
      <SelectField
        name="of"
        label={t('block.product.of')}
        isRequired
        value={of === 'cart' ? 'cart' : 'this'}
        options={(['cart', 'this'] as const).map((value) => ({
          value,
          label: t(`block.product.of.${value}`),
        }))}
        onChange={(value) =>
          onChange({ ...block, of: value === 'cart' ? 'cart' : { id: '', name: '' } })
        }
      />
      {of === 'cart' ? (
        <NumberField
          name="most"
          label={t('block.product.most')}
          value={most}
          min={1}
          max={POPUP_PRODUCTS}
          onChange={(value) => onChange({ ...block, most: Math.round(value) }, 'most')}
        />
      ) : (
        <OneProduct
          product={of}
          language={language}
          currency={currency}
          faults={faults}
          onChange={(product, field) => onChange({ ...block, of: product }, field)}
        />
      )}
    </>
  )
}

interface OneProductProps extends Pick<
  OptionsProps<BlockOf<'product'>>,
  'language' | 'currency' | 'faults'
> {
  readonly product: Product
  readonly onChange: (product: Product, field: string) => void
}

function OneProduct({ product, language, currency, faults, onChange }: OneProductProps) {
  const { t } = useWords()
  const fault = (name: string) => faults[name] && t(`fault.experience.${faults[name]}`)
  const { url: _, ...withoutUrl } = product
  const { imageUrl: __, ...withoutPicture } = product
  const { price, ...withoutPrice } = product
  const money = price?.currency ?? currency
  return (
    <>
      <TextField
        name="id"
        label={t('block.product.id')}
        value={product.id}
        maxLength={200}
        isCode
        isRequired
        fault={fault('id')}
        onInput={(id) => onChange({ ...product, id }, 'id')}
      />
      <LocalField
        name="name"
        label={t('block.product.name')}
        value={product.name}
        language={language}
        fault={faults['name']}
        onChange={(name) => onChange({ ...product, name }, 'name')}
      />
      <TextField
        name="url"
        label={t('block.url')}
        value={product.url ?? ''}
        maxLength={2_048}
        isCode
        fault={fault('url')}
        onInput={(url) => onChange(url === '' ? withoutUrl : { ...product, url }, 'url')}
      />
      <TextField
        name="imageUrl"
        label={t('block.image.url')}
        value={product.imageUrl ?? ''}
        maxLength={2_048}
        isCode
        fault={fault('imageUrl')}
        onInput={(imageUrl) =>
          onChange(imageUrl === '' ? withoutPicture : { ...product, imageUrl }, 'imageUrl')
        }
      />
      <TextField
        name="price"
        label={t('block.product.price', { currency: money })}
        type="number"
        value={price === undefined ? '' : String(majorOf(price.amount, money))}
        onInput={(typed) => {
          const amount = minorOf(Number(typed), money)
          const isAmount = typed !== '' && amount >= 0
          onChange(
            isAmount ? { ...product, price: { amount, currency: money } } : withoutPrice,
            'price',
          )
        }}
      />
    </>
  )
}
