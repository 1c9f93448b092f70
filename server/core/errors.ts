import type { ErrorCode } from '#protocol/names.ts'

interface RefusalDetails {
  /** Whole seconds after which trying again makes sense; becomes `Retry-After`. */
  readonly retryAfterSeconds?: number
}

/** An expected no. The message is for the caller: what happened and what to do. */
export class Refusal extends Error {
  readonly code: ErrorCode
  readonly retryAfterSeconds: number | undefined

  constructor(code: ErrorCode, message: string, details: RefusalDetails = {}) {
    super(message)
    this.name = 'Refusal'
    this.code = code
    this.retryAfterSeconds = details.retryAfterSeconds
  }
}

/** The server can't start, or a command can't run: the message is one sentence for the person at the terminal. */
export class StartError extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options)
    this.name = 'StartError'
  }
}
