import { factsOfCustomers, type Buyer, type JudgeBuyers } from '../customers/service.ts'
import { documentOf } from '../events/service.ts'
import { conditionOf, judgeOf, type Judged } from './judge.ts'
import { findProfiles, type Handle } from './store.ts'

interface BuyersDeps {
  readonly handle: Handle
  readonly now: () => number
  readonly timeZoneOf: (shopId: number) => Promise<string>
}

/** Judges who ordered by the customer that they are, else by the browser they ordered with; nobody known fulfils nothing. */
export function createBuyerJudge({ handle, now, timeZoneOf }: BuyersDeps): JudgeBuyers {
  async function judgedOf(shopId: number, buyers: readonly Buyer[]): Promise<readonly Judged[]> {
    const customerIds = distinct(buyers.map(({ customerId }) => customerId))
    const guests = buyers.filter(({ customerId }) => customerId === null)
    const visitorIds = distinct(guests.map(({ visitorId }) => visitorId))
    const customers = await findProfiles(handle, 'customer', shopId, customerIds)
    const visitors = await findProfiles(handle, 'visitor', shopId, visitorIds)
    const parts =
      customerIds.length === 0 ? undefined : await factsOfCustomers(handle, shopId, customerIds)
    return buyers.map(({ customerId, visitorId }) => {
      const profile = customerId === null ? visitors.get(visitorId ?? 0) : customers.get(customerId)
      const part = parts?.get(customerId ?? 0)
      return { profile, document: profile && documentOf(profile.document), part }
    })
  }

  return async (shopId, text) => {
    const holds = judgeOf(now, await timeZoneOf(shopId), conditionOf(text))
    return async (buyers) => (await judgedOf(shopId, buyers)).map(holds)
  }
}

function distinct(ids: readonly (number | null)[]): number[] {
  return [...new Set(ids.filter((id) => id !== null))]
}
