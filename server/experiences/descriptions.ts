import { z } from 'zod'
import {
  ChangedExperienceSchema,
  ExperienceResultsSchema,
  ExperienceSchema,
  ExperienceSettingsSchema,
  StoredExperienceSchema,
  StoredSubmissionSchema,
  TemplateSchema,
} from '#protocol/experiences.ts'
import type { RouteDescription } from '../core/api/description.ts'
import { idOf, pageQuery, pageOf } from '../core/api/fields.ts'

const topic = 'Experiences'
const params = { id: idOf('an experience') }
const WELCOME = {
  key: 'welcome-bar',
  name: 'Welcome bar',
  kind: 'popup',
  state: 'draft',
  targeting: { kind: 'page', field: 'path', test: { op: 'starts', value: '/demo/' } },
  triggers: [{ on: 'delay', seconds: 3 }],
  frequency: { per: 'session' },
  content: {
    layout: { kind: 'bar', edge: 'top' },
    design: {
      kind: 'blocks',
      blocks: [
        { kind: 'text', text: { en: 'Welcome!', es: '¡Bienvenida!' } },
        { kind: 'button', text: 'See the tables', action: { do: 'link', url: '/demo/' } },
      ],
    },
  },
}
const dateField = (text: string) => z.iso.date().optional().describe(text)

export const describedExperiences = {
  list: {
    name: 'listExperiences',
    topic,
    summary: 'The shop’s experiences, by key',
    query: pageQuery(200),
    answer: { status: 200, schema: pageOf(StoredExperienceSchema) },
    example: { query: { limit: '50' }, gives: { FORM_ID: 'items.2.id' } },
  },
  create: {
    name: 'createExperience',
    topic,
    summary: 'Makes an experience',
    text: 'removed tells what its own HTML may not have, so that pages get it without.',
    body: { schema: ExperienceSchema },
    answer: { status: 201, schema: ChangedExperienceSchema },
    refusals: ['conflict'],
    example: { body: WELCOME, gives: { EXPERIENCE_ID: 'id' } },
  },
  read: {
    name: 'readExperience',
    topic,
    summary: 'One experience',
    params,
    answer: { status: 200, schema: StoredExperienceSchema },
    example: { params: { id: '$EXPERIENCE_ID' } },
  },
  replace: {
    name: 'replaceExperience',
    topic,
    summary: 'Replaces the whole experience; “state” starts, pauses and ends it',
    params,
    body: { schema: ExperienceSchema },
    answer: { status: 200, schema: ChangedExperienceSchema },
    refusals: ['conflict'],
    example: { params: { id: '$EXPERIENCE_ID' }, body: { ...WELCOME, state: 'active' } },
  },
  remove: {
    name: 'deleteExperience',
    topic,
    summary: 'Removes an experience, its figures and submissions with it',
    params,
    answer: { status: 204 },
    example: { params: { id: '$EXPERIENCE_ID' } },
  },
  results: {
    name: 'readExperienceResults',
    topic,
    summary: 'What came of an experience, in all and day by day',
    text: 'Dates are those of the shop’s time zone, both included.',
    params,
    query: z.object({ from: dateField('The first day'), to: dateField('The last day') }),
    answer: { status: 200, schema: ExperienceResultsSchema },
    example: {
      params: { id: '$EXPERIENCE_ID' },
      query: { from: '2026-11-01', to: '2026-11-30' },
    },
  },
  submissions: {
    name: 'listExperienceSubmissions',
    topic,
    summary: 'What visitors filled in, the newest first',
    params,
    query: pageQuery(200),
    answer: { status: 200, schema: pageOf(StoredSubmissionSchema) },
    example: { params: { id: '$FORM_ID' } },
  },
  templates: {
    name: 'listExperienceTemplates',
    topic,
    summary: 'Designs to start from',
    answer: { status: 200, schema: pageOf(TemplateSchema) },
    example: {},
  },
  settings: {
    name: 'readExperienceSettings',
    topic,
    summary: 'What holds for all experiences of the shop',
    answer: { status: 200, schema: ExperienceSettingsSchema },
    example: {},
  },
  changeSettings: {
    name: 'replaceExperienceSettings',
    topic,
    summary: 'Changes it; isOn: false shows nothing any more, whatever is active',
    body: { schema: ExperienceSettingsSchema },
    answer: { status: 200, schema: ExperienceSettingsSchema },
    example: { body: { isOn: true, perSession: 2, gapSeconds: 60 } },
  },
} as const satisfies Record<string, RouteDescription>
