import type { Definition, DefinitionDraft } from '#protocol/definitions.ts'
import type { EventResult } from '#protocol/events.ts'
import { DEFINITION_PATH, DEFINITIONS_PATH, EVENTS_PATH } from '#protocol/names.ts'
import { change, send, type Reply } from '../api.ts'
import { pathOf } from '../settings/path-of.ts'

export function putDefinition(draft: DefinitionDraft): Promise<Reply<Definition>> {
  return change<Definition>('PUT', DEFINITIONS_PATH, draft)
}

export function removeDefinition({ id }: Definition): Promise<Reply<undefined>> {
  return change('DELETE', pathOf(DEFINITION_PATH, { definitionId: id }))
}

/** What the server answers to a page's events. */
export interface SentAnswer {
  readonly results: readonly EventResult[]
}

/** As a page of the shop's would, without a visitor. */
export function sendEvent(body: object): Promise<Reply<SentAnswer>> {
  return send<SentAnswer>(EVENTS_PATH, body)
}
