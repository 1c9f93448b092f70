import { useEffect } from 'preact/hooks'

let title = ''
let waiting = 0

/** Of the tab, as long as the page is there. */
export function usePageTitle(text: string): void {
  useEffect(() => {
    title = text
    show()
  }, [text])
}

/** How much waits for whoever looks elsewhere: before the title; 0: nothing. */
export function countInTitle(count: number): void {
  waiting = count
  show()
}

function show(): void {
  const page = title === '' ? 'Granplaza' : `${title} · Granplaza`
  document.title = waiting === 0 ? page : `(${waiting}) ${page}`
}
