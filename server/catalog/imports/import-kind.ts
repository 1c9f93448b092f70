import type { FileMapping, ImportKindName } from '#protocol/imports.ts'
import type { Transaction } from '../../db/transaction.ts'

/** One record of a file: by column, what stands there. Undefined: it could not be read. */
export interface SourceRecord {
  readonly line: number
  readonly values: ReadonlyMap<string, unknown> | undefined
}

/** A field that a column may be taken for, with the names that files give it. */
export interface ImportField {
  readonly name: string
  readonly spelling: RegExp
}

/** What became of one record. */
export type RecordOutcome =
  | { readonly outcome: 'created' | 'changed' | 'unchanged' }
  | { readonly fault: string; readonly detail: string }

/** Some records of an import, to be written. */
export interface ImportBatch {
  readonly importId: number
  /** That the file was fetched from; null: somebody uploaded it. */
  readonly feedId: number | null
  readonly records: readonly SourceRecord[]
  readonly mapping: FileMapping
  /** ISO 4217: of amounts that name none. */
  readonly currency: string
  readonly at: number
  /** Awaited between pieces, so that others have their turn. */
  readonly between: () => Promise<void> | undefined
}

/** What is read of a file, and how it is written. Everything else is the same for all kinds. */
export interface ImportKind {
  readonly kind: ImportKindName
  readonly fields: readonly ImportField[]
  /** At least one of them must have a column. */
  readonly names: readonly string[]
  /** Whether columns that are no field may be kept as attributes. */
  readonly hasAttributes: boolean
  /**
   * Outcomes in the order of the records. Missing: they are written before the transaction that notes how far it has
   * come (`writeAhead`), and again by whoever goes on after a crash.
   */
  readonly write?: (
    transaction: Transaction,
    shopId: number,
    batch: ImportBatch,
  ) => Promise<readonly RecordOutcome[]>
  readonly writeAhead?: (
    shopId: number,
    batch: Omit<ImportBatch, 'between'>,
  ) => Promise<readonly RecordOutcome[]>
  /** Takes back some of what an import wrote; 0: nothing is left. Missing: it can't be taken back. */
  readonly undoSome?: (
    transaction: Transaction,
    shopId: number,
    batch: Pick<ImportBatch, 'importId' | 'at' | 'between'>,
  ) => Promise<{ readonly seen: number; readonly undone: number }>
  /** Forgets some of what undoing an older import would need; false: nothing is left. */
  readonly forgetSome?: (
    transaction: Transaction,
    shopId: number,
    importId: number,
  ) => Promise<boolean>
}
