/** Who changes something, as the audit log keeps it. */
export interface Actor {
  /** A secret key, a member, or a command on the server's own terminal. */
  readonly kind: 'key' | 'member' | 'command'
  /** The key's last four characters, the member's id, the command's name. */
  readonly name: string
  /** Without the part that would name one machine (`truncatedAddress`); empty: none. */
  readonly address: string
}

/** A command that somebody runs on the server. */
export const COMMAND: Actor = { kind: 'command', name: '', address: '' }
