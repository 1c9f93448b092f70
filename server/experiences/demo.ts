import { ExperienceSchema, type ExperienceDraft } from '#protocol/experiences.ts'
import type { Condition } from '#protocol/targeting.ts'
import { cartReminder } from './templates/cart-reminder.ts'
import { HAS_CART, NOT_PAYING, onPages } from './templates/conditions.ts'
import { freeShippingBar } from './templates/free-shipping-bar.ts'
import { newsletterCoupon } from './templates/newsletter-coupon.ts'
import type { Template } from './templates/template.ts'

/** From COP 200,000 on, as the demo shop itself says. */
const FREE_SHIPPING = { amount: 20_000_000, currency: 'COP' }
const CODE = 'HOLA10'
const CART_URL = '/demo/cart.html'

/** Of the demo shop alone: the first shop's own pages lie elsewhere. */
const IN_DEMO: Condition = {
  kind: 'page',
  field: 'path',
  test: { op: 'starts', value: '/demo/' },
}

/** What runs in the demo shop from the first start on. */
export function demoExperiences(): ExperienceDraft[] {
  return [
    running(freeShippingBar(FREE_SHIPPING), {
      key: 'demo-free-shipping',
      name: 'Demo: free-shipping bar',
      targeting: inDemo(HAS_CART, NOT_PAYING),
    }),
    running(cartReminder(CART_URL), {
      key: 'demo-cart-reminder',
      name: 'Demo: cart reminder',
      targeting: inDemo(HAS_CART, NOT_PAYING),
      frequency: { per: 'ever', stopAfter: ['converting'] },
    }),
    running(newsletterCoupon(CODE), {
      key: 'demo-newsletter',
      name: 'Demo: newsletter with coupon',
      targeting: inDemo(onPages('home', 'category')),
      triggers: [
        { on: 'delay', seconds: 15 },
        { on: 'scroll', percent: 50 },
      ],
      frequency: { per: 'ever', stopAfter: ['answering'] },
    }),
  ]
}

function running(
  { experience }: Template,
  changes: Partial<Template['experience']>,
): ExperienceDraft {
  return ExperienceSchema.parse({ ...experience, ...changes, state: 'active' })
}

function inDemo(...of: Condition[]): Condition {
  return { kind: 'all', of: [IN_DEMO, ...of] }
}
