import { z } from 'zod';
import type { Icm } from '../tracking/icm-store.ts';
import { cleanTitle } from '../tracking/icm-title.ts';
import { digitsOf, looksLikeIcm, looksLikeSr } from '../tracking/typed-number.ts';
import type { Escalation, EscalationDetails } from './escalation.ts';

/** What stands in the fields of the form, as typed. */
export type Draft = { readonly [Name in keyof typeof fields]: string };

/** Labels of the fields, and the most characters that each takes: the form, the check and the card go by them. */
export const fields = {
  number: { label: 'ICM number', most: 60 },
  icmTitle: { label: 'ICM title', most: 200 },
  icmLink: { label: 'ICM link', most: 300 },
  srNumber: { label: 'SR number', most: 60 },
  srTitle: { label: 'SR title', most: 200 },
  srLink: { label: 'SR link', most: 300 },
  contacts: { label: 'CSS contacts', most: 300 },
  ownerName: { label: 'ICM owner', most: 100 },
  ownerEmail: { label: 'Email of the ICM owner', most: 200 },
  region: { label: 'Region', most: 100 },
  caseStatus: { label: 'Case status', most: 20 },
  sentiment: { label: 'How the customer feels now', most: 800 },
  why: { label: 'Why they feel that way', most: 800 },
  improvement: { label: 'What could have been done differently', most: 800 },
  exceptional: { label: 'Exceptionally bad', most: 10 },
} as const;

const names = Object.keys(fields) as readonly (keyof typeof fields)[];

/** The fields as a card sends them. Nothing is refused here: what is wrong comes back in the form with a sentence. */
export const draftFields = z.object(
  Object.fromEntries(names.map((name) => [name, z.string().default('')])) as Record<
    keyof typeof fields,
    z.ZodDefault<z.ZodString>
  >,
);

export const emptyDraft: Draft = draftFields.parse({ caseStatus: 'open', exceptional: 'false' });

export const draftOfIcm = (icm: Icm): Partial<Draft> => ({
  number: icm.number,
  icmTitle: icm.title,
  srNumber: icm.srNumber ?? '',
  caseStatus: 'open',
});

export const draftOf = (escalation: Escalation): Draft => ({
  ...escalation,
  number: escalation.icmNumber,
  exceptional: String(escalation.exceptional),
});

export interface Problem {
  readonly label: string;
  readonly sentence: string;
}

export interface CheckedDraft {
  readonly number: string;
  readonly details: EscalationDetails;
  readonly problems: readonly Problem[];
}

/**
 * Checks what was typed, field by field; `details` counts only where there are no problems. `regions`: those that the
 * playbook has SMEs for.
 */
export function checkDraft(draft: Draft, regions: readonly string[]): CheckedDraft {
  const problems: Problem[] = [];
  const wrong = (name: keyof Draft, sentence: string): void =>
    void problems.push({ label: fields[name].label, sentence });
  const need = (name: keyof Draft, value: string, sentence: string): string => {
    if (value === '') wrong(name, sentence);
    else if ([...value].length > fields[name].most)
      wrong(name, `It has ${[...value].length} characters; ${fields[name].most} are the most.`);
    return value;
  };
  const paragraph = (name: keyof Draft) => draft[name].toWellFormed().replaceAll('\0', '').trim();
  const number = digitsOf(draft.number);
  if (!looksLikeIcm(number))
    wrong(
      'number',
      number === ''
        ? 'It is missing. It has 7 to 10 digits.'
        : looksLikeSr(number)
          ? 'That looks like a support request. An ICM number has 7 to 10 digits.'
          : 'It has 7 to 10 digits and nothing else.',
    );
  const icmTitle = need('icmTitle', cleanTitle(draft.icmTitle), 'It is missing. Copy it from the ICM.');
  const icmLink = linkOf(draft.icmLink);
  if (icmLink === undefined) wrong('icmLink', linkProblem(draft.icmLink));
  const srNumber = digitsOf(draft.srNumber);
  if (!looksLikeSr(srNumber))
    wrong(
      'srNumber',
      srNumber === ''
        ? 'It is missing. It has 15 or 16 digits.'
        : looksLikeIcm(srNumber)
          ? 'That looks like an ICM number. A support request has 15 or 16 digits.'
          : 'It has 15 or 16 digits and nothing else.',
    );
  const srLink = linkOf(draft.srLink);
  if (srLink === undefined) wrong('srLink', linkProblem(draft.srLink));
  const contacts = need('contacts', paragraph('contacts'), 'Name the CSS engineers who work on the case.');
  const ownerName = need(
    'ownerName',
    cleanTitle(draft.ownerName),
    'Who owns the ICM? The documents want them on the email.',
  );
  const ownerEmail = cleanTitle(draft.ownerEmail);
  if (ownerEmail !== '' && !z.email().max(fields.ownerEmail.most).safeParse(ownerEmail, { jitless: true }).success)
    wrong('ownerEmail', 'That is not an email address. Leave it empty if you do not know it.');
  const region = regions.find((one) => one === draft.region) ?? '';
  // Where the playbook names no SMEs there is nothing to pick; the request then goes by email.
  if (region === '' && regions.length > 0) wrong('region', 'Pick the region whose SMEs are asked.');
  const caseStatus = (['open', 'resolved', 'closed'] as const).find((one) => one === draft.caseStatus);
  if (caseStatus === undefined) wrong('caseStatus', 'Pick open, resolved or closed.');
  return {
    number,
    details: {
      icmTitle,
      icmLink: icmLink ?? '',
      srNumber,
      srTitle: cleanTitle(draft.srTitle),
      srLink: srLink ?? '',
      contacts,
      ownerName,
      ownerEmail,
      region,
      caseStatus: caseStatus ?? 'open',
      sentiment: need('sentiment', paragraph('sentiment'), 'It is missing. One or two sentences are enough.'),
      why: need('why', paragraph('why'), 'It is missing. One or two sentences are enough.'),
      improvement: need('improvement', paragraph('improvement'), 'It is missing. One or two sentences are enough.'),
      exceptional: draft.exceptional === 'true',
    },
    problems,
  };
}

/** The address in its own spelling, if it is one that can be shown: https, without a name or password in it. */
function linkOf(typed: string): string | undefined {
  const raw = typed.trim();
  if (raw.length > fields.icmLink.most || !URL.canParse(raw)) return undefined;
  const url = new URL(raw);
  const isPlain = url.protocol === 'https:' && url.username === '' && url.password === '';
  return isPlain && url.href.length <= 2 * fields.icmLink.most ? url.href : undefined;
}

const linkProblem = (typed: string): string =>
  typed.trim() === ''
    ? 'It is missing. Copy it from your browser.'
    : `That is not a link that I can pass on. It begins with https:// and has at most ${fields.icmLink.most} characters.`;

/** Every field but the number, which never changes. */
const detailNames = names.filter((name): name is Exclude<keyof typeof fields, 'number'> => name !== 'number');

/** The details as lines, as the trail keeps them for each revision. */
export function detailLines(details: EscalationDetails): string {
  return detailNames
    .filter((name) => details[name] !== '')
    .map((name) => {
      const value = details[name];
      return `${fields[name].label}: ${typeof value === 'boolean' ? (value ? 'yes' : 'no') : value}`;
    })
    .join('\n');
}

/** Which fields differ, by their labels. */
export function changedFields(before: EscalationDetails, after: EscalationDetails): readonly string[] {
  return detailNames.filter((name) => before[name] !== after[name]).map((name) => fields[name].label);
}
