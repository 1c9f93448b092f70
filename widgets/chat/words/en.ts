import type { FormWords } from './forms/en.ts'

/** What the window says where the shop has said nothing. `{…}` is filled in. */
export const words = {
  title: 'Chat with us',
  close: 'Close the chat',
  menu: 'More',
  here: '{names} can help you',
  anyone: 'We are here to help',
  answers: '{names} is answering',
  nobody: 'We will answer by e-mail',
  welcome: 'Hello! How can we help you?',
  placeholder: 'Write a message',
  send: 'Send',
  attach: 'Attach a picture or PDF',
  emoji: 'Insert an emoji',
  log: 'Messages',
  you: 'You',
  today: 'Today',
  yesterday: 'Yesterday',
  sending: 'Sending',
  sent: 'Sent',
  seen: 'Seen',
  notSent: 'Not sent.',
  retry: 'Try again',
  discard: 'Delete',
  redacted: 'This message was removed.',
  typing: '{name} is typing',
  reconnecting: 'No connection. We keep trying.',
  queued: 'You are number {position} in line. Somebody answers as soon as they can.',
  waiting: 'Somebody answers as soon as they can.',
  joined: '{name} joined',
  left: '{name} left',
  transferred: '{name} takes over',
  closed: 'This chat has ended',
  reopened: 'The chat goes on',
  rated: 'You rated this chat',
  blocked: 'You cannot write here any more.',
  opens: 'Opens again {when}',
  unread: '{count} unread',
  newMessages: 'New messages',
  earlierMessages: 'Earlier messages',
}

export type WindowWords = typeof words
/** With what comes with forms. */
export type ChatWords = WindowWords & FormWords
