import { z } from 'zod';
import type { TrackingRequest } from '../../understanding/read-tracking.ts';
import { cardReply } from '../card.ts';
import type { Reply } from '../feature.ts';
import type { Icm } from './icm-store.ts';
import { cleanTitle } from './icm-title.ts';
import { icmFormCard } from './tracking-cards.ts';
import { digitsOf, looksLikeIcm, looksLikeSr } from './typed-number.ts';

/** What is said about an ICM; what is `undefined` was not said. */
export interface Details {
  readonly title?: string;
  readonly srNumber?: string;
  readonly caseSeverity?: Icm['caseSeverity'];
  readonly icmSeverity?: Icm['icmSeverity'];
  readonly outage?: boolean;
}

/** What stands in the fields, as typed. */
export interface Draft {
  readonly number: string;
  readonly title: string;
  readonly srNumber: string;
  readonly caseSeverity: string;
  readonly icmSeverity: string;
  readonly outage: string;
}

export const emptyDraft: Draft = {
  number: '',
  title: '',
  srNumber: '',
  caseSeverity: 'unknown',
  icmSeverity: 'unknown',
  outage: 'false',
};

/** The fields as a card sends them. Nothing is refused here: what is wrong comes back in the form with a sentence. */
export const draftFields = z.object({
  number: z.string().default(''),
  title: z.string().default(''),
  srNumber: z.string().default(''),
  caseSeverity: z.string().default('unknown'),
  icmSeverity: z.string().default('unknown'),
  outage: z.string().default('false'),
});

export interface Problem {
  readonly label: string;
  readonly sentence: string;
}

export const labels = {
  number: 'ICM number',
  srNumber: 'Support request',
  caseSeverity: 'Case severity',
  icmSeverity: 'ICM severity',
} as const;

export const noNumber: Problem = { label: labels.number, sentence: 'It is missing. It has 7 to 10 digits.' };

export const draftOf = (icm: Icm): Draft => ({
  number: icm.number,
  title: icm.title,
  srNumber: icm.srNumber ?? '',
  caseSeverity: icm.caseSeverity ?? 'unknown',
  icmSeverity: icm.icmSeverity === undefined ? 'unknown' : String(icm.icmSeverity),
  outage: String(icm.outage),
});

export interface CheckedDraft {
  readonly number: string;
  /** Complete: what is not known is `undefined`. */
  readonly details: Required<Pick<Details, 'title' | 'outage'>> &
    Pick<Icm, 'srNumber' | 'caseSeverity' | 'icmSeverity'>;
  readonly problems: readonly Problem[];
}

/** Checks what was typed. `problems` has a sentence for each field that does not fit. */
export function checkDraft(draft: Draft, withNumber: boolean): CheckedDraft {
  const number = digitsOf(draft.number);
  const srNumber = digitsOf(draft.srNumber);
  const caseSeverity = (['A', 'B', 'C'] as const).find((one) => one === draft.caseSeverity);
  const icmSeverity = ([1, 2, 3] as const).find((one) => String(one) === draft.icmSeverity);
  const problems = [
    ...(withNumber ? problemsOfNumber(number) : []),
    ...problemsOfSr(srNumber),
    ...((caseSeverity ?? isUnknown(draft.caseSeverity))
      ? []
      : [{ label: labels.caseSeverity, sentence: 'Pick A, B or C, or “not known”.' }]),
    ...((icmSeverity ?? isUnknown(draft.icmSeverity)) ? [] : [severityProblem(draft.icmSeverity)]),
  ];
  return {
    number,
    details: {
      title: cleanTitle(draft.title),
      srNumber: srNumber === '' ? undefined : srNumber,
      caseSeverity,
      icmSeverity,
      outage: draft.outage === 'true',
    },
    problems,
  };
}

const isUnknown = (value: string): boolean => value === 'unknown' || value === '';

const severityProblem = (said: string): Problem => ({
  label: labels.icmSeverity,
  sentence: `There is no ICM Sev ${said.slice(0, 10)}. Pick 1, 2 or 3, or “not known”.`,
});

function problemsOfNumber(digits: string): Problem[] {
  const { number: label } = labels;
  if (digits === '') return [noNumber];
  if (looksLikeIcm(digits)) return [];
  if (looksLikeSr(digits))
    return [{ label, sentence: `${digits} looks like a support request. An ICM number has 7 to 10 digits.` }];
  return [{ label, sentence: oddNumber(digits, 'An ICM number has 7 to 10 digits.') }];
}

function problemsOfSr(digits: string): Problem[] {
  const { srNumber: label } = labels;
  if (digits === '' || looksLikeSr(digits)) return [];
  if (looksLikeIcm(digits))
    return [{ label, sentence: `${digits} looks like an ICM number. A support request has 15 or 16 digits.` }];
  return [{ label, sentence: oddNumber(digits, 'A support request has 15 or 16 digits.') }];
}

function oddNumber(typed: string, rule: string): string {
  return /^[0-9]+$/.test(typed)
    ? `It has ${typed.length} digit${typed.length === 1 ? '' : 's'}. ${rule}`
    : `It may hold nothing but digits. ${rule}`;
}

/** What a line says, as it would stand in the form; with what has to be asked back. */
export function draftFrom(request: TrackingRequest): { readonly draft: Draft; readonly problems: readonly Problem[] } {
  const { icmNumber, srNumber, icmNumbers, suspicious, icmSeverity, caseSeverity } = request;
  const odd = suspicious.find(({ digits }) => digits !== srNumber && digits !== icmNumber);
  const inPlaceOfIcm = icmNumber === undefined ? odd?.digits : undefined;
  const draft: Draft = {
    number: icmNumber ?? inPlaceOfIcm ?? '',
    title: request.title ?? '',
    srNumber: srNumber ?? (inPlaceOfIcm === undefined ? (odd?.digits ?? '') : ''),
    caseSeverity: caseSeverity === 'A' || caseSeverity === 'B' || caseSeverity === 'C' ? caseSeverity : 'unknown',
    icmSeverity: icmSeverity === 1 || icmSeverity === 2 || icmSeverity === 3 ? String(icmSeverity) : 'unknown',
    outage: String(request.outage === true),
  };
  return {
    draft,
    problems: [
      ...(icmNumbers.length > 1 && icmNumber === undefined
        ? [{ label: labels.number, sentence: `You name ${icmNumbers.length} of them. I take one at a time.` }]
        : draft.number === '' && srNumber !== undefined
          ? [
              {
                label: labels.number,
                sentence: `${srNumber} looks like a support request, so it stands there now. An ICM number has 7 to 10 digits.`,
              },
            ]
          : problemsOfNumber(draft.number)),
      ...problemsOfSr(draft.srNumber),
      ...(icmSeverity !== undefined && draft.icmSeverity === 'unknown' ? [severityProblem(String(icmSeverity))] : []),
    ],
  };
}

/** The form, for a new ICM or for one that is tracked. */
export function formReply(
  draft: Draft,
  view: { icm?: Icm; notice?: string; problems?: readonly Problem[]; check?: string | undefined },
): Reply {
  const { icm, notice, problems = [], check } = view;
  return cardReply(icmFormCard, {
    icm: icm?.id ?? '',
    revision: icm ? String(icm.revision) : '',
    dialog: check ?? '',
    isNew: icm === undefined,
    title: icm ? `Details of ICM ${icm.number}` : 'Track an ICM',
    ...(notice === undefined ? {} : { notice }),
    problems: [...problems],
    number: draft.number,
    icmTitle: cleanTitle(draft.title),
    srNumber: draft.srNumber,
    caseSeverity: draft.caseSeverity,
    icmSeverity: draft.icmSeverity,
    outage: draft.outage === 'true' ? 'true' : 'false',
  });
}
