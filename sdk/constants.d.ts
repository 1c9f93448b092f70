/** The version in package.json; the build puts it in. */
declare const __GP_VERSION__: string
/** Lazy chunk name → its `sha384-…`; undefined in the floating `/gp.js`, whose chunks change with it. */
declare const __GP_INTEGRITY__: Readonly<Record<string, string>> | undefined
