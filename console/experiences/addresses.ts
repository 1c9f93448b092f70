export const LIST_ADDRESS = '/console/experiences'
export const GALLERY_ADDRESS = '/console/experiences/new'

export const EDITOR_TABS = ['design', 'targeting', 'when', 'results', 'history'] as const
export type EditorTab = (typeof EDITOR_TABS)[number]

export function editorAddress(id: string, tab: EditorTab = 'design'): string {
  const query = new URLSearchParams({ id, ...(tab !== 'design' && { tab }) })
  return `/console/experience?${query}`
}

export function tabIn(query: URLSearchParams): EditorTab {
  return EDITOR_TABS.find((tab) => tab === query.get('tab')) ?? 'design'
}
