import { say, type MessageTurn, type Outcome, type Services } from '../feature.ts';
import type { Icm } from '../tracking/icm-store.ts';
import type { Entry } from './entry-store.ts';
import { correct, formFor, keepEntry, notAuthor, pickEntry, recordEffect, remove } from './entry-steps.ts';
import { draftOfEntry, entryFormReply, type EntryDraft } from './entry-views.ts';
import { readEntry, type EntryRequest, type NewEntry } from './read-entry.ts';
import { cannot, threadIcm } from './thread-icm.ts';

type OnOne = Exclude<EntryRequest, NewEntry>;

/** Answers a typed line that writes something down. `kind` is that of the command, where the line says no more. */
export async function answerEntry(turn: MessageTurn, kind: Entry['kind'], services: Services): Promise<Outcome> {
  const request = readEntry(turn.text);
  if (!request)
    return addFromLine({ kind, icmNumber: undefined, when: '', words: '', team: '', effect: '' }, turn, services);
  return 'when' in request ? addFromLine(request, turn, services) : onOne(request, turn, services);
}

async function addFromLine(request: NewEntry, turn: MessageTurn, services: Services): Promise<Outcome> {
  const { kind, words, when, team, effect } = request;
  const draft: EntryDraft = { kind, words, when, team, effect, number: request.icmNumber ?? '' };
  const found = await threadIcm(request.icmNumber, turn, services);
  switch (found.kind) {
    case 'one':
      return words === ''
        ? { reply: entryFormReply(draft, { icm: found.icm }) }
        : keepEntry(found.icm, draft, turn, services);
    case 'several':
      return { reply: entryFormReply(draft, { choices: found.icms }) };
    case 'untracked':
      return {
        reply: entryFormReply(draft, { problem: `${cannot(found)} Then press “Save” here: your words stay.` }),
      };
    case 'private':
      return say(cannot(found));
  }
}

/** A result, a correction or a deletion: of the entry with that number, or of the newest that fits. */
async function onOne(request: OnOne, turn: MessageTurn, services: Services): Promise<Outcome> {
  const found = await threadIcm(request.icmNumber, turn, services);
  if (found.kind === 'several')
    return say(
      'Of which ICM? Write it again with its number, for example “result of change 2 of 512345678: no effect” or “delete note 3 of 512345678”. Nothing was changed.',
    );
  if (found.kind !== 'one') return say(cannot(found));
  const kind = request.kind === 'result' ? 'change' : request.of;
  const entry = await pickEntry(found.icm, kind, request.seq, services, (one) => fits(request, one, turn));
  if (!entry) return say(missing(request, found.icm));
  switch (request.kind) {
    case 'result':
      return recordEffect(entry, found.icm, request.words, turn, services);
    case 'delete':
      return remove(entry, found.icm, turn, services);
    case 'correct': {
      const foreign = notAuthor(entry, turn);
      if (foreign !== undefined) return say(foreign);
      if (request.words === '') return formFor(entry, found.icm);
      return correct(entry, found.icm, { ...draftOfEntry(entry), words: request.words }, turn, services);
    }
  }
}

function fits(request: OnOne, entry: Entry, turn: MessageTurn): boolean {
  if (entry.deletedAt) return false;
  return request.kind === 'result' ? !entry.effect : entry.author.aadObjectId === turn.person.aadObjectId;
}

function missing(request: OnOne, icm: Icm): string {
  const what = request.kind === 'result' ? 'change' : request.of;
  if (request.seq !== undefined)
    return `ICM ${icm.number} has no ${what} ${request.seq}. Write “timeline ${icm.number}” to see what there is.`;
  return request.kind === 'result'
    ? `No change of ICM ${icm.number} waits for its result. Write “change: …” to record one, or name it: “result of change 2: …”.`
    : `You have written no ${what} on ICM ${icm.number}.`;
}
