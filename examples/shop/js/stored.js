/** What this browser kept under `name`, or `fallback`; storage may be denied, or hold something else than we wrote. */
export function readStored(name, fallback) {
  try {
    return JSON.parse(localStorage.getItem(`ceiba:${name}`)) ?? fallback
  } catch {
    return fallback
  }
}

/** Without storage the shop works all the same, for as long as the page is open. */
export function writeStored(name, value) {
  try {
    localStorage.setItem(`ceiba:${name}`, JSON.stringify(value))
  } catch {
    // Denied or full.
  }
}
