import type { Block } from '#protocol/popup.ts'
import { useWords } from '../../words.ts'
import { ButtonOptions } from './button-options.tsx'
import { FieldOptions } from './field-options.tsx'
import { CountdownOptions, CouponOptions, GoalOptions } from './offer-options.tsx'
import { ImageOptions } from './image-options.tsx'
import { ProductOptions } from './product-options.tsx'
import type { OptionsProps } from './options-props.ts'
import { HeadingOptions, TextOptions } from './text-options.tsx'

export function BlockOptions(props: OptionsProps<Block>) {
  const { t } = useWords()
  return (
    <div class="block-options">
      <h2 class="block-title">{t(`block.${props.block.kind}`)}</h2>
      <p class="editor-hint">{t(`block.${props.block.kind}.hint`)}</p>
      <OptionsOf {...props} />
    </div>
  )
}

function OptionsOf({ block, ...rest }: OptionsProps<Block>) {
  switch (block.kind) {
    case 'heading':
      return <HeadingOptions {...rest} block={block} />
    case 'text':
      return <TextOptions {...rest} block={block} />
    case 'image':
      return <ImageOptions {...rest} block={block} />
    case 'button':
      return <ButtonOptions {...rest} block={block} />
    case 'field':
      return <FieldOptions {...rest} block={block} />
    case 'coupon':
      return <CouponOptions {...rest} block={block} />
    case 'countdown':
      return <CountdownOptions {...rest} block={block} />
    case 'product':
      return <ProductOptions {...rest} block={block} />
    case 'goal':
      return <GoalOptions {...rest} block={block} />
  }
}
