import type { ExperienceVersion } from '#protocol/experience-management.ts'
import type { ExperienceDraft } from '#protocol/experiences.ts'
import type { MessageKey } from '../messages/en.ts'
import type { Words } from '../words.ts'

const FIELDS = {
  key: 'history.field.key',
  name: 'history.field.name',
  kind: 'history.field.kind',
  state: 'history.field.state',
  priority: 'history.field.priority',
  targeting: 'history.field.targeting',
  triggers: 'history.field.triggers',
  frequency: 'history.field.frequency',
  goal: 'history.field.goal',
  startsAt: 'history.field.schedule',
  endsAt: 'history.field.schedule',
  content: 'history.field.content',
} as const satisfies Record<keyof ExperienceDraft, MessageKey>

/** What a version changed, as a sentence. */
export function changedWords(
  { changed, state }: Pick<ExperienceVersion, 'changed' | 'state'>,
  { t, list }: Words,
): string {
  if (changed.length === 0) return t('history.first')
  if (changed.length === 1 && changed[0] === 'state') return t(`history.became.${state}`)
  const names = changed.map((name) => (isField(name) ? t(FIELDS[name]) : name))
  return t('history.changed', { fields: list([...new Set(names)]) })
}

function isField(name: string): name is keyof typeof FIELDS {
  return Object.hasOwn(FIELDS, name)
}
