/** What an identify means for the visitor that sent it. */
export type JoinOutcome = 'join' | 'same' | 'new_visitor'

export interface JoinQuestion {
  /** Whose the visitor is already, as that customer is now; null: nobody's. */
  readonly visitorCustomer: { readonly id: number; readonly userId: string | null } | null
  readonly identifiedCustomerId: number
}

/**
 * `join`: the visitor becomes the customer's; `same`: it is already; `new_visitor`: another person sits at this browser,
 * whose events from here on are another visitor's, while the earlier ones stay where they are. A customer without
 * a user id is what this visitor alone told of itself before it had one, so it goes along.
 */
export function joinOutcome({ visitorCustomer, identifiedCustomerId }: JoinQuestion): JoinOutcome {
  if (visitorCustomer === null) return 'join'
  if (visitorCustomer.id === identifiedCustomerId) return 'same'
  return visitorCustomer.userId === null ? 'join' : 'new_visitor'
}
