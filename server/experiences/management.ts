import type { LiveExperience } from '#protocol/sockets.ts'
import { demoExperiences } from './demo.ts'
import {
  createSavedExperiences,
  type ManagementDeps,
  type SavedExperiences,
} from './experiences.ts'
import { dayOn } from './periods.ts'
import { createFigures, type Figures } from './figures.ts'
import { createPreviews, type Previews } from './previews.ts'
import { createResults, type Results } from './results.ts'
import { createSettings, type Settings } from './settings.ts'
import { createStoredSubmissions, type StoredSubmissions } from './stored-submissions.ts'
import { figuresOf } from './today.ts'
import { createVersions, type Versions } from './versions.ts'

export interface Management {
  readonly experiences: SavedExperiences
  readonly settings: Settings
  readonly results: Results
  readonly figures: Figures
  readonly versions: Versions
  readonly previews: Previews
  readonly submissions: StoredSubmissions
  /** What visitors were shown since the shop's midnight, and what came of it. */
  readonly today: (shop: {
    readonly id: number
    readonly timeZone: string
  }) => Promise<LiveExperience[]>
  /** Once for a shop that never had an experience; whoever removes them has seen them. */
  readonly addDemo: (shopId: number) => Promise<void>
}

interface Deps extends ManagementDeps {
  /** Ours, where the demo shop is. */
  readonly ownOrigin: string
}

export function createManagement(deps: Deps): Management {
  const experiences = createSavedExperiences(deps)
  return {
    experiences,
    settings: createSettings(deps),
    results: createResults(deps),
    figures: createFigures(deps),
    versions: createVersions(deps),
    previews: createPreviews(deps),
    submissions: createStoredSubmissions(deps),
    today: ({ id, timeZone }) => figuresOf(deps.db, id, dayOn({ timeZone, now: deps.now() })),
    addDemo: (shopId) => experiences.createFirst(shopId, demoExperiences()),
  }
}
