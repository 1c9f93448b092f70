type Reason = 'in_use' | 'newer' | 'unreachable' | 'not_writable'

/** The database cannot be used as it is. The message is one sentence for whoever runs the server. */
export class UnusableDatabase extends Error {
  readonly reason: Reason

  constructor(reason: Reason, message: string, cause?: unknown) {
    super(message, { cause })
    this.name = 'UnusableDatabase'
    this.reason = reason
  }
}
