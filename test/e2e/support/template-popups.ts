import { ExperienceSchema, type Known } from '#protocol/experiences.ts'
import type { Block, PopupContent } from '#protocol/popup.ts'
import { drawnOf } from '#server/experiences/sanitise/drawn-of.ts'
import { TEMPLATES } from '#server/experiences/templates/templates.ts'

export interface TemplatePopup {
  readonly key: string
  readonly content: PopupContent
  readonly thanks: readonly Block[]
}

/** The gallery as pages get it. */
export const templatePopups: readonly TemplatePopup[] = TEMPLATES.map(({ key, experience }) => {
  const { drawn, thanks } = drawnOf(ExperienceSchema.parse(experience).content)
  return { key, content: drawn, thanks }
})

/** A visitor with two things in the cart. */
export function shopper(pictures: string): Known {
  const price = (amount: number) => ({ amount, currency: 'USD' })
  return {
    pages: 3,
    firstName: 'Ana',
    cart: {
      quantity: 3,
      total: price(3_450),
      items: [
        {
          id: 'tea-1',
          quantity: 2,
          name: 'Sencha from Kagoshima, first flush, 100 g',
          url: '/sencha',
          imageUrl: `${pictures}/sencha.svg`,
          price: price(1_250),
        },
        {
          id: 'tea-2',
          quantity: 1,
          name: 'Oolong',
          url: '/oolong',
          imageUrl: `${pictures}/oolong.svg`,
          price: price(950),
        },
      ],
    },
  }
}
