import type { ExperienceSettings } from '#protocol/experiences.ts'
import type { ManagementDeps } from './experiences.ts'
import { bumpEpoch, findSettings, FIRST_SETTINGS } from './store.ts'

/** What holds for all experiences of a shop, the switch that turns them all off among it. */
export interface Settings {
  read(shopId: number): Promise<ExperienceSettings>
  change(shopId: number, settings: ExperienceSettings): Promise<ExperienceSettings>
}

export function createSettings({ db }: ManagementDeps): Settings {
  return {
    async read(shopId) {
      return (await findSettings({ sql: db.sql, t: db.t }, shopId)) ?? FIRST_SETTINGS
    },
    async change(shopId, settings) {
      await bumpEpoch({ sql: db.sql, t: db.t }, shopId, settings)
      return settings
    },
  }
}
