import { useEffect, useRef } from 'preact/hooks'
import { Button } from '../../ui/button.tsx'
import { useWords } from '../../words.ts'
import { useBuilder } from '../builder-context.ts'
import { GROUP_MODES, type GroupView, type View } from '../view.ts'
import { AddLeaf } from './add-leaf.tsx'
import { InlineSelect } from './inline-select.tsx'
import { LeafRow } from './leaf-row.tsx'
import { PartNotes } from './part-notes.tsx'
import { RawRow } from './raw-row.tsx'
import { RowMenu } from './row-menu.tsx'

interface GroupBlockProps {
  readonly view: GroupView
  /** Levels above it. */
  readonly depth: number
}

/** As the server bounds it: groups of groups, and leaves in the last. */
const MOST_DEPTH = 5

/** Conditions of which all, any or none must hold. */
export function GroupBlock({ view, depth }: GroupBlockProps) {
  const { t } = useWords()
  const { model, isFixed } = useBuilder()
  const { id, mode, of } = view
  const head = useRef<HTMLDivElement>(null)
  const isWanted = model.wanted.value === id
  useEffect(() => {
    if (!isWanted) return
    head.current?.querySelector<HTMLElement>('select')?.focus()
    model.focused()
  }, [isWanted, model])
  const isRoot = depth === 0
  const name = t(`target.mode.${mode}`)
  const joint = t(mode === 'all' || mode === 'some_not' ? 'target.and' : 'target.or')
  return (
    <fieldset class={isRoot ? 'target-root' : 'target-group'} aria-label={name}>
      <div class="target-head" ref={head}>
        <span class="target-head-words">
          <span>{t(isRoot ? 'target.head' : 'target.head.group')}</span>
          {isFixed ? (
            <strong>{name}</strong>
          ) : (
            <InlineSelect
              label={t('target.mode')}
              value={mode}
              options={GROUP_MODES.map((value) => ({ value, label: t(`target.mode.${value}`) }))}
              onChange={(chosen) => {
                const known = GROUP_MODES.find((it) => it === chosen)
                if (known !== undefined) model.setMode(id, known)
              }}
            />
          )}
        </span>
        {!isRoot && !isFixed && <RowMenu view={view} name={name} />}
      </div>
      <PartNotes id={id} />
      {of.length === 0 && (
        <p class="target-none">{t(isRoot ? `target.none.${mode}` : 'target.none.group')}</p>
      )}
      {of.length > 0 && (
        <ul class="target-list">
          {of.map((part, at) => (
            <li key={part.id}>
              {at > 0 && <span class="target-joint">{joint}</span>}
              <Part view={part} depth={depth + 1} />
            </li>
          ))}
        </ul>
      )}
      {!isFixed && (
        <div class="target-adding">
          <AddLeaf groupId={id} />
          {depth < MOST_DEPTH && (
            <Button kind="quiet" icon="plus" onClick={() => model.addGroup(id)}>
              {t('target.add_group')}
            </Button>
          )}
        </div>
      )}
    </fieldset>
  )
}

function Part({ view, depth }: { readonly view: View; readonly depth: number }) {
  if (view.kind === 'group') return <GroupBlock view={view} depth={depth} />
  return view.kind === 'leaf' ? <LeafRow view={view} /> : <RawRow view={view} />
}
