/** At the launcher's side, above it; with its channel's colours where it is pointed at. */
export const NOTE_STYLES = `
.gp-note{position:fixed;bottom:calc(var(--y) + 68px);left:var(--left);right:var(--right);display:flex;align-items:flex-start;width:max-content;max-width:min(300px,calc(100vw - 2*var(--x)));box-sizing:border-box;border:1px solid #0002;border-radius:16px;background:#fff;color:#1b1b18;font:16px/24px var(--gp-font,system-ui,sans-serif);box-shadow:0 4px 24px #0003;animation:gp-note .16s ease-out}
.gp-note[hidden]{display:none}
.gp-note button{all:unset;box-sizing:border-box;min-height:44px;cursor:pointer;border-radius:16px;overflow-wrap:anywhere}
.gp-note button:focus-visible{outline:3px solid var(--accent);outline-offset:2px}
.gp-note .say{padding:12px 0;padding-inline-start:16px}
.gp-note .shut{flex:none;width:44px;padding:12px;height:44px}
.gp-note svg{display:block;width:20px;height:20px;fill:none;stroke:currentColor;stroke-width:2;stroke-linecap:round}
@keyframes gp-note{from{opacity:0;transform:translateY(8px)}}
@media(prefers-reduced-motion:reduce){.gp-note{animation:none}}
@media(prefers-color-scheme:dark){.gp-note{background:#1c1c1b;color:#f3f3ef;border-color:#fff3}}
`
