/** Goes with the emoji. */
export const styles = `
.emoji{border:0;min-width:0;position:absolute;inset-inline:16px;inset-block-end:100%;display:grid;grid-template-columns:repeat(auto-fill,minmax(44px,1fr));max-height:240px;overflow-y:auto;padding:6px;border-radius:16px;background:var(--gp-background);box-shadow:0 0 0 1px rgb(0 0 0/.1),0 8px 24px rgb(0 0 0/.18)}
.window .emoji button{height:44px;border-radius:8px;font-size:24px;line-height:1}
.emoji button:hover{background:rgb(128 128 128/.14)}
@media(forced-colors:active){.emoji{border:1px solid!important}}
`
