import type { Texts } from '../texts.ts'

/** The page of the shop's members. */
export const members = {
  'members.title': 'Members',
  'members.intro': 'Who works in {shop}, and what they may do.',
  'members.invite': 'Invite a member',
  'members.member': 'Member',
  'members.roles': 'Roles',
  'members.second_factor': 'Second step',
  'members.second_factor.on': 'On',
  'members.second_factor.off': 'Off',
  'members.seen': 'Last seen',
  'members.seen.not_lately': 'Not lately',
  'members.joined': 'Joined',
  'members.you': 'you',
  'members.actions': 'What to do with {name}',
  'members.change': 'Change roles',
  'members.remove': 'Remove from the shop',
  'members.leave': 'Leave the shop',
  'members.last_owner':
    'The last owner can’t go: a shop keeps one. Make somebody else an owner first.',
  'members.only_owner': 'Only an owner decides who owns the shop.',
  'members.alone.title': 'You are the only one here',
  'members.alone.text':
    'Invite those who answer chats, run campaigns or look after the shop with you.',

  'roles.title': 'Roles of {name}',
  'roles.save': 'Save roles',
  'roles.saved': 'Roles of {name} changed',
  'roles.put_back': 'The roles are as before',
  'roles.owner.text': 'Everything, also who owns the shop, and its deletion.',
  'roles.admin.text': 'Everything but deleting the shop, deciding who owns it, and others’ keys.',
  'roles.operator.text':
    'Answers chats in their channels. Sees customers, orders and experiences, changes none.',
  'roles.host.text':
    'Holds their own live events and appointments. Sees experiences and the catalogue.',

  'removal.title': 'Remove {name} from {shop}',
  'removal.text':
    'They lose access at once, and so do the invitations that they made. To come back, they need an invitation.',
  'removal.keys': [
    '{n} secret key that {name} made stops working',
    '{n} secret keys that {name} made stop working',
  ],
  'removal.keys.some': 'Keys that may do more than an admin stop working',
  'removal.keys.text':
    'Whatever uses one is refused from then on, also if the roles come back. Give it a key of your own first.',
  'removal.action': 'Remove {name}',
  'removal.done': '{name} is removed',

  'invite.title': 'Invite a member',
  'invite.roles': 'What they may do',
  'invite.send': 'Invite',
  'invite.made.title': 'Invitation for {email}',
  'invite.made.mailed': 'It is on its way by mail. You can send the link yourself as well.',
  'invite.made.unmailed': 'No mail was sent, for none is set up. Send them this link yourself:',
  'invite.made.once': 'It works once, until {date}, and is shown only now.',
  'invite.made.link': 'Link',
  'invite.made.copy': 'Copy link',
  'invite.done': 'Done',

  'invitations.title': 'Invitations',
  'invitations.text': 'Sent, and not accepted yet.',
  'invitations.email': 'For',
  'invitations.sent': 'Sent',
  'invitations.expires': 'Good until',
  'invitations.again': 'Send again',
  'invitations.again.label': 'Send again the invitation for {email}',
  'invitations.revoke': 'Revoke',
  'invitations.revoke.label': 'Revoke the invitation for {email}',
  'invitations.revoked': 'Invitation for {email} revoked: its link opens nothing any more',

  'fault.roles_none': 'Choose at least one role.',
  'fault.is_member': 'This address is a member already. Change their roles instead.',
  'fault.owner_decides': 'Only an owner decides who owns the shop. Ask one.',
  'fault.last_owner': 'A shop keeps an owner. Make somebody else one first.',
  'fault.no_member': 'They don’t belong to the shop any more. Reload the page.',
  'leaving.last_shop':
    'It is your only shop: your account, with its name, photo and password, is deleted with it.',
} as const satisfies Texts
