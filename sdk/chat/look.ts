import type { LauncherAnswer } from '#protocol/chat-answers.ts'

/** Like all of ours, made by script: no style-src minds. Without indentation, for every page with a chat downloads it. */
export const LAUNCHER_STYLES = `
:host{--x:20px;--y:20px}
.gp-launcher{box-sizing:border-box;position:fixed;inset-block-end:calc(var(--y) + env(safe-area-inset-bottom));right:calc(var(--x) + env(safe-area-inset-right));display:flex;align-items:center;justify-content:center;gap:10px;min-width:56px;height:56px;max-width:calc(100vw - 2*var(--x));margin:0;padding:0 16px;border:0;border-radius:28px;background:var(--accent);color:var(--ink);font:600 16px/24px var(--gp-font,system-ui,sans-serif);cursor:pointer;box-shadow:0 4px 24px rgb(0 0 0/.24)}
:host([data-at=left]) .gp-launcher{right:auto;left:calc(var(--x) + env(safe-area-inset-left))}
.gp-launcher:hover{filter:brightness(1.1)}
.gp-launcher:focus-visible{outline:3px solid var(--accent);outline-offset:3px}
.gp-launcher span{overflow:hidden;text-overflow:ellipsis;white-space:nowrap}
.gp-launcher svg{flex:none;width:28px;height:28px;fill:none;stroke:currentColor;stroke-width:2;stroke-linecap:round;stroke-linejoin:round}
.gp-launcher[aria-expanded=true]{padding:0;width:56px}
.gp-launcher[aria-expanded=true] span{display:none}
.gp-launcher i{position:absolute;inset-block-start:-4px;inset-inline-end:-4px;min-width:22px;height:22px;padding:0 6px;box-sizing:border-box;border-radius:11px;background:#c0362c;color:#fff;font:600 13px/22px system-ui,sans-serif;text-align:center}
@media(max-width:520px),(max-height:480px){.gp-launcher[aria-expanded=true]{display:none}}
@media(forced-colors:active){.gp-launcher{border:2px solid ButtonText}.gp-launcher i{border:1px solid}}
`
export const OPEN_ICON = 'M20 11.5a8 8 0 0 1-11.4 7.3L4 20l1.2-4.4A8 8 0 1 1 20 11.5Z'
export const CLOSE_ICON = 'm6 9.5 6 6 6-6'

/** What the channel says of place and colours, on the element that holds launcher and window. */
export function dress(element: HTMLElement, look: LauncherAnswer, page: Window): void {
  const { style } = element
  const said = page.getComputedStyle(page.document.documentElement)
  const pageAccent = said.getPropertyValue('--gp-accent').trim()
  const own = page.matchMedia('(prefers-color-scheme: dark)').matches ? '#f3f3ef' : '#1b1b18'
  const accent = look.accent ?? (/^#[\da-f]{6}$/i.test(pageAccent) ? pageAccent : own)
  // The page's direction, not the window's own language: both stand at the same side.
  const isAtRight = (look.position === 'end') === (said.direction === 'ltr')
  element.dataset['at'] = isAtRight ? 'right' : 'left'
  element.dir = said.direction
  style.setProperty('--x', `${look.offset.inline}px`)
  style.setProperty('--y', `${look.offset.block}px`)
  style.setProperty('--accent', accent)
  style.setProperty('--ink', isLight(accent) ? '#000' : '#fff')
  style.setProperty('z-index', `${look.zIndex}`, 'important')
}

/** WCAG 2.2: white on it has less than a contrast of 4.5:1. */
function isLight(hex: string): boolean {
  const part = (at: number) => (parseInt(hex.slice(at, at + 2), 16) / 255) ** 2.2
  return 0.2126 * part(1) + 0.7152 * part(3) + 0.0722 * part(5) > 0.18
}
