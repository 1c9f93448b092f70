import type { Clock } from '../core/clock.ts'
import type { Database } from '../db/database.ts'
import type { ChatParts } from '../targeting/service.ts'
import { createManagement, type Management } from './management.ts'
import { createOnPages, type OnPages } from './on-pages.ts'
import { createFindPreview, type FindPreview } from './previews.ts'

export { experienceAskingFor } from './asking-for.ts'
export { subjectOf, type Asker, type KnownProfile } from './asker.ts'
export type { Management } from './management.ts'
export type { FindPreview } from './previews.ts'
export type { Move } from './move-claims.ts'
export type { OnPages } from './on-pages.ts'
export type { Happening } from './happening.ts'
export type { Running } from './known-experience.ts'

export interface Experiences {
  /** What a shop's own people and servers do with experiences. */
  readonly management: Management
  readonly onPages: OnPages
  /** Of a page that was opened by a link to a draft. */
  readonly findPreview: FindPreview
}

interface ExperiencesDeps {
  readonly db: Database
  readonly chatParts: ChatParts
  readonly now: Clock
  /** Ours, where the demo shop is. */
  readonly ownOrigin: string
}

export function createExperiences(deps: ExperiencesDeps): Experiences {
  const { db, chatParts, now, ownOrigin } = deps
  return {
    management: createManagement({ db, now, ownOrigin }),
    onPages: createOnPages({ db, chatParts, now }),
    findPreview: createFindPreview({ db, now }),
  }
}
