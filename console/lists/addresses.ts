import { IMPORT_PATH, LIST_IMPORTS_PATH, LIST_MEMBERS_PATH } from '#protocol/names.ts'
import { pathOf } from '../settings/path-of.ts'

export const LISTS_PAGE_PATH = '/console/lists'
const LIST_PAGE_PATH = '/console/list'

/** The page of one contact list. */
export function listAddress(id: string): string {
  return pathOf(LIST_PAGE_PATH, {}, { id })
}

export function listMembersPath(listId: string): string {
  return pathOf(LIST_MEMBERS_PATH, { listId })
}

export function listImportsPath(listId: string): string {
  return pathOf(LIST_IMPORTS_PATH, { listId })
}

export function importPath(importId: string): string {
  return pathOf(IMPORT_PATH, { importId })
}
