import { z } from 'zod'
import { FileImportSchema } from '#protocol/import-answers.ts'
import { StartFileImportSchema } from '#protocol/imports.ts'
import type { RouteDescription } from '../../core/api/description.ts'
import { Cursor, idOf, pageOf } from '../../core/api/fields.ts'

/** Of the routes of one kind of imports. */
export interface DescribedImports {
  readonly list: RouteDescription
  readonly upload: RouteDescription
  readonly read: RouteDescription
  readonly start: RouteDescription
  readonly faults: RouteDescription
  /** Missing: what such a file brought stays. */
  readonly undo?: RouteDescription
}

/** What the descriptions of one kind of imports have of their own. */
interface DescribedKind {
  readonly topic: string
  /** In names: `Product`, of which `uploadProductImport` is made. */
  readonly one: string
  /** For people: `products`. */
  readonly many: string
  /** An example of a file, and which of its columns holds which field. */
  readonly file: string
  readonly fields: Readonly<Record<string, string>>
  /** What the examples call the id of the upload. */
  readonly givenId: string
}

const ofImport = { importId: idOf('an import') }
const text =
  'The file is CSV, or has an object of JSON a line; at most 256 MB. The answer tells the columns, the first records and a guess of which column is what.'

export function describeImports(kind: DescribedKind): DescribedImports {
  const { topic, one, many, file, fields, givenId } = kind
  const params = { importId: `$${givenId}` }
  return {
    list: {
      name: `list${one}Imports`,
      topic,
      summary: `Files of ${many}, the newest first`,
      query: z.object({ cursor: Cursor }),
      answer: { status: 200, schema: pageOf(FileImportSchema) },
      example: {},
    },
    upload: {
      name: `upload${one}Import`,
      topic,
      summary: `Uploads a file of ${many}; nothing of it is anywhere yet`,
      text,
      body: { type: 'text/csv' },
      answer: { status: 201, schema: FileImportSchema },
      refusals: ['conflict'],
      example: { body: file, gives: { [givenId]: 'id' } },
    },
    read: {
      name: `read${one}Import`,
      topic,
      summary: 'How far an import has come, and which lines were left out',
      params: ofImport,
      answer: { status: 200, schema: FileImportSchema },
      example: { params },
    },
    start: {
      name: `start${one}Import`,
      topic,
      summary: 'Begins to read an uploaded file; goes on after the answer',
      params: ofImport,
      body: { schema: StartFileImportSchema },
      answer: { status: 200, schema: FileImportSchema },
      refusals: ['conflict'],
      example: { params, body: { mapping: { fields } } },
    },
    faults: {
      name: `list${one}ImportFaults`,
      topic,
      summary: 'The lines that were left out, and why, as a CSV file',
      params: ofImport,
      answer: { status: 200, type: 'text/csv' },
      example: { params },
    },
  }
}

/** Only what a shop's products were before is kept. */
export function describeUndoing({ topic, one, givenId }: DescribedKind): RouteDescription {
  return {
    name: `undo${one}Import`,
    topic,
    summary: 'Begins to put back what was there before an import',
    text: 'What has been changed since stays. Only an import that is done can be undone, once.',
    params: ofImport,
    answer: { status: 200, schema: FileImportSchema },
    refusals: ['conflict'],
    example: { params: { importId: `$${givenId}` } },
  }
}
