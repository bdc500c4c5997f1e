import type { Playbook } from '../../playbook/schema.ts';
import type { Escalation } from '../escalation/escalation.ts';
import { withTag } from './csat-title.ts';
import { addressesIn, recipientsOf, type Recipients } from './recipients.ts';
import { httpsOnly, oneLine } from './typed-text.ts';

/** The email of F45 and F47 to F52, as it is shown, copied and sent. Plain text; nothing in it is markup. */
export interface CsatLetter {
  readonly recipients: Recipients;
  readonly subject: string;
  /** "IcM Title: ..." and so on, in the order of F48. */
  readonly fields: readonly string[];
  readonly salutation: string;
  /** F50 to F52. */
  readonly paragraphs: readonly string[];
  readonly signOff: readonly [string, string];
  /** All of it, lines end in LF. */
  readonly text: string;
}

type Told = Pick<
  Escalation,
  'icmNumber' | 'icmTitle' | 'icmLink' | 'srNumber' | 'srLink' | 'contacts' | 'ownerName' | 'ownerEmail' | 'requester'
>;

/** The letter about an approved escalation. Typed words go into it as one line each, so none can pass for another part. */
export function letterFor(escalation: Told, playbook: Playbook): CsatLetter {
  const { tag, email, unknown } = playbook.csatPackage;
  const recipients = recipientsOf(escalation, playbook);
  const { names } = recipients;
  const words: Readonly<Record<string, string>> = {
    icm: oneLine(escalation.icmNumber, 40),
    icmTitle: withTag(oneLine(escalation.icmTitle, 500), tag, unknown),
    icmLink: linked(escalation.icmNumber, escalation.icmLink),
    srLink: linked(escalation.srNumber, escalation.srLink),
    contacts: oneLine(
      escalation.contacts
        .split('\n')
        .map((line) => line.trim())
        .filter((line) => line !== '')
        .join('; '),
      1_000,
    ),
    managers: names.length > 1 ? `${names.slice(0, -1).join(', ')} & ${names.at(-1)}` : (names[0] ?? ''),
  };
  const fields = [email.fields.icmTitle, email.fields.icm, email.fields.sr, email.fields.contacts].map((field) =>
    filled(field, words),
  );
  const salutation = filled(email.salutation, words);
  const signOff = [email.thanks, oneLine(escalation.requester.name, 100)] as const;
  return {
    recipients,
    subject: filled(email.subject, words),
    fields,
    salutation,
    paragraphs: email.paragraphs,
    signOff,
    text: textOf(fields, salutation, email.paragraphs, signOff),
  };
}

/** The parts of the letter as its text. */
export function textOf(
  fields: readonly string[],
  salutation: string,
  paragraphs: readonly string[],
  signOff: readonly string[],
): string {
  return [fields.join('\n'), salutation, ...paragraphs, signOff.join('\n')].join('\n\n');
}

/** Whom an answer to the letter goes to: the CSS contacts, as far as they get it themselves. */
export function answersTo(escalation: Pick<Escalation, 'contacts'>, { cc }: Recipients): readonly string[] {
  return addressesIn(escalation.contacts).filter((address) => cc.includes(address));
}

function linked(number: string, link: string): string {
  const address = httpsOnly(link);
  const plain = oneLine(number, 40);
  return address === undefined ? plain : `${plain} (${address})`;
}

/** Puts the words in braces in; what they hold is not looked at again. */
const filled = (template: string, words: Readonly<Record<string, string>>): string =>
  template.replace(/\{(\w+)\}/g, (all, name: string) => words[name] ?? all);
