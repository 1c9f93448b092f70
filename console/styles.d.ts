/** Imported for their effect: the build joins them into one sheet. */
declare module '*.css'
