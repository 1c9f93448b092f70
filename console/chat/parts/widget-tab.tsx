import type { Channel } from '#protocol/chat-channels.ts'
import { useSession } from '../../session.ts'
import { CopyButton } from '../../ui/copy-button.tsx'
import { TextField } from '../../ui/field.tsx'
import { FormEnd } from '../../ui/form.tsx'
import { Notice } from '../../ui/notice.tsx'
import { Section } from '../../ui/section.tsx'
import { useWords } from '../../words.ts'
import { hostedAddress } from '../addresses.ts'
import { chatTagOf } from '../chat-tag.ts'

/** How visitors get at this channel: by the tag of the shop's pages, or by a link. */
export function WidgetTab({ channel }: { readonly channel: Channel }) {
  const { t } = useWords()
  const { shop } = useSession()
  const server = location.origin
  const { id, isSelected, isArchived } = channel
  const snippet = chatTagOf({ server, shopKey: shop.key, channelId: isSelected ? undefined : id })
  const link = hostedAddress(server, id)
  return (
    <div class="channel-column">
      {isArchived && <Notice tone="warn" title={t('channel.widget.archived')} />}
      <Section
        title={t('channel.widget.snippet')}
        text={t(isSelected ? 'channel.widget.snippet.selected' : 'channel.widget.snippet.other')}
      >
        <div class="form-rows">
          <TextField
            name="snippet"
            label={t('channel.widget.snippet.label')}
            value={snippet}
            rows={3}
            onInput={() => undefined}
            isFixed
            isCode
            isRequired
          />
          <FormEnd>
            <CopyButton text={snippet} label={t('channel.widget.snippet.copy')} />
          </FormEnd>
        </div>
      </Section>
      <Section title={t('channel.widget.link')} text={t('channel.widget.link.text')}>
        <div class="form-rows">
          <TextField
            name="link"
            label={t('channel.widget.link.label')}
            value={link}
            onInput={() => undefined}
            isFixed
            isCode
            isRequired
          />
          <FormEnd>
            <CopyButton text={link} label={t('channel.widget.link.copy')} />
            <a class="button" href={link} target="_blank" rel="noreferrer">
              {t('channel.widget.link.open')}
            </a>
          </FormEnd>
        </div>
      </Section>
      <Section title={t('channel.widget.own')} text={t('channel.widget.own.text')}>
        <div class="form-rows">
          <TextField
            name="own-button"
            label={t('channel.widget.own.label')}
            value={`<button data-gp-open-chat>${t('channel.default.launcher')}</button>`}
            onInput={() => undefined}
            isFixed
            isCode
            isRequired
          />
        </div>
      </Section>
    </div>
  )
}
