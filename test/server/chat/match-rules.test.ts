import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import {
  BOT_CONDITIONS,
  ChatRuleSchema,
  RULE_ACTIONS,
  RULE_MISSES,
  type ChatRule,
} from '#protocol/chat-rules.ts'
import { matchRules, missesOf, type ReadyRule, type RuleFacts } from '#server/chat/match-rules.ts'
import { pageState, pathOf } from '#server/chat/page-state.ts'
import { readyRules } from '#server/chat/ready-rules.ts'
import { root } from '../../../scripts/root.mjs'

const Vectors = z.object({
  cases: z.array(
    z.object({
      what: z.string(),
      path: z.string().default('/'),
      country: z.string().nullable().default(null),
      isSomebodyAvailable: z.boolean().default(true),
      isLauncherShown: z.boolean().nullable().default(null),
      rules: z.array(
        z
          .object({ bot: z.string().nullable().default(null) })
          .loose()
          .transform(({ bot, ...rule }) => ChatRuleSchema.parse({ ...rule, chatbotId: bot })),
      ),
      expected: z.object({
        matched: z.number().nullable(),
        action: z.enum(RULE_ACTIONS),
        bot: z.string().optional(),
        misses: z.array(z.enum(RULE_MISSES).nullable()),
      }),
    }),
  ),
})
const vectors = Vectors.parse(
  JSON.parse(readFileSync(join(root, 'test/cases/chat-rules.json'), 'utf8')),
)
const isGone = (bot: string) => bot === 'gone'

describe('which rule holds', () => {
  it.each(vectors.cases)('$what', ({ rules, expected, country, isLauncherShown, ...rest }) => {
    const ready = readyRules(rules, isGone)
    const facts = { ...rest, country: country ?? undefined }

    const { match, action, chatbotId } = pageState(
      { rules: ready, options: { whenNobody: 'form', isLauncherShown } },
      facts,
    )

    const misses = missesOf(ready, facts)
    const told = { matched: match?.place ?? null, action, misses }
    expect({ ...told, ...(chatbotId !== undefined && { bot: chatbotId }) }).toEqual(expected)
  })

  it('agrees with a second engine that goes through the list as the text says', () => {
    const rule = fc.record({
      action: fc.constantFrom(...RULE_ACTIONS),
      pagePattern: fc.constantFrom('', '^/a', 'b$', '/a.*b', '\\?q=', 'A'),
      countries: fc.subarray(['CO', 'VN', 'ES']),
      chatbotId: fc.constantFrom(null, 'ana', 'gone'),
      botCondition: fc.constantFrom(...BOT_CONDITIONS),
    })
    const facts = fc.record({
      path: fc.constantFrom('/', '/a', '/a/b', '/b', '/a?q=A', '/A/b'),
      country: fc.constantFrom(undefined, 'CO', 'VN', 'FR'),
      isSomebodyAvailable: fc.boolean(),
    })
    fc.assert(
      fc.property(fc.array(rule, { maxLength: 8 }), facts, (drafts, asked) => {
        const rules = drafts.map((draft) => ChatRuleSchema.parse(draft))
        const ready = readyRules(rules, isGone)

        const place = matchRules(ready, asked)?.place

        expect(place).toBe(naivePlace(rules, asked))
        const misses = missesOf(ready, asked)
        expect(misses.filter((miss) => miss === null)).toHaveLength(place === undefined ? 0 : 1)
        // Without those that hold or come after it, nothing that was missed would have held.
        const missed = ready.filter((_, at) => !HOLDING.includes(misses[at] ?? null))
        expect(matchRules(missed, asked)).toBeUndefined()
      }),
      { numRuns: 2_000 },
    )
  })
})

const HOLDING: readonly (string | null)[] = [null, 'earlier', 'country_first']

/** One list, sorted, then looked through. */
function naivePlace(rules: readonly ChatRule[], facts: RuleFacts): number | undefined {
  const rank = ({ countries }: ChatRule) => {
    if (countries.length === 0) return 1
    return facts.country !== undefined && countries.includes(facts.country) ? 0 : 2
  }
  const sorted = rules
    .map((rule, place) => ({ rule, place }))
    .filter(({ rule }) => rank(rule) < 2)
    .sort((one, other) => rank(one.rule) - rank(other.rule) || one.place - other.place)
  for (const { rule, place } of sorted) {
    if (!new RegExp(rule.pagePattern).test(facts.path)) continue
    if (rule.action === 'hide' || rule.chatbotId === null) return place
    if (isGone(rule.chatbotId)) continue
    if (rule.botCondition === 'nobody_available' && facts.isSomebodyAvailable) continue
    if (rule.botCondition === 'somebody_available' && !facts.isSomebodyAvailable) continue
    return place
  }
  return undefined
}

describe('what the page does', () => {
  const state = (rule: object, isSomebodyAvailable: boolean, whenNobody: 'form' | 'hidden') =>
    pageState(
      { rules: readyRules([ChatRuleSchema.parse(rule)], isGone), options: { whenNobody } },
      { path: '/', country: undefined, isSomebodyAvailable },
    )

  it.each([
    { what: 'somebody is there', isThere: true, bot: null, opens: true },
    { what: 'a bot is', isThere: false, bot: 'ana', opens: true },
    { what: 'nobody is', isThere: false, bot: null, opens: false },
  ])('opens by itself: $opens, where $what', ({ isThere, bot, opens }) => {
    const { isShown, rule } = state({ action: 'open', chatbotId: bot }, isThere, 'form')

    expect({ isShown, rule }).toEqual({
      isShown: true,
      rule: opens ? { action: 'open', afterSeconds: 10 } : undefined,
    })
  })

  it.each([
    { isThere: false, bot: null, isShown: false },
    { isThere: false, bot: 'ana', isShown: true },
    { isThere: true, bot: null, isShown: true },
  ])('hides what nobody answers where the channel says so: $isThere, $bot', (given) => {
    const texts = { en: 'Hello' }
    const { isShown, rule } = state(
      { action: 'notify', chatbotId: given.bot, texts },
      given.isThere,
      'hidden',
    )

    expect(isShown).toBe(given.isShown)
    expect(rule).toEqual(isShown ? { action: 'notify', texts } : undefined)
  })

  it.each([
    { url: 'https://shop.example/a/b?q=1#part', path: '/a/b?q=1', bare: '/a/b' },
    { url: '/a?x=/b', path: '/a?x=/b', bare: '/a' },
    { url: 'https://shop.example', path: '/', bare: '/' },
    { url: 'http://[', path: '/', bare: '/' },
    { url: '', path: '/', bare: '/' },
  ])('reads $path of $url', ({ url, path, bare }) => {
    expect([pathOf(url), pathOf(url, false)]).toEqual([path, bare])
  })
})

describe('hostile patterns and paths', () => {
  const rule = (pagePattern: string) => ChatRuleSchema.parse({ action: 'hide', pagePattern })
  const patterns = [
    '(a+)+!$',
    '(a|a)*c',
    '(a|b)*a(a|b){50}c',
    '(?:a?){60}a{60}$',
    '.*.*.*.*.*=.*$!',
    '(.*)a.{45}b.{45}$c',
  ]

  it('are tried in steps that grow with the path alone: a whole list ends', () => {
    const list = Array.from({ length: 100 }, (_, at) => patterns[at % patterns.length] ?? '')
    const ready: ReadyRule[] = readyRules(list.map(rule), isGone)
    const path = pathOf(`/${'ab'.repeat(50_000)}`)

    expect(path).toHaveLength(8_192)
    expect(matchRules(ready, { path, country: undefined, isSomebodyAvailable: true })).toBe(
      undefined,
    )
  })

  it.each(['(', 'a{500}', `${'(a{20}){20}'}`, '(?=a)', '(a)\\1'])(
    'refuses %s by its rule',
    (bad) => {
      expect(() => readyRules([rule(''), rule(bad)], isGone)).toThrow(/^rules\.1\.pagePattern: /)
    },
  )
})
