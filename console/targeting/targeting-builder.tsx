import { useEffect, useMemo, useRef, useState } from 'preact/hooks'
import type { Condition, Explanation } from '#protocol/targeting.ts'
import type { Refused } from '../api.ts'
import { useWords } from '../words.ts'
import { Builder } from './builder-context.ts'
import { createBuilder } from './builder-model.ts'
import { partNotes } from './part-notes.ts'
import { GroupBlock } from './parts/group-block.tsx'
import { useSuggestions } from './suggestions.ts'
import { useTargetingNames } from './targeting-names.ts'
import './targeting.css'

export interface TargetingBuilderProps {
  readonly value: Condition
  readonly onChange: (value: Condition) => void
  /** `visit`: of one moment, so that it may ask for the page and this visit (experiences); `profile`: audiences. */
  readonly about: 'visit' | 'profile'
  /** Somebody wanted to save it: what is not filled in yet is said at its part. See `hasFault`. */
  readonly isChecked?: boolean
  /** Why the server would not save it: said at the parts that it names. */
  readonly refused?: Refused | undefined
  /** What is true of somebody, said at each part; of this very condition. */
  readonly explanation?: Explanation | undefined
  /** For whoever may not change it. */
  readonly isFixed?: boolean
}

const NOTHING = {}

/** A condition as sentences whose parts can be changed, by mouse, touch or keyboard alone. */
export function TargetingBuilder(props: TargetingBuilderProps) {
  const { value, about, isChecked = false, refused, explanation, isFixed = false } = props
  const { t } = useWords()
  const names = useTargetingNames()
  const suggestions = useSuggestions()
  const onChangeRef = useRef(props.onChange)
  const [model] = useState(() =>
    createBuilder({ condition: value, onChange: (next) => onChangeRef.current(next) }),
  )
  useEffect(() => {
    onChangeRef.current = props.onChange
  })
  useEffect(() => model.adopt(value), [model, value])
  const root = model.root.value
  const notes = useMemo(
    () => partNotes({ root, isChecked, refused, explanation }),
    [root, isChecked, refused, explanation],
  )
  const said = model.said.value
  return (
    <Builder.Provider
      value={{
        model,
        names,
        suggestions,
        about,
        isFixed,
        noteOf: (id) => notes.get(id) ?? NOTHING,
      }}
    >
      <div class="target">
        <GroupBlock view={root} depth={0} />
        <output class="visually-hidden">{said !== undefined && t(said)}</output>
      </div>
    </Builder.Provider>
  )
}
