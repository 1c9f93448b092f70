import type { ExperienceInput } from '#protocol/experiences.ts'
import type { Words } from '../words.ts'

/** Nothing but a heading, for everybody, on every page. */
export function blankExperience({ t }: Pick<Words, 't'>): ExperienceInput {
  return {
    key: 'pop-up',
    name: t('gallery.blank.name'),
    kind: 'popup',
    targeting: { kind: 'all', of: [] },
    triggers: [{ on: 'delay', seconds: 5 }],
    frequency: { per: 'session', stopAfter: ['closing'] },
    content: {
      layout: { kind: 'modal' },
      design: {
        kind: 'blocks',
        blocks: [
          { kind: 'heading', text: t('block.new.heading') },
          { kind: 'text', text: t('block.new.text') },
          { kind: 'button', text: t('block.new.button'), action: { do: 'close' } },
        ],
      },
    },
  }
}
