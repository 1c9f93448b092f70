/** Who changes something, as the audit log keeps it. */
export interface Actor {
  /** A secret key, a member, a command on the server's own terminal, or the server by itself. */
  readonly kind: 'key' | 'member' | 'command' | 'server'
  /** The key's last four characters, the member's id, the command's name. */
  readonly name: string
  /** Without the part that would name one machine (`truncatedAddress`); empty: none. */
  readonly address: string
}
