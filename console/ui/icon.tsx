/** Strokes on a grid of 16, drawn for this console. */
const PATHS = {
  home: 'M2.5 7.2 8 2.5l5.5 4.7v6.3h-4V10h-3v3.5h-4z',
  live: 'M1.5 8h3l2-5 3 10 2-5h3',
  settings:
    'M2 4.5h7M13 4.5h1M2 11.5h1M7 11.5h7M11 2.8a1.7 1.7 0 1 1 0 3.4 1.7 1.7 0 0 1 0-3.4zM5 9.8a1.7 1.7 0 1 1 0 3.4 1.7 1.7 0 0 1 0-3.4z',
  globe:
    'M8 1.8a6.2 6.2 0 1 1 0 12.4A6.2 6.2 0 0 1 8 1.8zM1.8 8h12.4M8 1.8c2 2 2.7 4 2.7 6.2s-.7 4.2-2.7 6.2c-2-2-2.7-4-2.7-6.2S6 3.8 8 1.8z',
  key: 'M9.8 3a3.2 3.2 0 1 1 0 6.4 3.2 3.2 0 0 1 0-6.4zM7.5 8.5 2.5 13.5M4 12l1.6 1.6',
  shield: 'M8 1.8 13 3.6v4c0 3.2-2 5.4-5 6.6-3-1.2-5-3.4-5-6.6v-4z',
  people:
    'M6 2.8a2.5 2.5 0 1 1 0 5 2.5 2.5 0 0 1 0-5zM1.5 13.3c.3-2.5 2-4 4.5-4s4.2 1.5 4.5 4M10.5 3a2.4 2.4 0 0 1 0 4.6M12 9.7c1.5.6 2.4 1.8 2.6 3.6',
  webhook:
    'M6.5 9.5 9.5 6.5M7 4.5l1.5-1.5a3.2 3.2 0 0 1 4.5 4.5L11.5 9M9 11.5 7.5 13A3.2 3.2 0 0 1 3 8.5L4.5 7',
  mail: 'M1.8 3.5h12.4v9H1.8zM2 4l6 5 6-5',
  jobs: 'M8 4.5V8l2.5 1.5M8 1.8a6.2 6.2 0 1 1 0 12.4A6.2 6.2 0 0 1 8 1.8z',
  log: 'M3.5 1.8h6.3l2.7 2.7v9.7h-9zM6 7h4M6 9.5h4M6 12h2.5',
  box: 'M2 4.8 8 1.8l6 3v6.4l-6 3-6-3zM2 4.8l6 3 6-3M8 7.8v6.4',
  sparkle: 'M8 1.8 9.6 6.4 14.2 8 9.6 9.6 8 14.2 6.4 9.6 1.8 8 6.4 6.4z',
  layers: 'M8 1.8 14 5 8 8.2 2 5zM2 8l6 3.2L14 8M2 11l6 3.2 6-3.2',
  back: 'M9.5 3.5 5 8l4.5 4.5',
  grip: 'M6 3.5h.01M10 3.5h.01M6 8h.01M10 8h.01M6 12.5h.01M10 12.5h.01',
  undo: 'M5 3 2 6l3 3M2 6h7a4 4 0 0 1 0 8H6',
  redo: 'M11 3l3 3-3 3M14 6H7a4 4 0 0 0 0 8h3',
  phone: 'M4.8 1.8h6.4v12.4H4.8zM7.2 12h1.6',
  text: 'M3 4V2.8h10V4M8 2.8v10.4M6 13.2h4',
  picture: 'M1.8 3h12.4v10H1.8zM2 11.5l3.5-4 3 3 2-2L14 12M10.5 5.8h.01',
  pointer: 'M1.8 5h12.4v6H1.8zM5 8h6',
  field: 'M1.8 4.5h12.4v7H1.8zM4.5 6.5v3',
  ticket: 'M1.8 4h12.4v2.6a1.4 1.4 0 0 0 0 2.8V12H1.8V9.4a1.4 1.4 0 0 0 0-2.8zM9.5 6v4',
  goal: 'M1.8 6.5h12.4v3H1.8zM1.8 8h8',
  search: 'M7 2.3a4.7 4.7 0 1 1 0 9.4 4.7 4.7 0 0 1 0-9.4zM10.5 10.5 14 14',
  menu: 'M2 4h12M2 8h12M2 12h12',
  close: 'M3.5 3.5l9 9M12.5 3.5l-9 9',
  check: 'M3 8.5 6.5 12 13 4.5',
  chevrons: 'M5 6l3-3 3 3M5 10l3 3 3-3',
  more: 'M3.5 8h.01M8 8h.01M12.5 8h.01',
  plus: 'M8 3v10M3 8h10',
  copy: 'M5.5 5.5h8v8h-8zM10.5 5.5v-3h-8v8h3',
  external: 'M9 2.5h4.5V7M13.5 2.5 7.5 8.5M11.5 9.5v4h-9v-9h4',
  download: 'M8 2.5v8M4.5 7 8 10.5 11.5 7M2.5 13.5h11',
  trash: 'M2.5 4.5h11M6 4.5v-2h4v2M4 4.5l.7 9h6.6l.7-9M6.8 7v4M9.2 7v4',
  sun: 'M8 5.2a2.8 2.8 0 1 1 0 5.6 2.8 2.8 0 0 1 0-5.6zM8 1.5v1.2M8 13.3v1.2M1.5 8h1.2M13.3 8h1.2M3.4 3.4l.9.9M11.7 11.7l.9.9M3.4 12.6l.9-.9M11.7 4.3l.9-.9',
  moon: 'M13.5 9.5A5.8 5.8 0 0 1 6.5 2.5a5.8 5.8 0 1 0 7 7z',
  screen: 'M1.8 3h12.4v8H1.8zM5.5 13.5h5',
  words:
    'M1.5 4h7M5 2.5V4M7 4c-.5 3-2.5 5-5 6M3.5 6.5c.8 1.7 2.2 2.9 4 3.5M8.5 13.5l3-7 3 7M9.5 11.3h4',
  person:
    'M8 2.3a2.7 2.7 0 1 1 0 5.4 2.7 2.7 0 0 1 0-5.4zM2.8 13.7c.4-2.8 2.3-4.3 5.2-4.3s4.8 1.5 5.2 4.3',
  leave: 'M9.5 2.5h-7v11h7M6.5 8h7.5M11.5 5.5 14 8l-2.5 2.5',
  warn: 'M8 2 14.5 13.5h-13zM8 6.5v3M8 11.5h.01',
  note: 'M8 1.8a6.2 6.2 0 1 1 0 12.4A6.2 6.2 0 0 1 8 1.8zM8 7.3v3.7M8 5h.01',
} as const

export type IconName = keyof typeof PATHS

/** Beside words, or in a control that has a name of its own: to screen readers it is nothing. */
export function Icon({ name }: { readonly name: IconName }) {
  return (
    <svg class="icon" viewBox="0 0 16 16" aria-hidden="true" focusable="false">
      <path d={PATHS[name]} />
    </svg>
  )
}
