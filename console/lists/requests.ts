import type { Address, ContactList, ListImport, Mapping } from '#protocol/customers.ts'
import { IMPORT_START_PATH, LISTS_PATH } from '#protocol/names.ts'
import { read, send, type Reply } from '../api.ts'
import { pathOf } from '../settings/path-of.ts'
import { importPath, listImportsPath, listMembersPath } from './addresses.ts'

export function makeList(name: string): Promise<Reply<ContactList>> {
  return send<ContactList>(LISTS_PATH, { name })
}

export interface MembersChange {
  readonly listId: string
  readonly add?: readonly Address[]
  readonly remove?: readonly Address[]
}

export function changeMembers({
  listId,
  add = [],
  remove = [],
}: MembersChange): Promise<Reply<undefined>> {
  return send(listMembersPath(listId), { add, remove })
}

/** The file as it is; the answer says what it looks like. */
export function uploadFile(listId: string, file: Blob): Promise<Reply<ListImport>> {
  return send<ListImport>(listImportsPath(listId), new Blob([file], { type: 'text/csv' }))
}

export function startImport(importId: string, mapping: Mapping): Promise<Reply<ListImport>> {
  return send<ListImport>(pathOf(IMPORT_START_PATH, { importId }), { mapping })
}

export function readImport(importId: string): Promise<Reply<ListImport>> {
  return read<ListImport>(importPath(importId))
}
