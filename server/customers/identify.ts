import type { IdentityRule, TraitValue, VisitorNote } from '#protocol/customers.ts'
import {
  changeOf,
  insertCustomer,
  lockCustomer,
  lockUserId,
  updateCustomer,
  userIdOf,
  type CustomerRow,
  type Transaction,
} from './customer-store.ts'
import { joinOutcome, type JoinOutcome } from './join-outcome.ts'
import { absorb, type Merged } from './merge.ts'
import { adoptOrders } from './order-store.ts'
import { joinTraits, NOTHING_TOLD, stampOf, toldBy } from './trait-state.ts'
import { readTraits, type Traits } from './traits.ts'

/** An identify or alias, by whom it was said and how far that can be believed. */
export interface Identification {
  /** The shop's own id; null: traits only. Those that stand for nobody were refused before (`bad_user_id`). */
  readonly userId: string | null
  readonly traits: Readonly<Record<string, unknown>>
  /** A signature of the shop's server proved the user id, or a secret key sent it. */
  readonly isProven: boolean
  readonly rule: IdentityRule
  readonly at: number
  readonly eventId: Buffer
  /** Null: sent without a visitor, or with a token that was not its own. */
  readonly visitor: {
    readonly id: number
    /** `visitors.customerId`, which may have become another customer since. */
    readonly customerId: number | null
  } | null
}

export type Identified =
  | {
      readonly kind: 'customer'
      readonly customerId: number
      readonly isNew: boolean
      /** False: nothing of the customer's earlier profile may be told to this visitor. */
      readonly isProven: boolean
      /** Null where there was no visitor. */
      readonly join: JoinOutcome | null
      /** The visitor's former customer, which had no user id, is this one now. */
      readonly merged?: Merged
    }
  | { readonly kind: 'note'; readonly note: VisitorNote }
  /** An alias would have made one of two customers; only `mergeCustomers` does. */
  | { readonly kind: 'two_customers' }

/** Says who a visitor is: finds or makes the customer, keeps the newest of each trait, and tells what becomes of the visitor. */
export async function identifyCustomer(
  transaction: Transaction,
  shopId: number,
  said: Identification,
): Promise<Identified> {
  const traits = readTraits(said.traits)
  const { userId } = said
  if (userId === null) return tellOfVisitor(transaction, shopId, said, traits)
  if (said.rule === 'required' && !said.isProven) return noteOf(said, traits)
  const { row, isNew } = await claimUserId(transaction, shopId, userId, said)
  const customer = await tell(transaction, shopId, row, said, traits)
  const joined = await joinVisitor(transaction, shopId, customer, said)
  return { kind: 'customer', customerId: customer.id, isNew, isProven: said.isProven, ...joined }
}

/**
 * Another name for a visitor. Of an anonymous one it makes what identify does. Who has a user id already gets a second
 * one only from a secret key (`isProven` is not enough: a visitor and a name may be proven by two people), and never one
 * that is another customer's.
 */
export async function aliasCustomer(
  transaction: Transaction,
  shopId: number,
  said: Identification & { readonly userId: string; readonly isFromSecretKey: boolean },
): Promise<Identified> {
  const visitorCustomerId = said.visitor?.customerId ?? null
  if (visitorCustomerId === null) return identifyCustomer(transaction, shopId, said)
  const customer = await lockCustomer(transaction, shopId, visitorCustomerId)
  const known = customer && (await userIdOf(transaction, shopId, customer))
  if (customer === undefined || known === null) {
    return identifyCustomer(transaction, shopId, said)
  }
  const same = { kind: 'customer', customerId: customer.id, isNew: false, join: 'same' } as const
  const { isProven } = said
  if (known === said.userId) return { ...same, isProven }
  if (!said.isFromSecretKey) return noteOf(said, new Map())
  const pointer = await insertCustomer(transaction, shopId, {
    userId: said.userId,
    mergedInto: customer.id,
    traits: NOTHING_TOLD,
    isVerified: true,
    createdAt: said.at,
    updatedAt: said.at,
  })
  if (pointer !== undefined) return { ...same, isProven }
  const holder = await lockUserId(transaction, shopId, said.userId)
  return holder?.id === customer.id ? { ...same, isProven } : { kind: 'two_customers' }
}

/** The customer with that user id, locked; the unique index decides who makes it. */
async function claimUserId(
  transaction: Transaction,
  shopId: number,
  userId: string,
  { at, isProven }: Identification,
): Promise<{ readonly row: CustomerRow; readonly isNew: boolean }> {
  const known = await lockUserId(transaction, shopId, userId)
  if (known !== undefined) return { row: known, isNew: false }
  const draft = { traits: NOTHING_TOLD, isVerified: isProven, createdAt: at, updatedAt: at }
  const made = await insertCustomer(transaction, shopId, { userId, ...draft })
  if (made !== undefined) return { row: made, isNew: true }
  const other = await lockUserId(transaction, shopId, userId)
  if (other === undefined) throw new Error('A customer was neither found nor made')
  return { row: other, isNew: false }
}

/** Keeps what was told of a customer whose row is locked: of each trait the newest. */
export async function tell(
  transaction: Transaction,
  shopId: number,
  row: CustomerRow,
  { at, eventId, isProven, userId }: Pick<Identification, 'at' | 'eventId' | 'isProven' | 'userId'>,
  traits: Traits,
): Promise<CustomerRow> {
  const known = changeOf(row)
  const change = {
    traits: joinTraits(known.traits, toldBy(traits, stampOf(at, eventId))),
    isVerified: known.isVerified || (isProven && userId !== null),
    createdAt: Math.min(known.createdAt, at),
    updatedAt: Math.max(known.updatedAt, at),
  }
  await updateCustomer(transaction, shopId, row.id, change)
  return row
}

async function joinVisitor(
  transaction: Transaction,
  shopId: number,
  identified: CustomerRow,
  { visitor }: Identification,
): Promise<{ readonly join: JoinOutcome | null; readonly merged?: Merged }> {
  if (visitor === null) return { join: null }
  const own =
    visitor.customerId === null
      ? undefined
      : await lockCustomer(transaction, shopId, visitor.customerId)
  const visitorCustomer =
    own === undefined ? null : { id: own.id, userId: await userIdOf(transaction, shopId, own) }
  const join = joinOutcome({ visitorCustomer, identifiedCustomerId: identified.id })
  if (join === 'join') await adoptOrders(transaction, shopId, visitor.id, identified.id)
  if (join !== 'join' || own === undefined) return { join }
  // Read again: it has just been told something.
  const winner = await lockCustomer(transaction, shopId, identified.id)
  if (winner === undefined) throw new Error('A locked customer is gone')
  return { join, merged: await absorb(transaction, shopId, own, winner) }
}

/** Traits without a user id are the visitor's own; with an address they make it a customer that the shop can reach. */
async function tellOfVisitor(
  transaction: Transaction,
  shopId: number,
  said: Identification,
  traits: Traits,
): Promise<Identified> {
  const { visitor, rule, isProven, at } = said
  if (visitor === null) return noteOf(said, traits)
  if (visitor.customerId !== null) {
    const own = await lockCustomer(transaction, shopId, visitor.customerId)
    if (own !== undefined) {
      const isKnown = (await userIdOf(transaction, shopId, own)) !== null
      if (isKnown && rule === 'required' && !isProven) return noteOf(said, traits)
      await tell(transaction, shopId, own, said, traits)
      return { kind: 'customer', customerId: own.id, isNew: false, isProven, join: 'same' }
    }
  }
  if (!hasAddress(traits)) return noteOf(said, traits)
  const made = await insertCustomer(transaction, shopId, {
    userId: null,
    traits: toldBy(traits, stampOf(at, said.eventId)),
    isVerified: false,
    createdAt: at,
    updatedAt: at,
  })
  if (made === undefined) throw new Error('A customer without a user id was taken for another')
  await adoptOrders(transaction, shopId, visitor.id, made.id)
  return { kind: 'customer', customerId: made.id, isNew: true, isProven, join: 'join' }
}

function hasAddress(traits: Traits): boolean {
  return typeof traits.get('email') === 'string' || typeof traits.get('phone') === 'string'
}

function noteOf({ userId, at }: Identification, traits: Traits): Identified {
  const told = [...traits].filter((entry): entry is [string, TraitValue] => entry[1] !== null)
  const note = { traits: Object.fromEntries(told.slice(0, MAX_NOTED)), at }
  return { kind: 'note', note: userId === null ? note : { ...note, userId } }
}

const MAX_NOTED = 50
