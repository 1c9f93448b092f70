import { createContext } from 'preact'
import { useContext } from 'preact/hooks'

/** Whether the console has a page at this address that whoever is signed in may open. */
export type MayOpen = (path: string) => boolean

/** Given by the shell: a page that knew the table of pages, which knows it, would be a circle. */
export const PageAccessContext = createContext<MayOpen>(() => false)

export function usePageAccess(): MayOpen {
  return useContext(PageAccessContext)
}
