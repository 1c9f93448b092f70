import type { Person } from '#protocol/people.ts'

interface Money {
  readonly amount: number
  readonly currency: string
}

export interface ShownCart {
  readonly value: Money | undefined
  readonly items: readonly {
    readonly productId: string
    readonly name: string | undefined
    readonly quantity: number
    readonly price: Money | undefined
  }[]
}

/** The cart of a profile, which the API tells as it is kept; undefined where it is empty. */
export function cartIn({ profile }: Pick<Person, 'profile'>): ShownCart | undefined {
  const cart: { readonly items?: unknown; readonly value?: unknown } = profile?.cart ?? {}
  const told: readonly unknown[] = Array.isArray(cart.items) ? cart.items : []
  const items = told.map((item) => {
    const { productId, name, quantity, price }: Record<string, unknown> = Object(item)
    return {
      productId: String(productId),
      name: typeof name === 'string' ? name : undefined,
      quantity: Number(quantity ?? 0),
      price: moneyIn(price),
    }
  })
  return items.length === 0 ? undefined : { value: moneyIn(cart.value), items }
}

function moneyIn(value: unknown): Money | undefined {
  const { amount, currency }: Record<string, unknown> = Object(value)
  return typeof amount === 'number' && typeof currency === 'string'
    ? { amount, currency }
    : undefined
}
