import { buffer } from 'node:stream/consumers'
import DKIM from 'nodemailer/lib/dkim'
import MailComposer from 'nodemailer/lib/mail-composer'
import type { DkimSettings, MailSettings } from './settings.ts'
import type { MailRow } from './store.ts'

/** Signed too: a mail whose way to unsubscribe was changed on its way is not ours. */
const SIGNED_FIELDS = [
  'From',
  'Reply-To',
  'Subject',
  'Date',
  'Message-ID',
  'To',
  'MIME-Version',
  'Content-Type',
  'Content-Transfer-Encoding',
  'Content-Language',
  'List-Unsubscribe',
  'List-Unsubscribe-Post',
].join(':')

export interface Composed {
  readonly envelope: { readonly from: string; readonly to: [string] }
  readonly message: Buffer
}

/** The mail as it goes over the wire. Addresses are objects, so that no name can bring in another. */
export async function compose(
  mail: MailRow,
  { from: usual, dkim }: Pick<MailSettings, 'from' | 'dkim'>,
): Promise<Composed> {
  const from = {
    address: mail.fromAddress ?? usual.address,
    name: mail.fromName ?? usual.name ?? '',
  }
  const message = await new MailComposer({
    from,
    to: { address: mail.toAddress, name: mail.toName ?? '' },
    ...(mail.replyTo !== null && { replyTo: { address: mail.replyTo, name: '' } }),
    subject: mail.subject,
    text: mail.text,
    ...(mail.html !== null && { html: mail.html }),
    messageId: mail.messageId,
    date: new Date(mail.createdAt),
    headers: headersOf(mail),
    // A text is a text, whatever it looks like.
    disableFileAccess: true,
    disableUrlAccess: true,
    newline: 'windows',
  })
    .compile()
    .build()
  const envelope = { from: from.address, to: [mail.toAddress] satisfies [string] }
  return { envelope, message: dkim === undefined ? message : await signed(message, dkim) }
}

function headersOf({ language, unsubscribeUrl }: MailRow): Record<string, string> {
  return {
    ...(language !== null && { 'Content-Language': language }),
    // RFC 8058: mail programs unsubscribe by one POST to this address.
    ...(unsubscribeUrl !== null && {
      'List-Unsubscribe': `<${unsubscribeUrl}>`,
      'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
    }),
  }
}

function signed(message: Buffer, { domain, selector, privateKey }: DkimSettings): Promise<Buffer> {
  const signer = new DKIM({
    domainName: domain,
    keySelector: selector,
    privateKey,
    headerFieldNames: SIGNED_FIELDS,
  })
  return buffer(signer.sign(message))
}
