import { factsOfCustomers, type Buyer, type JudgeBuyers } from '../customers/service.ts'
import { documentOf } from '../events/service.ts'
import type { ChatParts } from '../targeting/service.ts'
import { conditionOf, judgeOf, type Judged, type JudgePerson } from './judge.ts'
import { findProfiles, type Handle } from './store.ts'

interface BuyersDeps {
  readonly handle: Handle
  readonly chatParts: ChatParts
  readonly now: () => number
  readonly timeZoneOf: (shopId: number) => Promise<string>
}

/** Judges who ordered by the customer that they are, else by the browser they ordered with; nobody known fulfils nothing. */
export function createBuyerJudge(deps: BuyersDeps): JudgeBuyers {
  const { handle, chatParts, now, timeZoneOf } = deps
  async function judgedOf(
    shopId: number,
    buyers: readonly Buyer[],
    { readsChat }: JudgePerson,
  ): Promise<readonly Judged[]> {
    const customerIds = distinct(buyers.map(({ customerId }) => customerId))
    const guests = buyers.filter(({ customerId }) => customerId === null)
    const visitorIds = distinct(guests.map(({ visitorId }) => visitorId))
    const customers = await findProfiles(handle, 'customer', shopId, customerIds)
    const visitors = await findProfiles(handle, 'visitor', shopId, visitorIds)
    const parts =
      customerIds.length === 0 ? undefined : await factsOfCustomers(handle, shopId, customerIds)
    const chats = readsChat && {
      customer: await chatParts(handle, shopId, 'customer', customerIds),
      visitor: await chatParts(handle, shopId, 'visitor', visitorIds),
    }
    return buyers.map(({ customerId, visitorId }) => {
      const profile = customerId === null ? visitors.get(visitorId ?? 0) : customers.get(customerId)
      const part = parts?.get(customerId ?? 0)
      const chat =
        customerId === null
          ? chats && chats.visitor.get(visitorId ?? 0)
          : chats && chats.customer.get(customerId)
      return {
        profile,
        document: profile && documentOf(profile.document),
        part,
        chat: chat || undefined,
      }
    })
  }

  return async (shopId, text) => {
    const judge = judgeOf(now, await timeZoneOf(shopId), conditionOf(text))
    return async (buyers) => (await judgedOf(shopId, buyers, judge)).map(judge.holds)
  }
}

function distinct(ids: readonly (number | null)[]): number[] {
  return [...new Set(ids.filter((id) => id !== null))]
}
