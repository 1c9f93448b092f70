/** Of what is pressed in forms and lists, fetched with either. */
export const buttonStyles = `
.window .button{display:grid;place-content:center;min-height:48px;padding:8px 20px;border-radius:var(--r);background:var(--gp-accent);color:var(--gp-on-accent);font-weight:600;text-align:center}
.window .button.quiet,.foot .rating+.button{background:0 0;color:var(--gp-link)}
.window .button[aria-disabled]{opacity:.7}
`
