/** Of the button, where it tells how a chat stands. */
export const STAND_STYLES = `
.gp-launcher svg{stroke-linecap:round}
.gp-launcher[aria-expanded=true]{width:56px;height:56px;overflow:hidden;font-size:0}
.gp-launcher i{position:absolute;inset-block-start:-6px;inset-inline-end:-6px;min-width:10px;height:22px;padding:0 6px;border-radius:11px;background:#c0362c;color:#fff;font:600 13px/22px system-ui;text-align:center}
@media(max-width:520px),(max-height:480px){.gp-launcher[aria-expanded=true]{display:none}}
@media(forced-colors:active){.gp-launcher i{border:1px solid}}
`
