/** The version in package.json; the build puts it in. */
declare const __GP_VERSION__: string
/** `sha384-…` of `integrity.js`; empty in the floating `/gp.js`, whose chunks change with it. */
declare const __GP_INTEGRITY__: string
