import { buttonStyles } from '../button-styles.ts'

/** What only earlier chats need, fetched with them. Forms look as elsewhere, also where no other form was loaded. */
export const styles = `${buttonStyles}
.past{flex:1;min-height:0;overflow-y:auto;display:flex;flex-direction:column;gap:16px;padding:20px 20px calc(20px + env(safe-area-inset-bottom))}
.past-title{font-size:18px;line-height:24px;font-weight:650}
.past ul{display:grid;list-style:none;padding:0;border-block:1px solid var(--gp-soft)}
.past li+li{border-block-start:1px solid var(--gp-soft)}
.window .past li button{display:grid;grid-template-columns:1fr auto;gap:2px 12px;width:100%;min-height:64px;padding:10px 8px;text-align:start;border-radius:6px}
.window .past li button:hover{background:rgb(128 128 128/.1)}
.past .last{grid-column:1/-1;overflow:hidden;text-overflow:ellipsis;white-space:nowrap;font-size:15px;line-height:22px}
.past .when,.past .how{font-size:13px;line-height:20px;color:var(--gp-muted)}
.past .how.on{color:var(--gp-text);font-weight:600}
.past .field{display:grid;gap:4px}
.past .label{font-size:14px;line-height:20px;font-weight:550}
.window .past input{width:100%;min-height:48px;padding:11px 12px;border:1px solid var(--gp-line);border-radius:var(--r);background:var(--gp-background);color:inherit;font:inherit}
.window .past input[aria-invalid=true]{border-color:var(--gp-bad);box-shadow:inset 0 0 0 1px var(--gp-bad)}
.past .digits{letter-spacing:.2em;font-variant-numeric:tabular-nums}
.past .bad{font-size:13px;line-height:20px;color:var(--gp-bad)}
.past .quietly{color:var(--gp-muted);font-size:15px;line-height:22px}
.past form{display:grid;gap:16px}
.window .past .later{margin-block-start:auto}
.past .all{display:grid;gap:4px;margin-block-start:auto}
.page .past{padding-inline:max(16px,50% - 344px)}
@media(forced-colors:active){.window .past input{border:1px solid!important}}
`
