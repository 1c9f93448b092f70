import { useState } from 'preact/hooks'
import type { Popup } from '#protocol/popup.ts'
import { isNarrow } from '../../shell/narrow.ts'
import { useSession } from '../../session.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { TextField } from '../../ui/field.tsx'
import { useWords } from '../../words.ts'
import { blocksIn, replaced, withBlocks, type BlockList } from '../blocks.ts'
import type { EditorModel } from '../editor-model.ts'
import { faultsOfBlock, type Fault } from '../faults.ts'
import { languagesOf } from '../local-texts.ts'
import { BlockListEditor } from './block-list.tsx'
import { BlockOptions } from './block-options.tsx'
import { Group } from './group.tsx'
import { HtmlOptions } from './html-options.tsx'
import { LanguageOptions } from './language-options.tsx'
import { LayoutOptions } from './layout-options.tsx'
import { PreviewPane } from './preview-pane.tsx'
import { ThemeOptions } from './theme-options.tsx'

interface DesignTabProps {
  readonly editor: EditorModel
  readonly faults: readonly Fault[]
}

export interface ChosenBlock {
  readonly list: BlockList
  readonly at: number
}

/** What it is made of beside what visitors will see of it. */
export function DesignTab({ editor, faults }: DesignTabProps) {
  const { t, language: own } = useWords()
  const { shop } = useSession()
  const { content, name, key } = editor.draft.value
  const languages = languagesOf(content)
  const [wanted, setLanguage] = useState<string | undefined>(undefined)
  const usual = languages.includes(own) ? own : languages[0]
  const language = wanted !== undefined && languages.includes(wanted) ? wanted : usual
  const [chosen, setChosen] = useState<ChosenBlock | undefined>(undefined)
  const [isThanks, setThanks] = useState(false)
  const block = chosen && blocksIn(content, chosen.list)[chosen.at]
  const change = (next: Popup, mark?: string) => editor.change({ content: next }, mark)

  function choose(next: ChosenBlock | undefined): void {
    setChosen(next)
    if (next !== undefined) setThanks(next.list === 'thanks')
  }

  const options = chosen !== undefined && block !== undefined && (
    <BlockOptions
      key={`${chosen.list} ${chosen.at}`}
      block={block}
      language={language}
      currency={shop.currency}
      timeZone={shop.timeZone}
      faults={faultsOfBlock(faults, chosen.list, chosen.at)}
      onChange={(next, field) => {
        const blocks = replaced(blocksIn(content, chosen.list), chosen.at, next)
        change(
          withBlocks(content, chosen.list, blocks),
          field && `${chosen.list}.${chosen.at}.${field}`,
        )
      }}
    />
  )
  const lists = (['blocks', 'thanks'] as const).filter((list) => hasList(content, list))
  return (
    <div class="design">
      <div class="design-side">
        {options !== false && !isNarrow.value ? (
          <section class="block-panel" aria-label={block && t(`block.${block.kind}`)}>
            <Button kind="quiet" icon="back" onClick={() => setChosen(undefined)}>
              {t('editor.all_blocks')}
            </Button>
            {options}
          </section>
        ) : (
          <>
            {content.design.kind === 'html' && (
              <HtmlOptions content={content} faults={faults} onChange={change} />
            )}
            {lists.map((list) => (
              <BlockListEditor
                key={list}
                list={list}
                content={content}
                language={language}
                currency={shop.currency}
                faults={faults}
                onChange={change}
                onChoose={(at) => choose({ list, at })}
              />
            ))}
            <Group title={t('editor.layout')} isOpen>
              <LayoutOptions content={content} faults={faults} onChange={change} />
            </Group>
            <Group title={t('editor.theme')}>
              <ThemeOptions
                theme={content.theme}
                onChange={(theme, mark) => change({ ...content, theme }, mark)}
              />
            </Group>
            <Group title={t('editor.languages')}>
              <LanguageOptions
                content={content}
                language={language}
                onLanguage={setLanguage}
                onChange={change}
              />
            </Group>
            <Group title={t('editor.names')}>
              <TextField
                name="name"
                label={t('editor.name')}
                hint={t('editor.name.hint')}
                value={name}
                maxLength={200}
                isRequired
                onInput={(value) => editor.change({ name: value }, 'name')}
              />
              <TextField
                name="key"
                label={t('editor.key')}
                hint={t('editor.key.hint', { key })}
                value={key}
                maxLength={63}
                isCode
                isRequired
                onInput={(value) => editor.change({ key: value }, 'key')}
              />
            </Group>
          </>
        )}
      </div>
      <PreviewPane
        content={content}
        language={language ?? own}
        isThanks={isThanks && lists.includes('thanks')}
        onThanks={lists.includes('thanks') ? setThanks : undefined}
      />
      {options !== false && isNarrow.value && block !== undefined && (
        <Dialog title={t(`block.${block.kind}`)} isOpen onClose={() => setChosen(undefined)}>
          {options}
        </Dialog>
      )}
    </div>
  )
}

/** Own HTML has no blocks; thanks are told where something is sent. */
function hasList({ design }: Popup, list: BlockList): boolean {
  if (list === 'blocks') return design.kind === 'blocks'
  if (design.kind === 'html' || (design.thanks?.length ?? 0) > 0) return true
  return design.blocks.some((one) => one.kind === 'button' && one.action.do === 'submit')
}
