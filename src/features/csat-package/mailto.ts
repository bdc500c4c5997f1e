import { textOf, type CsatLetter } from './letter.ts';

/** Outlook opens a link of about so many characters; a longer one it cuts, or does not open at all. */
export const longestMailto = 2_000;

/** A link that opens the mail program with the letter, and what is not in it. */
export interface Mailto {
  readonly href: string;
  /** A sentence about what did not fit, or nothing. */
  readonly cut: string | undefined;
}

const encode = (text: string): string => encodeURIComponent(text.toWellFormed().replace(/\r?\n/g, '\r\n'));
const addressed = (addresses: readonly string[]): string =>
  addresses.map((one) => encodeURIComponent(one.toWellFormed()).replaceAll('%40', '@')).join(',');

/** Says in the letter itself that something is left out, so that nobody sends a part for the whole. */
const more = '[The rest of the text did not fit into the link. Please paste it from the card.]';

/**
 * The letter as a `mailto:` link. What does not fit is left out from the end: paragraphs first, then the fields, then
 * addresses; the link says so in its text, and the caller beside it.
 */
export function mailtoFor(letter: CsatLetter, most = longestMailto): Mailto {
  const { recipients, fields, salutation, paragraphs, signOff, subject } = letter;
  const link = (cc: readonly string[], body: string): string =>
    `mailto:${addressed(recipients.to)}?${cc.length > 0 ? `cc=${addressed(cc)}&` : ''}subject=${encode(subject)}&body=${encode(body)}`;
  const whole = link(recipients.cc, letter.text);
  if (whole.length <= most) return { href: whole, cut: undefined };

  const bodies = [
    ...paragraphs.map((_one, at) =>
      textOf(fields, salutation, [...paragraphs.slice(0, paragraphs.length - 1 - at), more], signOff),
    ),
    `${salutation}\n\n${more}`,
    more,
  ];
  for (let kept = recipients.cc.length; kept >= 0; kept -= 1) {
    const cc = recipients.cc.slice(0, kept);
    const dropped = recipients.cc.length - kept;
    for (const body of dropped === 0 ? bodies : bodies.slice(-1)) {
      const href = link(cc, body);
      if (href.length <= most)
        return {
          href,
          cut: `Mail programs take about ${most} characters from a link, so it holds a part of the text${dropped > 0 ? ` and not all addresses (${dropped} ${dropped === 1 ? 'is' : 'are'} missing)` : ''}. Paste the whole text from this card.`,
        };
    }
  }
  return {
    href: `mailto:?subject=${encode(subject)}`.slice(0, most),
    cut: 'There are too many addresses for a link, so it holds the subject alone. Copy the addresses and the text from this card.',
  };
}
