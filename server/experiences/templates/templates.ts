import { ageGate } from './age-gate.ts'
import { announcementBar } from './announcement-bar.ts'
import { cartReminder } from './cart-reminder.ts'
import { cookieConsent } from './cookie-consent.ts'
import { exitOffer } from './exit-offer.ts'
import { freeShippingBar } from './free-shipping-bar.ts'
import { newsletterCoupon } from './newsletter-coupon.ts'
import { nps } from './nps.ts'
import { productLaunch } from './product-launch.ts'
import { survey } from './survey.ts'
import type { Template } from './template.ts'

/** The gallery. */
export const TEMPLATES: readonly Template[] = [
  newsletterCoupon('WELCOME10'),
  exitOffer,
  freeShippingBar({ amount: 5_000, currency: 'USD' }),
  cartReminder('/cart'),
  announcementBar,
  productLaunch,
  survey,
  nps,
  ageGate,
  cookieConsent,
]
