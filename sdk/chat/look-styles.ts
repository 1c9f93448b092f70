import type { LauncherAnswer } from '#protocol/chat-answers.ts'

export const OPEN_ICON = 'M24 14a9 9 0 0 1-13 8l-6 2 2-6a9 9 0 1 1 17-4Z'

/**
 * What the channel says of place and colours, for launcher and window, and what the button wears until it is used. Made by
 * script: no style-src minds; important: no rule of the page outranks it. Without indentation, for every page with a chat
 * downloads it.
 */
export function launcherStyles(look: LauncherAnswer, page: Window): string {
  const said = page.getComputedStyle(page.document.documentElement)
  const pageAccent = said.getPropertyValue('--gp-accent').trim()
  const own = page.matchMedia('(prefers-color-scheme:dark)').matches ? '#f3f3ef' : '#1b1b18'
  const accent = look.accent ?? (/^#[\da-f]{6}$/i.test(pageAccent) ? pageAccent : own)
  // The page's direction, not the window's own language: both stand at the same side.
  const side = (look.position === 'end') === (said.direction === 'ltr') ? 'right' : 'left'
  return `
:host{all:initial!important;position:fixed!important;z-index:${look.zIndex}!important;--x:${look.offset.inline}px!important;--y:calc(${look.offset.block}px + env(safe-area-inset-bottom))!important;--left:auto!important;--right:auto!important;--${side}:calc(var(--x) + env(safe-area-inset-${side}))!important;--accent:${accent}!important;--ink:${isLight(accent) ? '#000' : '#fff'}!important}
.gp-launcher{position:fixed;bottom:var(--y);left:var(--left);right:var(--right);display:flex;align-items:center;gap:10px;min-height:56px;max-width:calc(100vw - 2*var(--x));padding:0 12px;border:2px solid transparent;border-radius:28px;background:var(--accent) border-box;color:var(--ink);font:600 16px/24px var(--gp-font,system-ui);cursor:pointer;box-shadow:0 4px 24px #0004}
.gp-launcher[hidden]{display:none}
.gp-launcher:hover{filter:brightness(1.1)}
.gp-launcher:focus-visible{outline:3px solid var(--accent);outline-offset:3px}
.gp-launcher svg{flex:none;width:28px;height:28px;fill:none;stroke:currentColor;stroke-width:2.3;stroke-linejoin:round}
`
}

/** WCAG 2.2: white on it has less than a contrast of 4.5:1. */
function isLight(hex: string): boolean {
  const part = (at: number) => parseInt(hex.slice(at, at + 2), 16) ** 2.2
  // 0.18 of 255 ** 2.2.
  return 2126 * part(1) + 7152 * part(3) + 722 * part(5) > 3545e5
}
