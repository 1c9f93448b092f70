/**
 * Colours come from the theme's tokens (see widgets/README.md). Pixels, not rem: pages set the root's font size to what
 * they like, and zooming enlarges both. Without indentation, for every page with a chat downloads it.
 */
export const styles = `
.window,.window *{box-sizing:border-box;margin:0}
.window{position:fixed;inset:auto;max-width:none;max-height:none;bottom:calc(var(--y) + 72px);left:var(--left);right:var(--right);display:flex;flex-direction:column;width:min(400px,100vw - 2*var(--x));height:min(704px,100dvh - var(--y) - 92px);overflow:hidden;padding:0;border:0;border-radius:var(--gp-radius,16px);background:var(--gp-background);color:var(--gp-text);font:16px/24px var(--gp-font,system-ui);overflow-wrap:anywhere;text-align:start;box-shadow:0 0 0 1px #0001,0 12px 48px #0004;animation:gp-rise .18s ease-out;--r:min(10px,var(--gp-radius,10px))}
.window:not([open]),.window .none{display:none}
.window output{display:block}
@keyframes gp-rise{from{opacity:0;transform:translateY(16px)}}
.window:focus{outline:0}
.window :focus-visible,.window :focus-visible+.icon{outline:2px solid var(--gp-link);outline-offset:2px}
.unseen{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap;opacity:0}
.icon,.star{display:grid;flex:none;width:24px;height:24px;fill:none;stroke:currentColor;stroke-width:1.8;stroke-linecap:round;stroke-linejoin:round}
.window button{font:inherit;color:inherit;cursor:pointer;border:0;background:0 0;padding:0}
.header{position:relative;z-index:1;flex:none;display:flex;align-items:center;gap:12px;min-height:72px;padding:12px;padding-inline-start:20px;background:var(--gp-header,var(--gp-background));color:var(--gp-on-header,inherit);box-shadow:0 1px 0 #0001}
.who{flex:1;min-width:0}
.title{font-size:16px;line-height:24px;font-weight:650;white-space:nowrap;overflow:hidden;text-overflow:ellipsis}
.presence{display:flex;align-items:center;gap:6px;white-space:nowrap;overflow:hidden;font-size:13px;line-height:20px;color:var(--gp-header-muted,var(--gp-muted))}
.presence span{overflow:hidden;text-overflow:ellipsis}
.dot{flex:none;width:8px;height:8px;border-radius:50%;box-shadow:inset 0 0 0 2px currentColor}
.dot.on{background:#1c8a4c;box-shadow:0 0 0 1px var(--gp-background)}
#gp-chat-more .icon{stroke-width:2.6}
.faces{display:flex;flex:none}
.face{flex:none;display:grid;place-content:center;width:40px;height:40px;border-radius:50%;object-fit:cover;background:var(--gp-accent);color:var(--gp-on-accent);font:600 16px/1 var(--gp-font,system-ui);box-shadow:0 0 0 2px var(--gp-header,var(--gp-background))}
.header .face{background:var(--gp-header-face,var(--gp-accent));color:var(--gp-on-header-face,var(--gp-on-accent))}
.faces .face+.face{margin-inline-start:-12px}
.tool{position:relative;flex:none;display:grid;place-content:center;width:44px;height:44px;border-radius:50%;cursor:pointer}
.window .tool:hover,.menu button:hover,.emoji button:hover{background:rgb(128 128 128/.14)}
.banner{flex:none;padding:6px 20px;background:var(--gp-soft);font-size:13px;line-height:20px;text-align:center}
.scroll{flex:1;min-height:0;overflow-y:auto;overscroll-behavior:contain;padding:20px 16px 8px;scrollbar-width:thin;outline-offset:-2px!important}
.scroll>.button{margin:auto}
.log{display:flex;flex-direction:column;gap:2px}
.day,.line{margin:16px 0 8px;font-size:13px;line-height:20px;text-align:center;color:var(--gp-muted)}
.line{margin:8px 24px}
.line:empty,.receipt:empty,.typing:empty{display:none}
.row{position:relative;display:grid;justify-items:start;max-width:100%}
.row.theirs{padding-inline:36px 40px}
.row.mine{justify-items:end;padding-inline-start:56px}
.row.first{margin-top:12px}
.row .face{position:absolute;inset-inline-start:0;inset-block-end:0;width:28px;height:28px;font-size:13px;box-shadow:none}
.row:not(.last) .face{display:none}
.row:has(.meta) .face{inset-block-end:24px}
.bubble{max-width:100%;padding:10px 16px;border-radius:20px;background:var(--gp-soft);font-size:15px;line-height:22px;white-space:pre-wrap}
.mine .bubble{background:var(--gp-accent);color:var(--gp-on-accent)}
.theirs:not(.first) .bubble{border-start-start-radius:6px}
.theirs:not(.last) .bubble{border-end-start-radius:6px}
.mine:not(.first) .bubble{border-start-end-radius:6px}
.mine:not(.last) .bubble{border-end-end-radius:6px}
.bubble a{color:inherit;text-underline-offset:3px}
.bubble.gone{background:0 0;color:var(--gp-muted);box-shadow:inset 0 0 0 1px var(--gp-soft);font-style:italic}
.meta,.receipt{margin-top:4px;font-size:12px;line-height:20px;color:var(--gp-muted)}
.receipt{text-align:end;padding-inline-end:4px}
.trouble{margin-top:4px;font-size:13px;line-height:20px;color:var(--gp-bad)}
.window .trouble button{margin-inline-start:4px;min-height:24px;text-decoration:underline;text-underline-offset:3px;font-weight:600}
.typing{margin-top:12px;padding-inline-start:36px}
.dots{display:inline-flex;gap:4px;padding:15px 16px;border-radius:20px;background:var(--gp-soft)}
.dots i{width:7px;height:7px;border-radius:50%;background:var(--gp-muted);animation:gp-dot 1.2s infinite}
.dots i:nth-child(2){animation-delay:.15s}
.dots i:nth-child(3){animation-delay:.3s}
@keyframes gp-dot{0%,60%,100%{opacity:.35}30%{opacity:1}}
.latest{position:absolute;inset-block-end:108px;inset-inline:0;margin-inline:auto;width:max-content}
.window .latest button{display:flex;align-items:center;gap:4px;min-height:36px;padding:4px 14px 4px 10px;border-radius:18px;background:var(--gp-text);color:var(--gp-background);font-size:13px;font-weight:600;box-shadow:0 4px 16px #0003}
.composer{position:relative;flex:none;padding:8px 16px calc(16px + env(safe-area-inset-bottom))}
.entry{border-radius:16px;box-shadow:0 0 0 1px var(--gp-line);background:var(--gp-background)}
.entry:has(.draft:focus-visible){box-shadow:0 0 0 2px var(--gp-link)}
.window .draft{display:block;width:100%;max-height:144px;padding:12px 16px 4px;border:0;outline:0;background:0 0;color:inherit;font:inherit;resize:none;overflow-y:auto}
.window ::placeholder{color:var(--gp-muted);opacity:1}
.tools{display:flex;align-items:center;padding:0 6px 6px}
.tools .tool{color:var(--gp-muted)}
.window .send{display:grid;place-content:center;width:36px;height:36px;margin:4px;margin-inline-start:auto;border-radius:50%;background:var(--gp-accent);color:var(--gp-on-accent);position:relative}
.send::after{content:'';position:absolute;inset:-4px}
.window .send[aria-disabled]{background:var(--gp-soft);color:var(--gp-muted);cursor:default}
.send .icon{width:20px;height:20px;stroke-width:2.2}
.foot{flex:none;max-height:70%;overflow-y:auto;display:grid;gap:12px;padding:16px 20px calc(20px + env(safe-area-inset-bottom));box-shadow:0 -1px 0 rgb(128 128 128/.2)}
p.foot{text-align:center;color:var(--gp-muted)}
.page{inset:0;width:auto;height:100dvh;border-radius:0;box-shadow:none;animation:none}
.page .scroll,.page .composer,.page .form,.page .foot{padding-inline:max(16px,50% - 344px)}
.page .latest{inset-block-end:120px}
@media(max-width:520px),(max-height:480px){
.window{inset:var(--top,0px) 0 auto;width:100%;height:var(--height,100dvh);border-radius:0;padding-top:env(safe-area-inset-top)}
.header{min-height:64px;padding-inline:16px 8px}
.composer{padding:8px 12px calc(8px + env(safe-area-inset-bottom))}
}
@media(prefers-reduced-motion:reduce){.window,.dots i{animation:none}}
@media(forced-colors:active){
.window,.bubble,.menu,.entry,.card,.send,.button{border:1px solid!important}
.mine .bubble{border-width:2px!important}
.dot.on{background:Highlight;forced-color-adjust:none}
}
`
