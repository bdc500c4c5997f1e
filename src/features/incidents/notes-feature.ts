import { z } from 'zod';
import {
  action,
  asNewMessage,
  say,
  toEverybody,
  type ActionTurn,
  type Feature,
  type Outcome,
  type Services,
} from '../feature.ts';
import { answerEntry } from './entry-commands.ts';
import { entriesOf } from './entry-store.ts';
import { correct, formFor, heldEntry, keepEntry, notAuthor, recordEffect, remove } from './entry-steps.ts';
import { entryTimeline } from './entry-timeline.ts';
import { entryFormReply, type EntryDraft } from './entry-views.ts';
import { onIcm } from './on-icm.ts';
import { readEntry } from './read-entry.ts';
import { cannot, threadIcm } from './thread-icm.ts';

const id = z.string().max(100);
const onEntry = z.object({ icm: id, entry: id, revision: z.coerce.number().int() });
/** Longer than is kept: what is too long is answered with a sentence that says so. */
const typed = z.string().max(8_000).default('');

type Form = EntryDraft & { readonly icm: string; readonly entry: string; readonly revision: number };

async function save(turn: ActionTurn<Form>, services: Services): Promise<Outcome> {
  const { data } = turn;
  const number = data.number.replace(/[^0-9]/g, '').slice(0, 20);
  if (data.icm === '') {
    if (number === '')
      return say('Which ICM? Please write its number, 7 to 10 digits, into the field. Nothing was saved yet.');
    const found = await threadIcm(number, turn, services);
    if (found.kind === 'one') return toEverybody(await keepEntry(found.icm, data, turn, services));
    return say(
      `${found.kind === 'several' ? 'Please name one ICM.' : cannot(found)} Nothing was saved yet; your words stay in the card.`,
    );
  }
  return onIcm(turn, services, async (icm) => {
    if (data.entry === '') return toEverybody(await keepEntry(icm, data, turn, services));
    const held = await heldEntry(data, icm, turn, services);
    if ('instead' in held) return held.instead;
    return toEverybody(await correct(held.entry, icm, { ...data, kind: held.entry.kind }, turn, services));
  });
}

/** Notes and changes of an incident, as its scribe keeps them (F71 to F73). */
export const notesFeature: Feature = {
  name: 'notes',
  commands: [
    {
      name: 'note',
      title: 'Add a note',
      summary: 'What happened, with its time: “note: …” or “note at 14:05: …”. What was changed: “change: …, team …”.',
      examples: ['add a note', 'write a note'],
      listed: false,
      run: (turn, services) => answerEntry(turn, 'note', services),
    },
    {
      name: 'change',
      title: 'Record a change',
      summary:
        'What was changed, by which team, and what came of it: “change: restarted the gateway, team Networking”.',
      examples: ['record a change', 'add a change'],
      hidden: true,
      listed: false,
      run: (turn, services) => answerEntry(turn, 'change', services),
    },
  ],
  claims(text) {
    const request = readEntry(text);
    return request && (request.kind === 'change' || request.kind === 'result' ? 'change' : 'note');
  },
  timeline: async (icm, records) => entryTimeline(await entriesOf(records, icm.tenantId, icm.id)),
  actions: [
    action({
      verb: 'note/save',
      data: onEntry.extend({
        kind: z.enum(['note', 'change']),
        words: typed,
        when: typed,
        team: typed,
        effect: typed,
        number: z.string().max(100).default(''),
      }),
      run: save,
    }),
    action({
      verb: 'note/new',
      data: z.object({ icm: id, kind: z.enum(['note', 'change']) }),
      run: (turn, services) =>
        onIcm(turn, services, (icm) => {
          const draft = { kind: turn.data.kind, words: '', when: '', team: '', effect: '', number: '' };
          return Promise.resolve(asNewMessage({ reply: entryFormReply(draft, { icm }) }));
        }),
    }),
    action({
      verb: 'note/edit',
      data: onEntry,
      run: (turn, services) =>
        onIcm(turn, services, async (icm) => {
          const held = await heldEntry(turn.data, icm, turn, services);
          if ('instead' in held) return held.instead;
          const foreign = notAuthor(held.entry, turn);
          if (foreign !== undefined) return say(foreign);
          return held.entry.deletedAt ? say('It was deleted. Write a new one.') : formFor(held.entry, icm);
        }),
    }),
    action({
      verb: 'note/delete',
      data: onEntry,
      run: (turn, services) =>
        onIcm(turn, services, async (icm) => {
          const held = await heldEntry(turn.data, icm, turn, services);
          return 'instead' in held ? held.instead : toEverybody(await remove(held.entry, icm, turn, services));
        }),
    }),
    action({
      verb: 'note/effect',
      data: onEntry.extend({ effect: typed }),
      run: (turn, services) =>
        onIcm(turn, services, async (icm) => {
          const held = await heldEntry(turn.data, icm, turn, services);
          return 'instead' in held
            ? held.instead
            : toEverybody(await recordEffect(held.entry, icm, turn.data.effect, turn, services));
        }),
    }),
  ],
};
