import { readPastTime } from '../../understanding/read-past-time.ts';
import { cleanText } from '../../clean-text.ts';
import { say, type MessageTurn, type Outcome, type Services } from '../feature.ts';
import { zoneFor } from '../follow-ups/follow-up-steps.ts';
import type { Icm } from '../tracking/icm-store.ts';
import { mostField, mostWords } from './entry-cards.ts';
import { addEntry, correctEntry, deleteEntry, entriesOf, entryById, keepEffect, type Entry } from './entry-store.ts';
import { readAs } from './icm-zone.ts';
import { draftOfEntry, entryFormReply, entryReply, nameOfEntry, type EntryDraft } from './entry-views.ts';

/** Who writes, where and when. */
export type Writer = Pick<MessageTurn, 'person' | 'place' | 'now' | 'clientZone'>;

/** Counted as people do, not as UTF-16. */
const lengthOf = (words: string): number => [...words].length;

const clean = (typed: string): string => cleanText(typed).trim();

/** What is wrong with a draft, as a sentence; `undefined` where it can be kept. */
function problemOf(draft: EntryDraft): string | undefined {
  if (draft.words.trim() === '')
    return draft.kind === 'note' ? 'Please write what you want to note.' : 'Please write what was changed.';
  if (lengthOf(draft.words) > mostWords)
    return `It has ${lengthOf(draft.words)} characters; ${mostWords} are the most. Nothing was saved. Please split it in two.`;
  for (const [name, words] of [
    ['The team', draft.team],
    ['The result', draft.effect],
  ] as const)
    if (lengthOf(words) > mostField)
      return `${name} has ${lengthOf(words)} characters; ${mostField} are the most. Nothing was saved.`;
  return undefined;
}

/** Keeps a new note or change of an ICM; what is missing or unclear comes back in the form with all that was typed. */
export async function keepEntry(icm: Icm, typed: EntryDraft, writer: Writer, services: Services): Promise<Outcome> {
  const draft = cleaned(typed);
  const problem = problemOf(draft);
  // A form would cut what is too long: the words stay where they were typed.
  if (problem !== undefined)
    return isTooLong(draft) ? say(problem) : { reply: entryFormReply(draft, { icm, problem }) };
  const { zone } = await zoneFor(writer, services);
  const when = momentOf(draft.when, zone, writer.now);
  if ('reason' in when) return { reply: entryFormReply(draft, { icm, problem: when.reason }) };
  const before = await entriesOf(services.records, icm.tenantId, icm.id);
  const { aadObjectId, name } = writer.person;
  const entry: Entry = {
    id: services.newId(),
    tenantId: icm.tenantId,
    icmId: icm.id,
    kind: draft.kind,
    seq: before.filter(({ kind }) => kind === draft.kind).length + 1,
    at: when.at,
    words: draft.words,
    team: draft.kind === 'change' ? draft.team : '',
    effect:
      draft.kind === 'change' && draft.effect !== '' ? { words: draft.effect, at: writer.now, by: name } : undefined,
    author: { aadObjectId, name },
    revision: 1,
    correctedAt: undefined,
    deletedAt: undefined,
    createdAt: writer.now,
  };
  const waiting = draft.kind === 'change' ? before.filter(isWaiting) : [];
  return {
    reply: await entryReply(entry, icm, writer.now, services, {
      waiting,
      notes: draft.when.trim() === '' ? [] : await readAs([when.at], zone, icm, writer.now, services),
    }),
    changes: [addEntry(entry)],
    audit: { event: `${entry.kind} added`, subject: icm.id, details: { entry: entry.id, number: entry.seq } },
  };
}

const isWaiting = (one: Entry): boolean => one.kind === 'change' && !one.effect && !one.deletedAt;

const isTooLong = ({ words, team, effect }: EntryDraft): boolean =>
  lengthOf(words) > mostWords || lengthOf(team) > mostField || lengthOf(effect) > mostField;

const cleaned = (draft: EntryDraft): EntryDraft => ({
  ...draft,
  words: clean(draft.words),
  team: clean(draft.team).replace(/\s+/g, ' '),
  effect: clean(draft.effect),
});

function momentOf(when: string, zone: string, now: Date): { readonly at: Date } | { readonly reason: string } {
  if (when.trim() === '') return { at: now };
  const reading = readPastTime(when, { now, zone });
  switch (reading.kind) {
    case 'time':
      return { at: reading.at > now ? now : reading.at };
    case 'ask':
      return { reason: `${reading.question} Please write the time out, for example “14:05”.` };
    case 'refused':
      return { reason: reading.reason };
    case 'none':
      return {
        reason: `I cannot read “${when.slice(0, 60)}” as a time. Please write it like “14:05” or “20 Nov 14:05”.`,
      };
  }
}

/** The entry that a line means by its number; without one the person's newest, or the newest change without a result. */
export async function pickEntry(
  icm: Icm,
  kind: Entry['kind'],
  seq: number | undefined,
  services: Services,
  fits: (entry: Entry) => boolean,
): Promise<Entry | undefined> {
  const all = (await entriesOf(services.records, icm.tenantId, icm.id)).filter((one) => one.kind === kind);
  return seq === undefined ? all.filter(fits).at(-1) : all.find((one) => one.seq === seq);
}

/** What came of a change: whoever can see the ICM may say so, and is named. */
export async function recordEffect(
  entry: Entry,
  icm: Icm,
  typed: string,
  writer: Writer,
  services: Services,
): Promise<Outcome> {
  const words = clean(typed);
  if (entry.deletedAt) return say(`${nameOfEntry(entry)} was deleted, so it has no result. Nothing was changed.`);
  if (words === '') return say(`What came of change ${entry.seq}? Write “result of change ${entry.seq}: no effect”.`);
  if (lengthOf(words) > mostField)
    return say(`The result has ${lengthOf(words)} characters; ${mostField} are the most. Nothing was saved.`);
  const after: Entry = {
    ...entry,
    revision: entry.revision + 1,
    effect: { words, at: writer.now, by: writer.person.name },
  };
  const was = entry.effect ? [`It was: ${entry.effect.words}`] : [];
  return {
    reply: await entryReply(after, icm, writer.now, services, { did: 'has its result on the timeline', notes: was }),
    changes: [keepEffect(entry, words, writer.person, writer.now)],
    audit: { event: 'change result', subject: icm.id, details: { entry: entry.id, number: entry.seq } },
  };
}

const isAuthor = (entry: Entry, { person }: Writer): boolean =>
  entry.tenantId === person.tenantId && entry.author.aadObjectId === person.aadObjectId;

/** Only its writer corrects or deletes an entry; others write one of their own. */
export function notAuthor(entry: Entry, writer: Writer): string | undefined {
  if (isAuthor(entry, writer)) return undefined;
  return `${nameOfEntry(entry)} is by ${entry.author.name}, and only its writer can change it. Nothing was changed. If you saw it differently, write a note of your own.`;
}

/** A correction of one's own entry at the revision that was seen. An empty `when` keeps the time. */
export async function correct(
  entry: Entry,
  icm: Icm,
  typed: EntryDraft,
  writer: Writer,
  services: Services,
): Promise<Outcome> {
  const draft = cleaned(typed);
  const foreign = notAuthor(entry, writer);
  if (foreign !== undefined) return say(foreign);
  if (entry.deletedAt) return say(`${nameOfEntry(entry)} was deleted. Write a new one. Nothing was changed.`);
  const problem = problemOf(draft);
  if (problem !== undefined)
    return isTooLong(draft) ? say(problem) : { reply: entryFormReply(draft, { icm, entry, problem }) };
  const { zone } = await zoneFor(writer, services);
  const when = draft.when.trim() === '' ? { at: entry.at } : momentOf(draft.when, zone, writer.now);
  if ('reason' in when) return { reply: entryFormReply(draft, { icm, entry, problem: when.reason }) };
  const effect = entry.kind === 'change' ? draft.effect : '';
  const after: Entry = {
    ...entry,
    at: when.at,
    words: draft.words,
    team: entry.kind === 'change' ? draft.team : '',
    effect: effect === '' ? undefined : { at: writer.now, by: writer.person.name, ...entry.effect, words: effect },
    revision: entry.revision + 1,
    correctedAt: writer.now,
  };
  return {
    reply: await entryReply(after, icm, writer.now, services, {
      did: 'is corrected on the timeline',
      withWords: true,
      notes: draft.when.trim() === '' ? [] : await readAs([when.at], zone, icm, writer.now, services),
    }),
    changes: [
      correctEntry(entry, { at: after.at, words: after.words, team: after.team, effect }, writer.person, writer.now),
    ],
    audit: { event: `${entry.kind} corrected`, subject: icm.id, details: { entry: entry.id, number: entry.seq } },
  };
}

/** Deletes one's own entry. That there was one stays visible. */
export async function remove(entry: Entry, icm: Icm, writer: Writer, services: Services): Promise<Outcome> {
  const foreign = notAuthor(entry, writer);
  if (foreign !== undefined) return say(foreign);
  if (entry.deletedAt) return say(`${nameOfEntry(entry)} was deleted already.`);
  const after: Entry = { ...entry, words: '', team: '', effect: undefined, deletedAt: writer.now };
  return {
    reply: await entryReply(after, icm, writer.now, services, {
      did: 'is deleted from the timeline',
      notes: ['Its words are gone. The timeline says that there was one, and that you deleted it.'],
    }),
    changes: [deleteEntry(entry, writer.person, writer.now)],
    audit: { event: `${entry.kind} deleted`, subject: icm.id, details: { entry: entry.id, number: entry.seq } },
  };
}

/** An entry by the id of a button, with what it says now where the button is of an older revision. */
export async function heldEntry(
  data: { readonly entry: string; readonly revision: number },
  icm: Icm,
  writer: Writer,
  services: Services,
): Promise<{ readonly entry: Entry } | { readonly instead: Outcome }> {
  const entry = await entryById(services.records, writer.person.tenantId, data.entry);
  if (!entry || entry.icmId !== icm.id)
    return { instead: say('That note is not there any more. Nothing was changed.') };
  if (entry.revision === data.revision) return { entry };
  const notes = ['That card was an older one. This is how it is now; nothing was changed.'];
  const did = entry.deletedAt ? 'was deleted from the timeline' : 'is on the timeline';
  return { instead: { reply: await entryReply(entry, icm, writer.now, services, { did, notes, withWords: true }) } };
}

export const formFor = (entry: Entry, icm: Icm): Outcome => ({
  reply: entryFormReply(draftOfEntry(entry), { icm, entry }),
});
