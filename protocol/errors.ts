import type { ErrorCode } from './names.ts'

/** The body of every answer that is not a success. */
export interface ErrorAnswer {
  error: {
    code: ErrorCode
    /** For people: what happened and what to do. */
    message: string
    /** What a program should do: fix, wait, split, sign_in … */
    act: string
  }
}
