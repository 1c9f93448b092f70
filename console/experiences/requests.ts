import type {
  Drawing,
  ExperiencePriorities,
  PreviewLink,
  PreviewRequest,
} from '#protocol/experience-management.ts'
import type { ChangedExperience, Experience, ExperienceDraft } from '#protocol/experiences.ts'
import {
  EXPERIENCE_DRAWINGS_PATH,
  EXPERIENCE_PRIORITIES_PATH,
  EXPERIENCES_PATH,
} from '#protocol/names.ts'
import type { Popup } from '#protocol/popup.ts'
import { change, send } from '../api.ts'
import { MOST_EXPERIENCES } from './bounds.ts'

export const createExperience = (draft: ExperienceDraft) =>
  send<ChangedExperience>(EXPERIENCES_PATH, draft)

/** Refused (`conflict`) where it is at another version by now. */
export const replaceExperience = ({
  id,
  version,
  draft,
}: Pick<Experience, 'id' | 'version'> & { readonly draft: ExperienceDraft }) =>
  change<ChangedExperience>('PUT', `${experiencePath(id)}?version=${version}`, draft)

export const prioritise = (priorities: ExperiencePriorities) =>
  change('PUT', EXPERIENCE_PRIORITIES_PATH, priorities)

export const drawPopup = (content: Popup) => send<Drawing>(EXPERIENCE_DRAWINGS_PATH, { content })

export const createPreview = ({ id, ...request }: PreviewRequest & { readonly id: string }) =>
  send<PreviewLink>(`${experiencePath(id)}/previews`, request)

export const endPreviews = (id: string) => change('DELETE', `${experiencePath(id)}/previews`)

export function experiencePath(id: string): string {
  return `${EXPERIENCES_PATH}/${encodeURIComponent(id)}`
}

/** A shop has no more than one page of them. */
export const ALL_EXPERIENCES_PATH = `${EXPERIENCES_PATH}?limit=${MOST_EXPERIENCES}`
