import type { OfferGiven } from '../kit/host.ts'
import type { Words } from '../kit/words.ts'
import type { PopupModel, PopupState } from './model.ts'

/** What every part of a pop-up is drawn from. */
export interface Scene {
  readonly model: PopupModel
  readonly state: PopupState
  readonly words: Words
  readonly now: number
  readonly offerGiven: OfferGiven
}
