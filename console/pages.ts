import type { ComponentType } from 'preact'
import type { OwnShop, Permission } from '#protocol/account.ts'
import type { MessageKey } from './messages/en.ts'
import { mayIn } from './session.ts'
import type { IconName } from './ui/icon.tsx'

/** A page inside of the shell. */
export interface ConsolePage {
  readonly path: string
  /** Its name in navigation and palette. */
  readonly label: MessageKey
  readonly icon: IconName
  /** Where navigation lists it; `hidden`: the palette, menus and links alone lead there. */
  readonly group: 'shop' | 'settings' | 'hidden'
  /** By which it is offered; without it, everybody sees it. */
  readonly needs?: readonly [Permission, 'own' | 'read' | 'edit']
  /** The page of the navigation that leads there. */
  readonly under?: string
  /** Of one thing, which the address names: links alone lead there, for without it there is nothing to see. */
  readonly isOfOne?: true
  readonly load: () => Promise<{ readonly Page: ComponentType }>
}

/** One line a page, in the order of the navigation. */
export const PAGES: readonly ConsolePage[] = [
  // oxfmt-ignore
  { path: '/console', label: 'nav.home', icon: 'home', group: 'shop', load: () => import('./dashboard/page.tsx') },
  // oxfmt-ignore
  { path: '/console/live', label: 'nav.live', icon: 'live', group: 'shop', needs: ['events', 'read'], load: () => import('./live/shell-page.tsx') },
  // oxfmt-ignore
  { path: '/console/visitors', label: 'nav.visitors', icon: 'eye', group: 'shop', needs: ['customers', 'read'], load: () => import('./people/visitors-page.tsx') },
  // oxfmt-ignore
  { path: '/console/customers', label: 'nav.customers', icon: 'people', group: 'shop', needs: ['customers', 'read'], load: () => import('./people/customers-page.tsx') },
  // oxfmt-ignore
  { path: '/console/experiences', label: 'experience.title', icon: 'layers', group: 'shop', needs: ['experiences', 'read'], load: () => import('./experiences/page.tsx') },
  // oxfmt-ignore
  { path: '/console/experiences/new', label: 'experience.new', icon: 'plus', group: 'hidden', under: '/console/experiences', needs: ['experiences', 'edit'], load: () => import('./experiences/gallery-page.tsx') },
  // oxfmt-ignore
  { path: '/console/experience', label: 'experience.one', icon: 'layers', group: 'hidden', under: '/console/experiences', isOfOne: true, needs: ['experiences', 'read'], load: () => import('./experiences/editor-page.tsx') },
  // oxfmt-ignore
  { path: '/console/audiences', label: 'audience.title', icon: 'people', group: 'shop', needs: ['audiences', 'read'], load: () => import('./audiences/page.tsx') },
  // oxfmt-ignore
  { path: '/console/audience', label: 'audience.one', icon: 'people', group: 'hidden', under: '/console/audiences', isOfOne: true, needs: ['audiences', 'read'], load: () => import('./audiences/audience-page.tsx') },
  // oxfmt-ignore
  { path: '/console/lists', label: 'lists.title', icon: 'log', group: 'shop', needs: ['customers', 'edit'], load: () => import('./lists/page.tsx') },
  // oxfmt-ignore
  { path: '/console/list', label: 'lists.one', icon: 'log', group: 'hidden', under: '/console/lists', isOfOne: true, needs: ['customers', 'edit'], load: () => import('./lists/list-page.tsx') },
  // oxfmt-ignore
  { path: '/console/orders', label: 'nav.orders', icon: 'bag', group: 'shop', needs: ['orders', 'read'], load: () => import('./customers/orders-page.tsx') },
  // oxfmt-ignore
  { path: '/console/products', label: 'nav.products', icon: 'tag', group: 'shop', needs: ['catalog', 'read'], load: () => import('./catalog/page.tsx') },
  // oxfmt-ignore
  { path: '/console/conversations', label: 'inbox.title', icon: 'chat', group: 'shop', needs: ['conversations', 'own'], load: () => import('./chat/inbox-page.tsx') },
  // oxfmt-ignore
  { path: '/console/reports', label: 'report.title', icon: 'chart', group: 'shop', needs: ['conversations', 'own'], load: () => import('./dashboard/reports-page.tsx') },
  // oxfmt-ignore
  { path: '/console/channels', label: 'channel.title', icon: 'feed', group: 'shop', needs: ['conversations', 'own'], load: () => import('./chat/channels-page.tsx') },
  // oxfmt-ignore
  { path: '/console/channel', label: 'channel.one', icon: 'chat', group: 'hidden', under: '/console/channels', needs: ['conversations', 'own'], load: () => import('./chat/channel-page.tsx') },
  // oxfmt-ignore
  { path: '/console/canned-replies', label: 'reply.title', icon: 'text', group: 'hidden', under: '/console/channels', needs: ['conversations', 'own'], load: () => import('./chat/replies-page.tsx') },
  // oxfmt-ignore
  { path: '/console/chatbots', label: 'chatbot.title', icon: 'jobs', group: 'hidden', under: '/console/channels', needs: ['conversations', 'edit'], load: () => import('./chat/bots/list-page.tsx') },
  // oxfmt-ignore
  { path: '/console/chatbot', label: 'chatbot.one', icon: 'jobs', group: 'hidden', under: '/console/channels', isOfOne: true, needs: ['conversations', 'edit'], load: () => import('./chat/bots/editor-page.tsx') },
  // oxfmt-ignore
  { path: '/console/events', label: 'nav.events', icon: 'bolt', group: 'shop', needs: ['events', 'read'], load: () => import('./events/page.tsx') },
  // oxfmt-ignore
  { path: '/console/first-run', label: 'nav.first_run', icon: 'sparkle', group: 'shop', needs: ['shop', 'edit'], load: () => import('./first-run/page.tsx') },
  // oxfmt-ignore
  { path: '/console/settings', label: 'settings.title', icon: 'settings', group: 'settings', needs: ['shop', 'read'], load: () => import('./settings/page.tsx') },
  // oxfmt-ignore
  { path: '/console/settings/origins', label: 'origin.title', icon: 'globe', group: 'settings', needs: ['shop', 'read'], load: () => import('./origins/page.tsx') },
  // oxfmt-ignore
  { path: '/console/settings/keys', label: 'key.title', icon: 'key', group: 'settings', needs: ['shop', 'read'], load: () => import('./keys/page.tsx') },
  // oxfmt-ignore
  { path: '/console/settings/members', label: 'members.title', icon: 'people', group: 'settings', needs: ['members', 'read'], load: () => import('./members/page.tsx') },
  // oxfmt-ignore
  { path: '/console/settings/feeds', label: 'feed.title', icon: 'feed', group: 'settings', needs: ['catalog', 'read'], load: () => import('./feeds/page.tsx') },
  // oxfmt-ignore
  { path: '/console/settings/feed', label: 'feed.one', icon: 'feed', group: 'hidden', under: '/console/settings/feeds', isOfOne: true, needs: ['catalog', 'read'], load: () => import('./feeds/feed-page.tsx') },
  // oxfmt-ignore
  { path: '/console/settings/webhooks', label: 'webhook.title', icon: 'webhook', group: 'settings', needs: ['webhooks', 'read'], load: () => import('./webhooks/page.tsx') },
  // oxfmt-ignore
  { path: '/console/settings/webhook', label: 'webhook.one', icon: 'webhook', group: 'hidden', under: '/console/settings/webhooks', isOfOne: true, needs: ['webhooks', 'read'], load: () => import('./webhooks/webhook-page.tsx') },
  // oxfmt-ignore
  { path: '/console/settings/mail', label: 'mail.title', icon: 'mail', group: 'settings', needs: ['mail', 'read'], load: () => import('./mail/page.tsx') },
  // oxfmt-ignore
  { path: '/console/settings/jobs', label: 'job.title', icon: 'jobs', group: 'settings', needs: ['jobs', 'read'], load: () => import('./jobs/page.tsx') },
  // oxfmt-ignore
  { path: '/console/settings/audit-log', label: 'nav.audit', icon: 'log', group: 'settings', needs: ['audit', 'read'], load: () => import('./audit/page.tsx') },
  // oxfmt-ignore
  { path: '/console/settings/data', label: 'nav.data', icon: 'box', group: 'settings', needs: ['export', 'read'], load: () => import('./export/page.tsx') },
  // oxfmt-ignore
  { path: '/console/visitor', label: 'people.one.visitor', icon: 'person', group: 'hidden', under: '/console/visitors', isOfOne: true, needs: ['customers', 'read'], load: () => import('./people/visitor-page.tsx') },
  // oxfmt-ignore
  { path: '/console/customer', label: 'people.one.customer', icon: 'person', group: 'hidden', under: '/console/customers', isOfOne: true, needs: ['customers', 'read'], load: () => import('./people/customer-page.tsx') },
  // oxfmt-ignore
  { path: '/console/account', label: 'own_account.title', icon: 'person', group: 'hidden', load: () => import('./own-account/page.tsx') },
]

/** The page at an address; `undefined`: there is none. */
export function pageAt(path: string): ConsolePage | undefined {
  return PAGES.find((page) => page.path === path)
}

export function mayOpen(shop: Pick<OwnShop, 'permissions'>, { needs }: ConsolePage): boolean {
  return needs === undefined || mayIn(shop, ...needs)
}
