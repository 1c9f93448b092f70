import { createContext } from 'preact'
import { useContext } from 'preact/hooks'

/** What readings and changes tell of who may do them; the app acts on it. */
export interface Gate {
  /** Nobody is signed in any more. */
  readonly signedOut: () => void
  /** Asks for the password once more; resolves with whether it was given. */
  readonly signInAgain: () => Promise<boolean>
  /** The account, its shops or its roles have changed. */
  readonly renewAccount: () => Promise<void>
  /** Something that was asked for is not there: perhaps the shop is gone with it. */
  readonly missed: () => void
  /** The server did not answer. */
  readonly lost: () => void
}

export const GateContext = createContext<Gate | undefined>(undefined)

export function useGate(): Gate {
  const gate = useContext(GateContext)
  if (gate === undefined) throw new Error('There is a gate inside of the app only')
  return gate
}
