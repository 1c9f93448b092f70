import { takeLinkToken } from '../link-token.ts'
import { createLinkModel, type LinkModel } from './link-model.ts'
import { LinkPage } from './link-page.tsx'
import { acceptLink, readAccount, readLink } from './requests.ts'
import type { SignInModel } from './sign-in-model.ts'

interface LinkPageDeps {
  readonly signInModel: (onSignedIn: () => void, email: string | undefined) => SignInModel
  readonly onSignedIn: () => void
  /** Likewise, with a shop that nobody has owned before. */
  readonly onOwned: () => void
}

/** The page of the link in the address. */
export function openLinkPage({ signInModel, onSignedIn, onOwned }: LinkPageDeps) {
  const token = takeLinkToken({ survivesReload: true })
  const model: LinkModel = createLinkModel({
    token,
    readLink,
    acceptLink,
    readAccount,
    onSignedIn: () => (model.link.value?.kind === 'setup' ? onOwned() : onSignedIn()),
  })
  const models = new Map<string | undefined, SignInModel>()
  /** Then the invitation can be accepted, by whoever it is for; after a reset there is nothing left but to go on. */
  const goOn = () => (model.link.value?.kind === 'reset' ? onSignedIn() : void model.accept({}))
  const signInAs = (email: string | undefined) => {
    const known = models.get(email) ?? signInModel(goOn, email)
    models.set(email, known)
    return known
  }
  void model.open()
  return <LinkPage model={model} signInAs={signInAs} />
}
