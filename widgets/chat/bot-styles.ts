/** What only a bot needs, fetched with it. */
export const styles = `
.window .answers{border:0;min-width:0;display:flex;flex-wrap:wrap;gap:8px;justify-content:flex-end;padding-block-start:12px}
.window .answers .answer{width:auto;min-height:44px;height:auto!important;padding:10px 18px;border-radius:22px;box-shadow:inset 0 0 0 1.5px var(--gp-link);background:0 0;color:var(--gp-link);font:inherit;font-weight:600;line-height:24px;text-align:start;text-decoration:none;overflow-wrap:anywhere;cursor:pointer}
.window .answers .answer:hover{background:var(--gp-soft)}
.window .answers .answer:focus-visible{outline:2px solid var(--gp-link);outline-offset:2px}
.window .restart{align-self:center;flex:none;min-height:44px;padding:8px 16px;margin:-4px auto 4px;color:var(--gp-muted);font-size:13px;line-height:20px;text-decoration:underline;text-underline-offset:3px}
.answers .restart{flex-basis:100%;margin:-4px 0 -8px}
.lone{display:flex;align-items:center}
.lone .draft{flex:1;min-width:0;min-height:48px;height:48px!important;padding-block:0}
@media(forced-colors:active){.window .answers .answer{border:1px solid}}
`
