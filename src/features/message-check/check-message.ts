import type { MessageRuleId, Playbook } from '../../playbook/schema.ts';
import { correct } from './correct-message.ts';
import { findCsatTags } from './csat-tag.ts';
import { MOST_READ, placeOf } from './draft-text.ts';
import type { Finding, MessageCheck, PromisedContact } from './finding.ts';
import type { Draft, Found } from './found.ts';
import { gapsIn } from './gaps.ts';
import { findIcmLinks } from './icm-link.ts';
import { findIcmNumbers } from './icm-number.ts';
import { findIcmWords } from './icm-word.ts';
import { nextContacts } from './next-contact.ts';
import { findMissingNextUpdate } from './no-next-update.ts';
import { findUnconfirmedResolutions } from './premature-resolved.ts';
import { prepareDraft } from './prepare-draft.ts';
import { findRestorePromises } from './restore-promise.ts';
import { findVagueness } from './vague.ts';

export type { Finding, MessageCheck, PromisedContact } from './finding.ts';

export interface CheckOptions {
  /** `internal`: a message to colleagues, who may read ICM numbers and logs (F83). */
  readonly audience: 'customer' | 'internal';
  readonly playbook: Pick<Playbook, 'messageCheck'>;
}

/**
 * Reads a draft before it is sent: what must not leave the house and what is missing (F12-F16, F74-F84). Pure; never
 * throws, whatever the text is. Reads the first 20,000 characters (row I4) and says so in `readTo`.
 */
export function checkMessage(draft: string, { audience, playbook }: CheckOptions): MessageCheck {
  if (!/[\p{L}\p{N}]/u.test(draft)) return { findings: [], corrected: draft, toFill: [], isEmpty: true };
  const { messageCheck } = playbook;
  const first = checkOnce(draft, audience, messageCheck);
  const { corrected } = correctedFully(first, audience, messageCheck);
  const promise = promiseOf(first.prepared);
  return {
    findings: first.findings,
    corrected,
    toFill: [...new Set(gapsIn(corrected))].map((gap) => `[${gap}]`).filter((gap) => isGap(gap, messageCheck)),
    ...(promise === undefined ? {} : { promise }),
    ...(draft.length > MOST_READ ? { readTo: first.prepared.source.length } : {}),
    isEmpty: false,
  };
}

interface Check {
  readonly prepared: Draft;
  readonly findings: readonly Finding[];
  readonly corrected: string;
}

function checkOnce(draft: string, audience: CheckOptions['audience'], texts: Texts): Check {
  const prepared = prepareDraft(draft);
  const found = RULES[audience](prepared, texts).sort((a, b) => a.start - b.start || b.end - a.end);
  const findings = found.map((one) => toFinding(one, prepared, audience, texts));
  return { prepared, findings, corrected: correct(draft, prepared, found, findings) };
}

const MOST_ROUNDS = 4;

/** What is put right may bring something else to light: two times in one promise, or that little is left. */
function correctedFully(first: Check, audience: CheckOptions['audience'], texts: Texts): Check {
  let last = first;
  for (let round = 1; round < MOST_ROUNDS && last.findings.length > 0; round += 1)
    last = checkOnce(last.corrected, audience, texts);
  return last;
}

type Texts = Playbook['messageCheck'];

const MISSING = (draft: Draft): Found[] => [...findVagueness(draft), ...findMissingNextUpdate(draft)];

const RULES: Readonly<Record<CheckOptions['audience'], (draft: Draft, texts: Texts) => Found[]>> = {
  customer: (draft, { rules, wordings }) => [
    ...findIcmWords(draft, wordings),
    ...findIcmNumbers(draft, rules['icm-number'].replacement),
    ...findIcmLinks(draft),
    ...findCsatTags(draft, wordings),
    ...draft.logs.map((log): Found => ({ rule: 'backend-log', ...log })),
    ...findRestorePromises(draft, wordings),
    ...findUnconfirmedResolutions(draft, rules['premature-resolved'].replacement),
    ...MISSING(draft),
  ],
  internal: (draft, { internal }) => [
    ...findUnconfirmedResolutions(draft, internal['premature-resolved'].replacement),
    ...MISSING(draft),
  ],
};

function toFinding(found: Found, draft: Draft, audience: CheckOptions['audience'], texts: Texts): Finding {
  const { rule, start, end } = found;
  const { title, severity, tension, ...forCustomers } = texts.rules[rule];
  const said = audience === 'internal' && isInternal(rule, texts) ? texts.internal[rule] : forCustomers;
  const place = placeOf(draft, { start, end });
  const replacement = found.edit === undefined || found.edit.text === '' ? said.replacement : found.edit.text.trim();
  return {
    rule,
    severity,
    ...place,
    words: draft.source.slice(place.start, place.end),
    title,
    why: said.why,
    replacement,
    cites: said.cites,
    ...(tension === undefined ? {} : { tension }),
  };
}

function isInternal(rule: MessageRuleId, texts: Texts): rule is keyof Texts['internal'] {
  return Object.hasOwn(texts.internal, rule);
}

/** Brackets that the playbook's own texts left, not the writer's. */
function isGap(gap: string, texts: Texts): boolean {
  const all = JSON.stringify([texts.rules, texts.internal, texts.wordings]);
  return all.includes(JSON.stringify(gap).slice(1, -1));
}

/** The first next contact that has a time: what the follow-up is set from. */
function promiseOf(draft: Draft): PromisedContact | undefined {
  const [contact] = nextContacts(draft.sentences);
  if (contact === undefined) return undefined;
  const place = placeOf(draft, contact.time);
  return { ...place, words: draft.source.slice(place.start, place.end) };
}
