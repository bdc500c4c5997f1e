import { Temporal } from 'temporal-polyfill';
import { cite } from '../../playbook/cite.ts';
import { UPDATE_PARTS, type Playbook } from '../../playbook/schema.ts';
import { showSpan, showTime } from '../../understanding/show-time.ts';
import { cardReply } from '../card.ts';
import type { Reply, Services } from '../feature.ts';
import { openFollowUp } from '../follow-ups/follow-up-store.ts';
import { zoneFor, type Actor } from '../follow-ups/follow-up-steps.ts';
import type { Finding } from '../message-check/check-message.ts';
import { escapedLength, shortFindings } from '../message-check/check-view.ts';
import type { Icm } from '../tracking/icm-store.ts';
import { nameOf } from '../tracking/icm-view.ts';
import {
  isOfColleagues,
  longestPart,
  neededParts,
  prefilledParts,
  wordsOf,
  type Audience,
  type StatusUpdate,
  type UpdateParts,
  type UpdateStage,
} from './status-update.ts';
import { updatesOf } from './status-update-store.ts';
import { updateFormCard } from './update-cards.ts';

/** What stands in the form. */
export interface UpdateDraft {
  readonly audience: Audience;
  readonly stage: UpdateStage;
  /** The number of the newest update that it was drawn from; 0 before the first. */
  readonly revision: number;
  readonly parts: UpdateParts;
  readonly next: string;
  readonly isLast: boolean;
}

/** What is said about a draft that is not posted. */
export interface FormSaid {
  readonly notices?: readonly string[];
  readonly problems?: readonly string[];
  readonly findings?: readonly Finding[];
  /** Times that may be meant, where one was unclear. */
  readonly choices?: readonly { readonly label: string; readonly at: Date }[];
  readonly zone?: string;
}

/** A form for the next update of an ICM: what the last one said stands there already, but no time for the next one. */
export async function freshForm(
  icm: Icm,
  wanted: { readonly audience?: Audience; readonly isResolved?: boolean },
  actor: Actor,
  services: Services,
): Promise<Reply> {
  const { playbook, records } = services;
  const [updates, followUp, { zone }] = await Promise.all([
    updatesOf(records, icm),
    openFollowUp(records, icm.id),
    zoneFor(actor, services),
  ]);
  const last = updates.at(-1);
  const parts = prefilledParts(updates);
  const minutes = intervalOf(icm, playbook);
  const draft: UpdateDraft = {
    audience: wanted.audience ?? last?.audience ?? 'internal',
    stage: (wanted.isResolved ?? icm.status === 'resolved') ? 'resolved' : 'progress',
    revision: last?.sequence ?? 0,
    parts: last ? parts : { ...parts, what: icm.title.slice(0, longestPart.what) },
    next: minutes === undefined ? '' : showTime(inMinutes(actor.now, minutes), zone, actor.now),
    isLast: icm.status === 'resolved',
  };
  return formReply(icm, draft, services, {
    notices: [
      ...(last ? [`What update ${last.sequence} said stands here already. Change what is different.`] : []),
      ...(followUp
        ? [
            `The next update was promised for ${showTime(followUp.dueAt, followUp.zone, actor.now)}. ${isOfColleagues(followUp, last) ? 'This one keeps it.' : 'An update for the customer keeps it; one for colleagues leaves it open.'}`,
          ]
        : []),
    ],
  });
}

/** Rounded up to five minutes: the form is still to be filled in. */
const inMinutes = (now: Date, minutes: number): Date =>
  new Date(Math.ceil((now.getTime() + minutes * 60_000) / 300_000) * 300_000);

/** The team's own interval in minutes; the documents give none (T11). */
function intervalOf(icm: Pick<Icm, 'icmSeverity'>, playbook: Playbook): number | undefined {
  const { every } = playbook.statusUpdates;
  return icm.icmSeverity === undefined ? every.none : every[`${icm.icmSeverity}`];
}

/** The form with what stands in it, and what is said about it. */
export function formReply(icm: Icm, draft: UpdateDraft, services: Services, said: FormSaid = {}): Reply {
  const { playbook } = services;
  const { statusUpdates: texts } = playbook;
  const { audience, stage, parts } = draft;
  const isResolved = stage === 'resolved';
  const needed = neededParts(audience, stage);
  const findings = said.findings ?? [];
  const isBlocked = findings.some(({ severity }) => severity === 'must-not-leave');
  const minutes = intervalOf(icm, playbook);
  return cardReply(updateFormCard, {
    icm: icm.id,
    audience,
    stage,
    revision: String(draft.revision),
    shown: [...new Set(findings.map(({ rule }) => rule))].join(','),
    heading: `${audience === 'external' ? 'Status update for the customer' : 'Status update'} · ${nameOf(icm)}`,
    standard: isResolved ? texts.closing.line : texts.audiences[audience].line,
    notices: asLines(said.notices ?? []),
    problems: asLines(said.problems ?? []),
    findings: fittingFindings(findings, parts, playbook),
    isBlocked,
    canPostAnyhow: findings.length > 0 && !isBlocked,
    zone: said.zone ?? '',
    choices: (said.choices ?? []).slice(0, 5).map(({ label, at }) => ({ label, at: at.toISOString() })),
    fields: UPDATE_PARTS.map((part) => {
      const isShown = needed.includes(part);
      return {
        id: part,
        label: wordsOf(part, stage, texts.parts).ask,
        example: isShown ? texts.parts[part].example : '',
        value: parts[part],
        longest: longestPart[part],
        isShown,
        isLong: longestPart[part] > 200,
      };
    }),
    next: draft.next,
    nextHint:
      minutes === undefined
        ? playbook.reminders.texts.interval
        : texts.texts.interval.replaceAll('{span}', () => showSpan(minutes * 60_000)),
    last: String(draft.isLast),
    sources: sourcesOf(isResolved ? texts.closing.cites : texts.audiences[audience].cites, playbook),
  });
}

/** Characters of a card that are left for what was typed and what the check found. */
const room = 6_800;
/** Of a finding's own JSON. */
const ownLength = 260;

/**
 * The findings, in short where much was typed: a card that is too large would cut the typed words. The ones that are
 * left out come up when the first are put right.
 */
function fittingFindings(findings: readonly Finding[], parts: UpdateParts, playbook: Playbook) {
  const all = shortFindings(findings, playbook).map(({ sources: _sources, ...finding }) => finding);
  const short = all.map(({ why: _why, ...finding }) => ({ ...finding, changes: finding.changes.slice(0, 1) }));
  const forms = [all, short, ...short.map((_one, at) => short.slice(0, short.length - 1 - at))];
  const left = room - JSON.stringify(parts).length;
  const lengthOf = (views: readonly object[]): number =>
    views.reduce<number>((sum, view) => sum + ownLength + escapedLength(JSON.stringify(view)), 0);
  return forms.find((views) => lengthOf(views) <= left) ?? short.slice(0, 1);
}

const asLines = (texts: readonly string[]) => texts.map((text) => ({ text }));

function sourcesOf(cites: readonly string[], playbook: Playbook): string {
  const sources = new Set(cites.map((id) => cite(id, playbook).source));
  return `${[...sources].join('; ')} (${cites.join(', ')})`;
}

/** A moment with its day and zone, for a card that stands for days: "Fri 20 Nov 2026, 10:05 (Europe/Berlin, UTC+1)". */
export const moment = (at: Date, zone: string): string => showTime(at, zone, new Date(0));

/** Whether two moments are on one day of a zone (IANA name or offset). */
export function isSameDay(one: Date, other: Date, zone: string): boolean {
  const dayOf = (at: Date): string =>
    Temporal.Instant.fromEpochMilliseconds(at.getTime()).toZonedDateTimeISO(zone).toPlainDate().toString();
  return dayOf(one) === dayOf(other);
}

/** Of what an update is the next one, in words: "update 2 for the customer". */
export const calledAs = ({ sequence, audience }: Pick<StatusUpdate, 'sequence' | 'audience'>): string =>
  `update ${sequence} ${audience === 'external' ? 'for the customer' : 'for colleagues'}`;
