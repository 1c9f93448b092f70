/** What only files and products need, fetched with them. */
export const styles = `
.bubble.file{display:flex;flex-wrap:wrap;align-items:center;gap:8px;text-decoration:none;color:inherit}
.mine .bubble.file{color:var(--gp-on-accent)}
.bubble.file span{text-decoration:underline;text-underline-offset:3px}
progress{width:100%;height:4px;accent-color:currentColor}
.meanwhile{margin-top:4px;font-size:13px;line-height:20px}
.window .meanwhile button{min-height:24px;text-decoration:underline;text-underline-offset:3px}
.picture{display:block;line-height:0}
.picture img{max-width:100%;width:auto;height:auto;max-height:280px;border-radius:var(--r);background:var(--gp-soft);font-size:15px;line-height:22px}
.card{display:grid;gap:2px;width:min(264px,100%);overflow:hidden;padding-bottom:14px;border-radius:var(--r);background:var(--gp-background);box-shadow:0 0 0 1px rgb(128 128 128/.3);color:inherit;text-decoration:none;font-size:15px;line-height:22px}
.card>*{padding-inline:14px}
.card img{padding:0;width:100%;height:176px;object-fit:cover;margin-bottom:10px;background:var(--gp-soft)}
.card em{margin-top:6px;color:var(--gp-link);font-style:normal;font-weight:600}
`
