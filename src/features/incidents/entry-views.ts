import { cite } from '../../playbook/cite.ts';
import { showTime } from '../../understanding/show-time.ts';
import { cardReply } from '../card.ts';
import type { Reply, Services } from '../feature.ts';
import { icmTitle } from '../follow-ups/follow-up-views.ts';
import type { Icm } from '../tracking/icm-store.ts';
import { shortTitle } from '../tracking/icm-title.ts';
import { entryCard, entryFormCard, mostField, mostWords } from './entry-cards.ts';
import type { Entry } from './entry-store.ts';
import { zoneOfIcm } from './icm-zone.ts';

/** "Note 3", "Change 2" */
export const nameOfEntry = ({ kind, seq }: Pick<Entry, 'kind' | 'seq'>): string =>
  `${kind === 'note' ? 'Note' : 'Change'} ${seq}`;

export interface EntryExtras {
  /** Said before the time, in place of "is on the timeline". */
  readonly did?: string;
  /** Changes before this one that have no result yet. */
  readonly waiting?: readonly Entry[];
  /** Shows the words: where they were not just typed. */
  readonly withWords?: boolean;
  readonly notes?: readonly string[];
}

/** The confirmation of an entry, or the entry as it stands. */
export async function entryReply(
  entry: Entry,
  icm: Icm,
  now: Date,
  services: Services,
  extras: EntryExtras = {},
): Promise<Reply> {
  const zone = await zoneOfIcm(icm, services);
  const { waiting = [], withWords = false, notes = [] } = extras;
  const rule = cite('F73', services.playbook);
  const isOver = entry.deletedAt !== undefined;
  return cardReply(entryCard, {
    icm: icm.id,
    entry: entry.id,
    revision: String(entry.revision),
    line: `${nameOfEntry(entry)} ${extras.did ?? 'is on the timeline'} of ICM ${icm.number}, ${showTime(entry.at, zone, now)}.`,
    details: [
      ...notes,
      ...(withWords && !isOver ? [entry.words] : []),
      ...(entry.team === '' ? [] : [`Team: ${entry.team}`]),
      ...(entry.effect ? [`Result: ${entry.effect.words}`] : []),
    ].map((line) => ({ text: line })),
    advice:
      waiting.length === 0
        ? []
        : [
            {
              title: 'Change only one thing at a time',
              lines: [
                ...waiting.slice(-3).map((one) => ({
                  text: `${nameOfEntry(one)} has no result yet: ${shortTitle(one.words, 80)}`,
                })),
                {
                  text: `With two changes at once nobody can tell which one helped. Yours is recorded all the same. When you know, write “result of change ${waiting.at(-1)?.seq ?? 1}: …”.`,
                },
              ],
              source: `“${rule.text}” ${rule.source} (F73)`,
            },
          ],
    asksEffect: entry.kind === 'change' && entry.effect === undefined && !isOver,
    effectLabel: `Result of change ${entry.seq}`,
    canChange: !isOver,
  });
}

/** What stands in the fields of the form. */
export interface EntryDraft {
  readonly kind: Entry['kind'];
  readonly words: string;
  readonly when: string;
  readonly team: string;
  readonly effect: string;
  readonly number: string;
}

export const draftOfEntry = (entry: Entry): EntryDraft => ({
  kind: entry.kind,
  words: entry.words,
  when: '',
  team: entry.team,
  effect: entry.effect?.words ?? '',
  number: '',
});

/** The form: for a correction of `entry`, for a new one of `icm`, or, without either, with the ICM asked for. */
export function entryFormReply(
  draft: EntryDraft,
  context: {
    readonly icm?: Icm;
    readonly entry?: Entry;
    readonly problem?: string;
    readonly choices?: readonly Icm[];
    readonly revision?: number;
  },
): Reply {
  const { icm, entry, problem, choices = [] } = context;
  const what = draft.kind === 'note' ? 'note' : 'change';
  const heading = entry
    ? `Correct ${what} ${entry.seq}${icm ? ` of ICM ${icm.number}` : ''}`
    : icm
      ? `A ${what} for ${icmTitle(icm)}`
      : `Which ICM is this ${what} for?`;
  return cardReply(entryFormCard, {
    icm: icm?.id ?? '',
    entry: entry?.id ?? '',
    revision: String(context.revision ?? entry?.revision ?? 0),
    kind: draft.kind,
    heading,
    ...(problem === undefined ? {} : { problem: `${problem.charAt(0).toUpperCase()}${problem.slice(1)}` }),
    words: draft.words.slice(0, mostWords),
    wordsLabel: draft.kind === 'note' ? 'Note' : 'What was changed',
    when: draft.when.slice(0, mostField),
    whenLabel: `When it happened (empty: ${entry ? 'as it is' : 'now'})`,
    team: draft.team.slice(0, mostField),
    effect: draft.effect.slice(0, mostField),
    asksNumber: icm === undefined,
    number: draft.number,
    choices: icm ? [] : choices.map((one) => ({ label: icmTitle(one).slice(0, 100), icm: one.id })),
    saveLabel: `Save the ${what}`,
  });
}
