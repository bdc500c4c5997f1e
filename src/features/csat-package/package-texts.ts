import { cardReply } from '../card.ts';
import type { Reply, Services } from '../feature.ts';
import type { HeldPackage } from './held-package.ts';
import { inParts } from './csv.ts';
import { letterFor } from './letter.ts';
import { noteFor } from './note-text.ts';
import { csatTextCard } from './package-cards.ts';
import { nameOfIcm } from './package-views.ts';
import { letterOf } from './send-email.ts';

export const texts = ['note', 'email', 'eml'] as const;
export type TextKind = (typeof texts)[number];

/** What of a text fits into one card, whatever is in it: the worst characters take two in JSON. */
const partLength = 4_500;
/** A text that needs more messages than that is nothing to copy by hand. */
const mostParts = 12;

/** A text to copy, whole, in as many cards as it takes. */
export function copyReplies(title: string, hint: readonly string[], label: string, text: string): Reply[] {
  const parts = inParts(text, partLength);
  return parts.slice(0, mostParts).map((copy, at) =>
    cardReply(csatTextCard, {
      title: parts.length === 1 ? title : `${title}, part ${at + 1} of ${parts.length}`,
      lines: [
        ...(at === 0 ? hint : []),
        ...(parts.length > 1 && at === 0 ? ['Copy the parts one after the other; together they are the whole.'] : []),
        ...(at === mostParts - 1 && parts.length > mostParts
          ? ['There is more than I can post; ask for less at a time.']
          : []),
      ].map((line) => ({ text: line })),
      label,
      copy,
    }),
  );
}

/** One of the texts of a package. `now` becomes the date of the file. */
export async function textReplies(one: HeldPackage, kind: TextKind, now: Date, services: Services): Promise<Reply[]> {
  const { playbook, mail } = services;
  const icm = nameOfIcm(one);
  switch (kind) {
    case 'note':
      return copyReplies(
        `Note for ${icm}`,
        ['For the product team, not for the customer.'],
        'Note to copy',
        noteFor(one.escalation, playbook),
      );
    case 'email':
      return copyReplies(`Email about ${icm}`, [], 'Text to copy', letterFor(one.escalation, playbook).text);
    case 'eml':
      return copyReplies(
        `Email about ${icm} as a file`,
        [
          'Paste it into a file that ends in .eml and open that: it is a draft in your mail program, to be sent by you.',
        ],
        'File to copy',
        await mail.compose(letterOf(one, services), now),
      );
  }
}
