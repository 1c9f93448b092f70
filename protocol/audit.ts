import { z } from 'zod'

export const ACTOR_KINDS = ['key', 'member', 'command'] as const

/** One entry of the audit log. */
export const AuditEntrySchema = z
  .object({
    seq: z.int(),
    at: z.int(),
    /** A key by its last four characters, a member by its id. */
    actor: z.object({ kind: z.enum(ACTOR_KINDS), name: z.string() }),
    /** Without the part that would name one machine; empty where there was none. */
    address: z.string(),
    /** `audience.created`. */
    action: z.string(),
    object: z.object({ kind: z.string(), id: z.string() }),
    /** What was and what is of the fields that changed. Long or personal ones are told by a digest. */
    before: z.record(z.string(), z.unknown()).nullable(),
    after: z.record(z.string(), z.unknown()).nullable(),
    /** Hex; over this entry and the hash of the one before. */
    hash: z.string(),
  })
  .meta({ id: 'AuditEntry' })
export type AuditEntry = Readonly<z.output<typeof AuditEntrySchema>>

/** `cut`: the newest entries are missing. `rewritten`: the log is not the one that ended as it was noted to. */
export const CHAIN_FAULTS = ['missing', 'changed', 'cut', 'rewritten'] as const
export type ChainFault = (typeof CHAIN_FAULTS)[number]

/** Whether the log still is what was written. */
export const AuditVerificationSchema = z
  .object({
    isWhole: z.boolean(),
    checkedAt: z.int(),
    /** How many entries were found to be as they were written. */
    entries: z.int(),
    /** `<number>:<hash>`, to be kept elsewhere; null where the log is not whole. */
    end: z.string().nullable(),
    /** The first entry that is not as it was written, and what is wrong with it. */
    brokenAt: z.int().nullable(),
    fault: z.enum(CHAIN_FAULTS).nullable(),
  })
  .meta({ id: 'AuditVerification' })
export type AuditVerification = Readonly<z.output<typeof AuditVerificationSchema>>

/** `null`: it was never checked. */
export const AuditCheckSchema = z
  .object({ last: AuditVerificationSchema.nullable() })
  .meta({ id: 'AuditCheck' })
export type AuditCheck = Readonly<z.output<typeof AuditCheckSchema>>

/** `end`: that of an earlier check, which must be in the log still. */
export const NewAuditCheckSchema = z.strictObject({ end: z.string().max(100).optional() })
