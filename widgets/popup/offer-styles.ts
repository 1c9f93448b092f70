/** Of the blocks that few pop-ups have, after the pop-up's own; see `styles.ts`. */
export const styles = `
.product p,.bar b{font-size:14px;line-height:20px;padding-inline:0}
.product p{color:var(--gp-muted)}
.row{display:flex;justify-content:center;gap:8px;margin-top:8px}
.unit{flex:0 1 72px;min-width:0;padding:8px 2px;border-radius:var(--r);background:var(--gp-soft);font-variant-numeric:tabular-nums;text-align:center}
.unit b{display:block;font-size:20px;line-height:28px}
.bar .countdown{display:flex;flex-wrap:wrap;align-items:center;gap:8px}
.bar .row{margin:0}
.bar .unit{padding:2px 8px;flex:none}
.bar b{display:inline}
.products{list-style:none;padding:0;display:grid;gap:12px;text-align:start}
.product{display:grid;grid-template-columns:auto 1fr;gap:16px;align-items:center}
.product img{border-radius:var(--r);object-fit:cover;background:var(--gp-soft)}
.product a{color:inherit;font-weight:550;text-decoration-color:var(--gp-line);text-underline-offset:3px}
.goal{display:grid;gap:8px;text-align:center}
.bar .goal{flex:0 1 420px;gap:4px}
progress{width:100%;height:8px;appearance:none;border:0;border-radius:4px;overflow:hidden;background:var(--gp-soft);box-shadow:inset 0 0 0 1px var(--gp-line)}
::-webkit-progress-bar{background:0 0}
::-webkit-progress-value{background:var(--gp-link)}
::-moz-progress-bar{background:var(--gp-link)}
@media(max-width:520px){
.bar .goal{flex:1;text-align:start}
}
@media(forced-colors:active){
progress{border:1px solid}
::-webkit-progress-value{background:Highlight;forced-color-adjust:none}
}
`
