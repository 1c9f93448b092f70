import { Icon } from '../../ui/icon.tsx'
import { Menu, type MenuItem } from '../../ui/menu.tsx'
import { say } from '../../ui/toasts.tsx'
import { useWords } from '../../words.ts'
import { useBuilder } from '../builder-context.ts'
import type { View } from '../view.ts'

interface RowMenuProps {
  readonly view: View
  /** Which part it is of. */
  readonly name: string
}

/** What can be done with a part as a whole; everything is here, so that nothing has to be dragged. */
export function RowMenu({ view, name }: RowMenuProps) {
  const { t } = useWords()
  const { model } = useBuilder()
  const { id, kind } = view
  const items: MenuItem[] = [
    ...(view.kind === 'leaf'
      ? [
          {
            key: 'turn',
            label: t(view.isNot ? 'target.turn_back' : 'target.turn'),
            onSelect: () => model.turn(id),
          },
        ]
      : []),
    { key: 'up', label: t('target.up'), isApart: true, onSelect: () => model.move(id, -1) },
    { key: 'down', label: t('target.down'), onSelect: () => model.move(id, 1) },
    ...(kind === 'group'
      ? [{ key: 'dissolve', label: t('target.dissolve'), onSelect: () => model.dissolve(id) }]
      : [{ key: 'wrap', label: t('target.wrap'), onSelect: () => model.wrap(id) }]),
    { key: 'copy', label: t('target.copy'), icon: 'copy', onSelect: () => model.copy(id) },
    {
      key: 'remove',
      label: t('target.remove'),
      icon: 'trash',
      isApart: true,
      isDangerous: true,
      onSelect: () => say(t('target.said.removed'), { undo: model.remove(id) }),
    },
  ]
  return (
    <Menu
      class="button button-quiet target-menu"
      label={<Icon name="more" />}
      name={t('target.menu', { name })}
      items={items}
    />
  )
}
