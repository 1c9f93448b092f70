import type { Clock } from '../core/clock.ts'
import type { Database } from '../db/database.ts'
import { createManagement, type Management } from './management.ts'
import { createOnPages, type OnPages } from './on-pages.ts'

export { experienceAskingFor } from './asking-for.ts'
export { subjectOf, type Asker, type KnownProfile } from './asker.ts'
export type { Management } from './management.ts'
export type { Move } from './move-claims.ts'
export type { OnPages } from './on-pages.ts'
export type { Happening } from './happening.ts'
export type { Running } from './known-experience.ts'

export interface Experiences {
  /** What a shop's own people and servers do with experiences. */
  readonly management: Management
  readonly onPages: OnPages
}

interface ExperiencesDeps {
  readonly db: Database
  readonly now: Clock
}

export function createExperiences({ db, now }: ExperiencesDeps): Experiences {
  return {
    management: createManagement({ db, now }),
    onPages: createOnPages({ db, now }),
  }
}
