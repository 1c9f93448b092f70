import {
  type ChannelRules,
  type ChannelRulesDraft,
  type ChatRule,
  type RulesTrial,
  type RulesVerdict,
} from '#protocol/chat-rules.ts'
import { changesOf } from '../audit/service.ts'
import type { Actor } from '../core/actor.ts'
import {
  changedMeanwhile,
  changingChannels,
  note,
  requireChannel,
  type Asker,
  type ChannelsDeps,
} from './channels.ts'
import { isOpenAt } from './hours.ts'
import * as store from './managed-channel-store.ts'
import { missesOf } from './match-rules.ts'
import { listSeated } from './operator-store.ts'
import { pageState, pathOf } from './page-state.ts'
import { faultyRule, readyRules, ruleOf } from './ready-rules.ts'
import { findBots, listRules, replaceRules } from './rule-store.ts'

/** What a channel's launcher does on which page. */
export interface ChannelRuleBook {
  readonly read: (shopId: number, channelId: string, asker: Asker) => Promise<ChannelRules>
  /**
   * The whole list, instead of the one there was. `version`: the channel's; another in between: `conflict`. Refuses patterns
   * that are none, and chatbots that are not the shop's or are archived, by the rule's place.
   */
  readonly replace: (
    shopId: number,
    channelId: string,
    draft: ChannelRulesDraft & { readonly version: number | undefined },
    by: Actor,
  ) => Promise<ChannelRules>
  /** Which rule would hold for somebody, and why the others would not. */
  readonly tryOut: (
    shopId: number,
    channelId: string,
    trial: RulesTrial,
    asker: Asker,
  ) => Promise<RulesVerdict>
}

export interface RuleBookDeps extends ChannelsDeps {
  readonly knowsCountries: boolean
}

export function createRuleBook({ db, now, knowsCountries }: RuleBookDeps): ChannelRuleBook {
  async function read(shopId: number, channelId: string, asker: Asker): Promise<ChannelRules> {
    const { id, version, options } = await requireChannel(db, shopId, channelId, asker)
    const rules = (await listRules(db, shopId, id)).map(ruleOf)
    return { rules, version, knowsCountries, isLauncherShown: options.isLauncherShown ?? null }
  }

  /** Those of the shop by their ids; refuses what is none of them, or archived. */
  async function botsIn(handle: store.Handle, shopId: number, rules: readonly ChatRule[]) {
    const wanted = [...new Set(rules.flatMap(({ chatbotId }) => chatbotId ?? []))]
    const bots = await findBots(handle, shopId, wanted)
    const place = rules.findIndex(({ chatbotId }) => chatbotId !== null && !bots.has(chatbotId))
    if (place < 0) return bots
    throw faultyRule(place, 'chatbotId', 'the shop has no such chatbot, or it is archived')
  }

  return {
    read,

    async replace(shopId, channelId, { rules, version, isLauncherShown }, by) {
      readyRules(rules, () => false)
      await changingChannels(db, shopId, async (handle) => {
        const row = await requireChannel(handle, shopId, channelId)
        if (version !== undefined && version !== row.version) throw changedMeanwhile()
        const bots = await botsIn(handle, shopId, rules)
        const before = (await listRules(handle, shopId, row.id)).map(ruleOf)
        const { name, archivedAt } = row
        const options =
          isLauncherShown === undefined ? row.options : { ...row.options, isLauncherShown }
        const after = { name, options, archivedAt, updatedAt: now() }
        if (!(await store.updateChannel(handle, shopId, row, after))) throw changedMeanwhile()
        await replaceRules(handle, shopId, { channelId: row.id, rules, bots })
        const changes = changesOf(
          { rules: before.map(toldOf), isLauncherShown: row.options.isLauncherShown ?? null },
          { rules: rules.map(toldOf), isLauncherShown: options.isLauncherShown ?? null },
          ['rules', 'isLauncherShown'],
        )
        await note(handle, shopId, {
          ...changes,
          by,
          at: now(),
          channelId,
          action: 'channel.rules_changed',
        })
      })
      return read(shopId, channelId, { by, isOwnOnly: false })
    },

    async tryOut(shopId, channelId, { url, country, at, ...unsaved }, asker) {
      const channel = await requireChannel(db, shopId, channelId, asker)
      const { id, options } = channel
      const rules = unsaved.rules ?? (await listRules(db, shopId, id)).map(ruleOf)
      const wanted = rules.flatMap(({ chatbotId }) => chatbotId ?? [])
      const bots = await findBots(db, shopId, wanted)
      const ready = readyRules(rules, (chatbotId) => !bots.has(chatbotId))
      const { isLauncherShown = options.isLauncherShown } = unsaved
      const path = pathOf(url)
      const isSomebodyAvailable = await isSomebodyAt(shopId, channel, at)
      const facts = { path, country: country ?? undefined, isSomebodyAvailable }
      const state = pageState({ options: { ...options, isLauncherShown }, rules: ready }, facts)
      return {
        matched: state.match?.place ?? null,
        misses: [...missesOf(ready, facts)],
        action: state.action,
        chatbotId: state.chatbotId ?? null,
        path,
        isSomebodyAvailable,
        isLauncherShown: state.isShown,
        opensItself: state.rule?.action === 'open',
      }
    },
  }

  /** Now: as it is. At another time nobody knows who will be there: whoever answers in the channel, in its hours. */
  async function isSomebodyAt(
    shopId: number,
    { id, options: { hours } }: store.ChannelRow,
    at: number | null,
  ): Promise<boolean> {
    if (!isOpenAt(hours, at ?? now())) return false
    if (at === null) return (await listSeated(db, shopId, id, now())).length > 0
    const counts = await store.countsOf(db, shopId, { ids: [id], activeSince: now() })
    return (counts.get(id)?.operatorCount ?? 0) > 0
  }
}

/** Texts are long: the log tells that a rule has some. */
function toldOf({ texts, ...rule }: ChatRule) {
  return { ...rule, texts: Object.keys(texts) }
}
