import {
  AcceptLinkSchema,
  LinkSchema,
  MAX_PHOTO_BYTES,
  MemberProfileSchema,
  PasswordChangeSchema,
  PasswordResetSchema,
  SecondFactorConfirmationSchema,
  ShopDraftSchema,
  SignInAgainSchema,
  SignInSchema,
} from '#protocol/account.ts'
import {
  ACCEPTED_LINKS_PATH,
  ACCOUNT_LINKS_PATH,
  ACCOUNT_PATH,
  ACCOUNT_PHOTO_PATH,
  ACCOUNT_SESSION_PATH,
  ACCOUNT_SESSIONS_PATH,
  PASSWORD_PATH,
  PASSWORD_RESETS_PATH,
  RECOVERY_CODES_PATH,
  SECOND_FACTOR_CONFIRMATION_PATH,
  SECOND_FACTOR_PATH,
  SHOP_MEMBERSHIP_PATH,
  SHOPS_PATH,
  SIGN_IN_AGAIN_PATH,
  SIGN_IN_PATH,
  SIGN_OUT_PATH,
} from '#protocol/names.ts'
import type { Actor } from '../core/actor.ts'
import { truncatedAddress } from '../core/client-address.ts'
import type { Guards } from '../core/guards.ts'
import type { Answer, Call } from '../core/http.ts'
import { readJsonBody } from '../core/json-body.ts'
import type { MemberGuards, SignedInCall } from '../core/member-guards.ts'
import type { Router } from '../core/router.ts'
import type { Members } from './members.ts'
import { describedAccount, describedSignIn } from './own-account-descriptions.ts'
import { photoAnswer } from './photo-answer.ts'
import { sessionCookie } from './session-cookie.ts'
import { MEMBER_SESSION_MS, type Browser } from './sessions.ts'

interface OwnAccountRoutesDeps {
  readonly guards: Pick<Guards, 'signIn'> & Pick<MemberGuards, 'signedIn' | 'perhapsSignedIn'>
  readonly members: Members
  readonly publicUrl: URL
}

type Route = (request: SignedInCall) => Promise<Answer>

const BODY_BYTES = 16_384

/** Signing in, and what somebody who is signed in does with their own account; all by a session, none by a key. */
export function addOwnAccountRoutes(router: Router, deps: OwnAccountRoutesDeps): void {
  const { guards, members } = deps
  const { signedIn, perhapsSignedIn } = guards
  const { profile, sessions, secondFactor, shops } = members
  const withCookie = cookieAnswer(deps.publicUrl)

  router.post(
    SIGN_IN_PATH,
    perhapsSignedIn,
    async ({ call, session }) => {
      const input = await readJsonBody(call, SignInSchema, BODY_BYTES)
      return withCookie(await members.signIn.signIn(input, browserOf(call), session))
    },
    describedSignIn.signIn,
  )
  router.post(
    SIGN_IN_AGAIN_PATH,
    signedIn,
    async ({ call, session }) => {
      const input = await readJsonBody(call, SignInAgainSchema, BODY_BYTES)
      return withCookie(await members.signIn.signInAgain(session, input))
    },
    describedSignIn.signInAgain,
  )
  router.post(
    SIGN_OUT_PATH,
    signedIn,
    async ({ session }) => {
      await sessions.signOut(session)
      return withCookie(undefined)
    },
    describedSignIn.signOut,
  )
  router.post(
    PASSWORD_PATH,
    signedIn,
    async ({ call, session }) => {
      const change = await readJsonBody(call, PasswordChangeSchema, BODY_BYTES)
      return withCookie(await members.signIn.changePassword(session, change, browserOf(call)))
    },
    describedSignIn.changePassword,
  )
  router.post(
    PASSWORD_RESETS_PATH,
    guards.signIn,
    async ({ call }) => {
      const { email } = await readJsonBody(call, PasswordResetSchema, BODY_BYTES)
      members.passwordResets.ask(email)
      return { status: 202, json: {} }
    },
    describedSignIn.askReset,
  )
  router.post(
    ACCOUNT_LINKS_PATH,
    guards.signIn,
    async ({ call }) => {
      const { token } = await readJsonBody(call, LinkSchema, BODY_BYTES)
      return { json: await members.links.read(token) }
    },
    describedSignIn.readLink,
  )
  router.post(
    ACCEPTED_LINKS_PATH,
    perhapsSignedIn,
    async ({ call, session }) => {
      const input = await readJsonBody(call, AcceptLinkSchema, BODY_BYTES)
      const token = await members.links.accept(input, browserOf(call), session)
      return token === undefined ? {} : withCookie(token)
    },
    describedSignIn.acceptLink,
  )

  router.get(
    ACCOUNT_PATH,
    signedIn,
    async ({ session }) => ({ json: await profile.read(session) }),
    describedAccount.read,
  )
  router.put(
    ACCOUNT_PATH,
    signedIn,
    async ({ call, session }) => {
      const changed = await readJsonBody(call, MemberProfileSchema, BODY_BYTES)
      return { json: await profile.change(session, changed) }
    },
    describedAccount.replace,
  )
  router.get(
    ACCOUNT_PHOTO_PATH,
    signedIn,
    async ({ session }) => photoAnswer(await profile.photo(session.memberId)),
    describedAccount.photo,
  )
  router.put(
    ACCOUNT_PHOTO_PATH,
    signedIn,
    async ({ call, session }) => {
      await profile.setPhoto(session, await call.readBody(MAX_PHOTO_BYTES))
      return {}
    },
    describedAccount.setPhoto,
  )
  router.delete(
    ACCOUNT_PHOTO_PATH,
    signedIn,
    nothing(profile.removePhoto),
    describedAccount.removePhoto,
  )

  router.get(
    ACCOUNT_SESSIONS_PATH,
    signedIn,
    async ({ session }) => ({
      json: { items: await sessions.list(session), nextCursor: null },
    }),
    describedAccount.sessions,
  )
  router.delete(
    ACCOUNT_SESSIONS_PATH,
    signedIn,
    nothing(sessions.endOthers),
    describedAccount.endOthers,
  )
  router.delete(
    ACCOUNT_SESSION_PATH,
    signedIn,
    async ({ call, session }) => {
      await sessions.end(session, call.param('sessionId') ?? '')
      return {}
    },
    describedAccount.endSession,
  )

  router.post(
    SECOND_FACTOR_PATH,
    signedIn,
    async ({ session }) => ({
      json: await secondFactor.offer(session),
    }),
    describedAccount.offerSecondFactor,
  )
  router.post(
    SECOND_FACTOR_CONFIRMATION_PATH,
    signedIn,
    async ({ call, session }) => {
      const { code } = await readJsonBody(call, SecondFactorConfirmationSchema, BODY_BYTES)
      const { codes, token } = await secondFactor.confirm(session, code)
      return { ...withCookie(token), status: 200, json: { codes } }
    },
    describedAccount.confirmSecondFactor,
  )
  router.delete(
    SECOND_FACTOR_PATH,
    signedIn,
    async ({ session }) => withCookie((await secondFactor.remove(session)).token),
    describedAccount.removeSecondFactor,
  )
  router.post(
    RECOVERY_CODES_PATH,
    signedIn,
    async ({ session }) => ({
      json: await secondFactor.newRecoveryCodes(session),
    }),
    describedAccount.newRecoveryCodes,
  )

  router.get(
    SHOPS_PATH,
    signedIn,
    async ({ session }) => ({
      json: { items: await shops.list(session), nextCursor: null },
    }),
    describedAccount.shops,
  )
  router.post(
    SHOPS_PATH,
    signedIn,
    async ({ call, session }) => {
      const draft = await readJsonBody(call, ShopDraftSchema, BODY_BYTES)
      return { status: 201, json: await shops.create(session, draft, actorOf(session, call)) }
    },
    describedAccount.createShop,
  )
  router.delete(
    SHOP_MEMBERSHIP_PATH,
    signedIn,
    async ({ call, session }) => {
      const shopId = await shops.idOf(session, call.param('shopKey') ?? '')
      const { memberId } = session
      await members.memberships.leave(shopId, { memberId, by: actorOf(session, call) })
      return {}
    },
    describedAccount.leaveShop,
  )
}

/** 204 with the session's token as a cookie; without one, the browser forgets the one it has. */
function cookieAnswer(publicUrl: URL): (token: string | undefined) => Answer {
  return (token) => {
    const cookie =
      token === undefined ? { token: '', lifetimeMs: 0 } : { token, lifetimeMs: MEMBER_SESSION_MS }
    return { status: 204, headers: { 'set-cookie': sessionCookie(publicUrl, cookie) } }
  }
}

function nothing(act: (session: SignedInCall['session']) => Promise<void>): Route {
  return async ({ session }) => {
    await act(session)
    return {}
  }
}

function actorOf({ memberName }: SignedInCall['session'], call: Call): Actor {
  return { kind: 'member', name: memberName, address: truncatedAddress(call.address) }
}

function browserOf(call: Call): Browser {
  return { userAgent: call.header('user-agent'), address: call.address }
}
