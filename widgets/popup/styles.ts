/** Those of a pop-up's text, buttons, heading and way out, unless the page has others. */
export const FONTS = ['16px', '600 16px', '650 24px', '300 32px']

/**
 * Colours come from the theme's tokens (see widgets/README.md). Pixels, not rem: pages set the root's font size to what
 * they like, and zooming enlarges both. Without indentation, for every page downloads it.
 */
export const styles = `
*{box-sizing:border-box;margin:0}
:host::backdrop{display:none!important}
.box{position:fixed;padding:0;border:0;max-width:none;overflow:auto;overscroll-behavior:contain;
--r:min(10px,var(--gp-radius,10px));--gap:16px;--from:24px;background:var(--gp-background);color:var(--gp-text);border-radius:var(--gp-radius,16px);
font:16px/24px var(--gp-font,system-ui,sans-serif);overflow-wrap:break-word;box-shadow:0 0 0 1px rgb(0 0 0/.06),0 16px 48px rgb(0 0 0/.22);animation:rise .18s ease-out}
@keyframes rise{from{opacity:0;transform:translateY(var(--from))}}
@keyframes fade{from{opacity:0}}
.going,.going::backdrop{opacity:0;transition:opacity .12s ease-out;pointer-events:none}
:focus{outline:0}
:focus-visible:not(.box,.body){outline:2px solid var(--gp-link);outline-offset:2px}
.modal{margin:auto;width:min(448px,100% - 32px);text-align:center}
.modal::backdrop{background:rgb(10 10 8/.56);animation:fade .18s ease-out}
.modal,.slide{max-height:calc(100dvh - 32px - var(--below,0px))}
.slide{bottom:calc(16px + var(--below,0px));width:min(384px,100% - 32px)}
.start{inset-inline-start:16px}
.end{inset-inline-end:16px}
.bar{inset-inline:0;border-radius:0;max-height:50dvh;padding:env(safe-area-inset-top) 0 0}
.top{top:0;--from:-24px}
.bottom{bottom:0;padding:0 0 env(safe-area-inset-bottom)}
.body{display:flex;flex-direction:column;gap:var(--gap);padding:32px}
.slide .body{padding:24px;--gap:12px}
.bar .body{flex-flow:row wrap;align-items:center;justify-content:center;gap:8px 20px;padding:8px 60px;min-height:60px}
.heading{font-size:24px;line-height:32px;font-weight:650;letter-spacing:-.01em;text-wrap:balance}
.heading:first-child{padding-inline:20px}
.slide .heading{font-size:20px;line-height:28px;padding-inline:0 32px}
.text{white-space:pre-line}
.bar .heading,.bar .text,label,legend,.bar .button{font-size:14px;line-height:20px;padding-inline:0}
small,.small,.hint,.bad{font-size:13px;line-height:20px}
small,.small,.hint,.button.quiet{color:var(--gp-muted);font-weight:400}
.bad{color:var(--gp-bad)}
.image{max-width:100%;height:auto;border-radius:var(--r);align-self:center;object-fit:cover}
.hero{line-height:0}
.hero .image{width:100%;max-height:min(280px,40dvh);border-radius:0}
.bar .image{max-height:44px;width:auto}
.close{position:absolute;top:8px;inset-inline-end:8px;width:44px;height:44px;padding:0;border:0;border-radius:50%;background:var(--gp-background);color:inherit;font:300 32px/40px system-ui,sans-serif;cursor:pointer}
.top .close{top:calc(8px + env(safe-area-inset-top))}
.button{display:grid;place-content:center;min-height:48px;padding:8px 20px;border:1px solid transparent;border-radius:var(--r);background:0 0;color:inherit;font:inherit;font-weight:600;text-align:center;text-decoration:none;cursor:pointer}
.primary{background:var(--gp-accent);color:var(--gp-on-accent)}
.secondary{border-color:var(--gp-line)}
.button.quiet{border:0;margin-block:-8px;text-decoration:underline;text-underline-offset:3px}
[aria-disabled]{opacity:.7}
.bar .button,.coupon .button{min-height:44px;padding:8px 16px}
.coupon .button{background:var(--gp-background)}
.field{display:grid;gap:4px;text-align:start}
label,legend{font-weight:550}
input,select{width:100%;min-height:48px;padding:8px 12px;border:1px solid var(--gp-line);border-radius:var(--r);background:var(--gp-background);color:inherit;font:inherit}
fieldset{border:0;padding:0;min-width:0}
legend{margin-bottom:4px}
.options{display:grid;gap:4px}
.options label{position:relative;display:flex;align-items:center;gap:12px;min-height:44px;font-weight:400}
.options input{width:20px;min-height:20px;margin:0;flex:none;accent-color:var(--gp-link)}
.scale .options{grid-template-columns:repeat(auto-fit,minmax(44px,1fr))}
.scale input{position:absolute;inset:0;width:auto;opacity:0}
.scale span{flex:1;padding:10px 4px;border:1px solid var(--gp-line);border-radius:var(--r);text-align:center}
.scale :checked+span{border-color:transparent;background:var(--gp-accent);color:var(--gp-on-accent)}
.scale :focus-visible+span{outline:2px solid var(--gp-link);outline-offset:2px}
[aria-invalid=true]:not(fieldset){border-color:var(--gp-bad);box-shadow:inset 0 0 0 1px var(--gp-bad)}
.check{grid-template-columns:24px 1fr;gap:0 12px}
.check input{min-height:20px;margin:12px 0;accent-color:var(--gp-link)}
.check label{padding:12px 0;font-weight:400}
.check p{grid-column:2}
.coupon{display:flex;flex-wrap:wrap;align-items:center;justify-content:space-between;gap:8px 16px;padding:12px 12px 12px 20px;border:1px dashed var(--gp-line);border-radius:var(--r);background:var(--gp-soft);text-align:start}
.coupon small{display:block}
code{font:650 20px/28px ui-monospace,monospace;letter-spacing:.06em;user-select:all}
.said{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)}
@media(min-width:760px) and (min-height:480px){
.split[open]{width:768px;display:grid;grid-template-columns:1fr 1fr}
.split .image{height:100%;max-height:none}
.split .body{justify-content:center;padding:48px 40px}
}
@media(max-width:520px){
.modal,.slide{inset-inline:0;bottom:0;width:100%;margin:auto 0 0;border-end-start-radius:0;border-end-end-radius:0;padding:0 0 env(safe-area-inset-bottom)}
.body{padding:28px 20px 20px}
.slide{bottom:var(--below,0px)}
.slide .body{padding:20px}
.bar .body{justify-content:start;gap:8px 12px;padding:8px;padding-inline:16px 60px}
.bar .text{flex:96px}
}
@media(prefers-reduced-motion:reduce){.box,.box::backdrop{animation:none;transition:none}}
@media(forced-colors:active){
.box{border:1px solid}
.scale :checked+span{background:Highlight;color:HighlightText;forced-color-adjust:none}
}
`
