import './sortable.css'
import type { RefObject } from 'preact'
import { draggable, dropTargetForElements } from '@atlaskit/pragmatic-drag-and-drop/element/adapter'
import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks'

/** Where what is held would go, seen from the row under it. */
export type Edge = 'before' | 'after'

interface Sortable<Row, Handle> {
  readonly rowRef: RefObject<Row | null>
  readonly handleRef: RefObject<Handle | null>
  readonly edge: Edge | undefined
  readonly isHeld: boolean
}

interface SortableProps {
  /** Rows go to places of their own list only. */
  readonly list: string
  readonly id: string
  readonly at: number
  readonly isFixed?: boolean
  /** What was dropped goes to this place among the others. */
  readonly onDrop: (id: string, to: number) => void
}

/** A row that is dragged by its handle, and others dropped at it. By keyboard, the handle's own keys do the same. */
export function useSortable<Row extends HTMLElement, Handle extends HTMLElement>(
  props: SortableProps,
): Sortable<Row, Handle> {
  const { list, id, isFixed = false } = props
  const rowRef = useRef<Row>(null)
  const handleRef = useRef<Handle>(null)
  const [edge, setEdge] = useState<Edge | undefined>(undefined)
  const [isHeld, setHeld] = useState(false)
  const propsRef = useRef(props)
  useLayoutEffect(() => {
    propsRef.current = props
  })

  useEffect(() => {
    const element = rowRef.current
    const grip = handleRef.current
    if (element === null || grip === null || isFixed) return
    const stopDragging = draggable({
      element,
      dragHandle: grip,
      getInitialData: () => ({ list, id, at: propsRef.current.at }),
      onDragStart: () => setHeld(true),
      onDrop: () => setHeld(false),
    })
    const stopTaking = dropTargetForElements({
      element,
      canDrop: ({ source }) => source.data['list'] === list && source.data['id'] !== id,
      onDrag: ({ location }) => setEdge(edgeAt(element, location.current.input.clientY)),
      onDragLeave: () => setEdge(undefined),
      onDrop({ source, location }) {
        setEdge(undefined)
        const from = Number(source.data['at'])
        const { at, onDrop } = propsRef.current
        const isAfter = edgeAt(element, location.current.input.clientY) === 'after'
        onDrop(String(source.data['id']), at + (isAfter ? 1 : 0) - (from < at ? 1 : 0))
      },
    })
    return () => {
      stopDragging()
      stopTaking()
    }
  }, [list, id, isFixed])

  return { rowRef, handleRef, edge, isHeld }
}

/** Of the arrow keys on a handle; undefined: another key. */
export function stepOf(key: string): -1 | 1 | undefined {
  if (key === 'ArrowUp') return -1
  return key === 'ArrowDown' ? 1 : undefined
}

function edgeAt(element: Element, y: number): Edge {
  const { top, height } = element.getBoundingClientRect()
  return y < top + height / 2 ? 'before' : 'after'
}
