import { buttonStyles } from './button-styles.ts'

/** What only forms need, fetched with them. */
export const styles = `${buttonStyles}
.menu{position:absolute;inset-block-start:60px;inset-inline-end:12px;list-style:none;padding:6px;min-width:220px;border-radius:var(--r);background:var(--gp-background);color:var(--gp-text);box-shadow:0 0 0 1px rgb(0 0 0/.1),0 8px 24px rgb(0 0 0/.18)}
.window .menu button{display:block;width:100%;min-height:44px;padding:8px 12px;border-radius:6px;text-align:start}
.form{flex:1;min-height:0;overflow-y:auto;display:flex;flex-direction:column;gap:16px;padding:24px 20px calc(24px + env(safe-area-inset-bottom))}
.intro{font-size:16px;line-height:24px;white-space:pre-line}
.field{display:grid;gap:4px}
.label{font-size:14px;line-height:20px;font-weight:550}
.window :is(.field,.rating) :is(input:not([type=checkbox],[type=radio]),select,textarea){width:100%;min-height:48px;padding:11px 12px;border:1px solid var(--gp-line);border-radius:var(--r);background:var(--gp-background);color:inherit;font:inherit;resize:vertical}
.window [aria-invalid=true]:not([type=radio]){border-color:var(--gp-bad);box-shadow:inset 0 0 0 1px var(--gp-bad)}
.window :is(.field,.rating) :is(input,select,textarea):focus-visible{outline-offset:-1px}
.check{grid-template-columns:24px 1fr;gap:0 12px;align-items:start;font-size:14px;line-height:20px}
.check input{width:20px;height:20px;margin:2px;accent-color:var(--gp-link)}
.check label{padding:2px 0 8px}
.check .bad{grid-column:2}
.bad{font-size:13px;line-height:20px;color:var(--gp-bad)}
.done{padding:8px 0;text-align:center}
.rating{display:grid;gap:10px}
.rating fieldset{border:0;padding:0;min-width:0;text-align:center}
.rating legend{padding:0;width:100%;font-weight:600}
.stars{display:flex;justify-content:center}
.stars label{position:relative;width:48px;height:48px;display:grid;place-content:center;cursor:pointer}
.stars .star{width:32px;height:32px;stroke:var(--gp-line);stroke-width:1.6}
.stars label:has(input:checked) .star,.stars label:has(~label input:checked) .star{fill:var(--gp-accent);stroke:var(--gp-accent)}
.stars input:focus-visible+.star{outline:2px solid var(--gp-link);outline-offset:2px;border-radius:6px}
@media(forced-colors:active){.stars label:has(input:checked) .star,.stars label:has(~label input:checked) .star{fill:Highlight;forced-color-adjust:none}}
`
