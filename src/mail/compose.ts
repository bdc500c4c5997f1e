import type { Letter } from '../features/feature.ts';

export interface Composed {
  /** RFC 5322; lines end in CR LF, other letters than ASCII are encoded. */
  readonly text: string;
  readonly envelope: { readonly from: string; readonly to: readonly string[] };
}

/**
 * A letter as a message. The library encodes what is no ASCII and folds long headers; that no line break gets into a
 * header is seen to here as well, since a header that ends early lets the text go on as headers.
 */
export async function compose(
  letter: Letter,
  at: Date,
  from: string | undefined,
  headers: Readonly<Record<string, string>> = {},
): Promise<Composed> {
  // It takes a moment to load, and most processes never send an email.
  const { default: MailComposer } = await import('nodemailer/lib/mail-composer');
  const message = new MailComposer({
    ...(from === undefined ? {} : { from: oneLine(from) }),
    to: letter.to.map(oneLine),
    cc: letter.cc.map(oneLine),
    ...(letter.replyTo.length > 0 ? { replyTo: letter.replyTo.map(oneLine) } : {}),
    subject: oneLine(letter.subject),
    text: letter.text.toWellFormed(),
    date: at,
    messageId: oneLine(letter.messageId),
    headers: { ...headers },
    newline: 'win',
    // Nothing of a letter is ever read from a file or an address.
    disableFileAccess: true,
    disableUrlAccess: true,
  }).compile();
  const built = await message.build();
  return {
    text: built.toString('utf8'),
    envelope: { from: from ?? '', to: [...letter.to, ...letter.cc] },
  };
}

const oneLine = (text: string): string => text.toWellFormed().replace(/[\u0000-\u001F\u007F\u0085\u2028\u2029]+/g, ' ');
