import type { FollowUp } from '../follow-ups/follow-up-store.ts';
import { cleanText } from '../../clean-text.ts';
import { UPDATE_PARTS, type Playbook, type UpdatePart } from '../../playbook/schema.ts';
import { normalize } from '../../understanding/normalize.ts';
import { wordSet } from '../../understanding/token-pattern.ts';

/** For whom an update is written: by the external standard (F82) or the internal one (F83). */
export type Audience = 'external' | 'internal';
/** `resolved`: it says how it was resolved and how that was verified (F83, F84). */
export type UpdateStage = 'progress' | 'resolved';
/** The parts as they were typed; empty where a part is not asked for. */
export type UpdateParts = Readonly<Record<UpdatePart, string>>;

/** A status update of an ICM, as it was posted. */
export interface StatusUpdate {
  readonly id: string;
  readonly tenantId: string;
  readonly icmId: string;
  /** 1, 2, 3 for each ICM. */
  readonly sequence: number;
  readonly audience: Audience;
  readonly stage: UpdateStage;
  readonly parts: UpdateParts;
  /** When the next update occurs, with the zone in which it was said; `undefined`: this was the last one (T18). */
  readonly next: { readonly at: Date; readonly zone: string } | undefined;
  readonly postedBy: { readonly aadObjectId: string; readonly name: string };
  readonly postedAt: Date;
  /** IANA zone of whoever posted it. */
  readonly zone: string;
}

/** In characters. Together they fit a card, with what the check says about them. */
export const longestPart: Readonly<Record<UpdatePart, number>> = {
  what: 700,
  since: 120,
  who: 300,
  expect: 350,
  steps: 500,
  how: 500,
  verified: 350,
};
export const noParts = Object.fromEntries(UPDATE_PARTS.map((part) => [part, ''])) as UpdateParts;

/** Typed parts as they are kept: without what cannot be seen, cut. */
export function cleanParts(typed: UpdateParts): UpdateParts {
  return mapParts((part) =>
    cleanText(typed[part].slice(0, 4 * longestPart[part]))
      .trim()
      .slice(0, longestPart[part]),
  );
}

const mapParts = (of: (part: UpdatePart) => string): UpdateParts =>
  Object.fromEntries(UPDATE_PARTS.map((part) => [part, of(part)])) as UpdateParts;

/** Which parts an update needs: the five of F75 (the next time is one of them), the steps (F83), the end (F83, F84). */
export function neededParts(audience: Audience, stage: UpdateStage): readonly UpdatePart[] {
  if (stage === 'resolved') return ['what', 'since', 'who', 'how', 'verified'];
  return audience === 'internal' ? ['what', 'since', 'who', 'expect', 'steps'] : ['what', 'since', 'who', 'expect'];
}

/** Alone these tell nobody how something was resolved or verified (F84). */
const EMPTY = wordSet(
  'yes no ok okay done fine verified tested checked confirmed fixed resolved solved works working worked it is was all by us me na n a tbd todo . , ! - /',
);
const NEEDS_WORDS: readonly UpdatePart[] = ['how', 'verified'];

/** The parts that are still missing. */
export function missingParts(parts: UpdateParts, audience: Audience, stage: UpdateStage): readonly UpdatePart[] {
  return neededParts(audience, stage).filter(
    (part) =>
      !/[\p{L}\p{N}]/u.test(parts[part]) ||
      (NEEDS_WORDS.includes(part) && normalize(parts[part]).every((word) => EMPTY.has(word))),
  );
}

/** Only what the kind of update asks for: what stands in a field that is not shown is not posted. */
export function onlyNeeded(parts: UpdateParts, audience: Audience, stage: UpdateStage): UpdateParts {
  const needed = neededParts(audience, stage);
  return mapParts((part) => (needed.includes(part) ? parts[part] : ''));
}

/** The last state of a part, and the update that said it first. */
export interface KnownPart {
  readonly part: UpdatePart;
  readonly text: string;
  readonly update: StatusUpdate;
}

/** The last state of each part after these updates, oldest first, whatever came after it. */
export function statesOf(updates: readonly StatusUpdate[]): readonly KnownPart[] {
  return UPDATE_PARTS.flatMap((part) => {
    let known: KnownPart | undefined;
    for (const update of updates) {
      const text = update.parts[part];
      if (text !== '' && text !== known?.text) known = { part, text, update };
    }
    return known ? [known] : [];
  });
}

/**
 * What is known after these updates, oldest first. How it was resolved counts no more when it goes on after that; the
 * steps and what to expect count no more when it is resolved.
 */
export function knownParts(updates: readonly StatusUpdate[]): readonly KnownPart[] {
  const over: readonly UpdatePart[] = updates.at(-1)?.stage === 'resolved' ? ['expect', 'steps'] : ['how', 'verified'];
  return statesOf(updates).filter(({ part }) => !over.includes(part));
}

/** What the form of the next update begins with: what is known, but never a time for the next one. */
export function prefilledParts(updates: readonly StatusUpdate[]): UpdateParts {
  const known = new Map(knownParts(updates).map(({ part, text }) => [part, text]));
  return mapParts((part) => known.get(part) ?? '');
}

/**
 * Somebody posted an update while another one was being written: what was left as it stood in the form becomes what the
 * newer one says, and what was changed stays as it was typed.
 */
export function mergedParts(typed: UpdateParts, base: UpdateParts, newest: UpdateParts): UpdateParts {
  return mapParts((part) => (typed[part] === base[part] && newest[part] !== '' ? newest[part] : typed[part]));
}

/** Words that mean another day when they are read on one. */
const RELATIVE = wordSet(
  'today yesterday tomorrow tonight now ago currently morning afternoon evening noon midnight earlier later',
);

/** What a part is called, and asked for: of what is over it is said in the past. */
export function wordsOf(part: UpdatePart, stage: UpdateStage, texts: Playbook['statusUpdates']['parts']) {
  const { name, ask, resolved } = texts[part];
  return (stage === 'resolved' ? resolved : undefined) ?? { name, ask };
}

/** Parts that were taken over from an earlier day and name a time by the day: "today at 05:30" would be wrong now. */
export function staleParts(
  parts: UpdateParts,
  known: readonly KnownPart[],
  isToday: (at: Date) => boolean,
): KnownPart[] {
  return known.filter(
    ({ part, text, update }) =>
      parts[part] === text && !isToday(update.postedAt) && normalize(text).some((word) => RELATIVE.has(word)),
  );
}

/** Whether the open promise is the next time of an update for colleagues, and so nothing that the customer waits for. */
export const isOfColleagues = (open: Pick<FollowUp, 'dueAt'>, before: StatusUpdate | undefined): boolean =>
  before?.audience === 'internal' && before.next?.at.getTime() === open.dueAt.getTime();
