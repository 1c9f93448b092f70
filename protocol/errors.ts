import { z } from 'zod'
import { ERRORS, type ErrorCode } from './names.ts'

const CODES = Object.keys(ERRORS) as [ErrorCode, ...ErrorCode[]]

/** The body of every answer that is not a success. */
export const ErrorAnswerSchema = z
  .object({
    error: z.object({
      code: z.enum(CODES),
      /** For people: what happened and what to do. */
      message: z.string(),
      /** What a program should do: fix, wait, split, sign_in … */
      act: z.string(),
    }),
  })
  .meta({ id: 'Error' })
export type ErrorAnswer = z.infer<typeof ErrorAnswerSchema>
