import type { ExperienceSettings } from '#protocol/experiences.ts'
import { changesOf, recordChange } from '../audit/service.ts'
import type { Actor } from '../core/actor.ts'
import type { ManagementDeps } from './experiences.ts'
import { bumpEpoch, findSettings, FIRST_SETTINGS, updateSettings } from './store.ts'

/** What holds for all experiences of a shop, the switch that turns them all off among it. */
export interface Settings {
  read(shopId: number): Promise<ExperienceSettings>
  change(shopId: number, settings: ExperienceSettings, by: Actor): Promise<ExperienceSettings>
}

export function createSettings({ db, now }: ManagementDeps): Settings {
  return {
    async read(shopId) {
      return (await findSettings({ sql: db.sql, t: db.t }, shopId)) ?? FIRST_SETTINGS
    },
    async change(shopId, settings, by) {
      await db.transaction(async (sql) => {
        const handle = { sql, t: db.t }
        // First of all, for it holds the settings until the transaction ends.
        await bumpEpoch(handle, shopId)
        const before = (await findSettings(handle, shopId)) ?? FIRST_SETTINGS
        await updateSettings(handle, shopId, settings)
        await recordChange(handle, shopId, {
          ...changesOf({ ...before }, settings, Object.keys(settings)),
          by,
          action: 'experience_settings.changed',
          at: now(),
          object: { kind: 'experience_settings', id: '' },
        })
      })
      return settings
    },
  }
}
