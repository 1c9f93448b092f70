import { createContext } from 'preact'
import { useContext } from 'preact/hooks'
import type { BuilderModel } from './builder-model.ts'
import type { TargetingNames } from './slot-words.ts'
import type { Suggestions } from './suggestions.ts'
import type { PartNote } from './part-notes.ts'

/** What every part of a builder needs. */
export interface BuilderContext {
  readonly model: BuilderModel
  readonly names: TargetingNames
  readonly suggestions: Suggestions
  readonly about: 'visit' | 'profile'
  readonly isFixed: boolean
  /** What is said at a part: what is wrong with it, what is true of somebody. */
  readonly noteOf: (id: number) => PartNote
}

export const Builder = createContext<BuilderContext | undefined>(undefined)

export function useBuilder(): BuilderContext {
  const builder = useContext(Builder)
  if (builder === undefined) throw new Error('There is a builder around its parts only')
  return builder
}
