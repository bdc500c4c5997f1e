import { cardReply } from '../card.ts';
import { noteCard } from '../advice/advice-cards.ts';
import type { MessageTurn, Outcome, Person, Services } from '../feature.ts';
import { changed, shown, type Where } from './change-icm.ts';
import type { Icm, IcmPatch } from './icm-store.ts';
import { isSame, mayTakeOver, memberOf } from './permission.ts';

/**
 * Gives an ICM to the one person that the line mentions. A name alone proves nothing and is asked back; who is
 * mentioned is asked of Teams, since the line tells only an id.
 */
export async function handOver(icm: Icm, turn: MessageTurn, services: Services): Promise<Outcome> {
  const [to, ...others] = turn.mentioned;
  if (to === undefined || others.length > 0) return shown(icm, turn, services, howToMention(icm, turn, others.length));
  if (to.teamsId === turn.person.teamsId && isSame(turn.person, icm.engineer))
    return shown(icm, turn, services, 'Nothing was changed: you look after it already.');
  const person = await memberOf(turn.place, turn.person.tenantId, to.teamsId, services);
  if (person === 'silent')
    return shown(
      icm,
      turn,
      services,
      `Teams does not tell me at the moment who ${to.name} is. Nothing was changed. Please try again in a minute.`,
    );
  if (person === undefined)
    return shown(
      icm,
      turn,
      services,
      `Nothing was changed: ${to.name} is not a member here, or is a guest. I can hand over to members of this team only.`,
    );
  if (isSame(person, icm.engineer))
    return shown(icm, turn, services, `Nothing was changed: ${person.name} looks after it already.`);
  return changed(
    icm,
    patchFor(icm, person, turn),
    {
      event: 'icm handed over',
      details: { from: icm.engineer.aadObjectId, to: person.aadObjectId },
    },
    turn,
    services,
    { movedFrom: icm.engineer },
  );
}

function howToMention(icm: Icm, turn: MessageTurn, more: number): string {
  if (turn.place.kind === 'personal')
    return `Nothing was changed. Nobody else can be mentioned in our chat, and a name alone does not tell me who it is. Write it in the channel: @ and my name, then “hand over ${icm.number} to @name”.`;
  return more > 0
    ? `Nothing was changed: you mention ${more + 1} people. An ICM has one engineer, so please mention one.`
    : `To whom? I need a real mention of a colleague; a name alone does not tell me who it is. Write “hand over ${icm.number} to @” and pick the name from the list. Nothing was changed.`;
}

/** Who presses or writes this becomes its engineer; both are named in a new message. */
export async function takeOver(icm: Icm, turn: Where, services: Services): Promise<Outcome> {
  if (isSame(icm.engineer, turn.person))
    return shown(icm, turn, services, 'Nothing was changed: you look after it already.');
  if (!(await mayTakeOver(icm, turn.person, turn.place, services)))
    return shown(
      icm,
      turn,
      services,
      `Nothing was changed. ${icm.engineer.name} looks after it in a personal chat and has to hand it over.`,
    );
  return changed(
    icm,
    patchFor(icm, turn.person, turn),
    {
      event: 'icm taken over',
      details: { from: icm.engineer.aadObjectId, to: turn.person.aadObjectId },
    },
    turn,
    services,
    { movedFrom: icm.engineer },
  );
}

/** The same by a button: the card shrinks to a line, and the new one stands below where all see it. */
export async function takeOverByButton(icm: Icm, turn: Where, services: Services): Promise<Outcome> {
  const outcome = await takeOver(icm, turn, services);
  if (!outcome.changes?.length || !outcome.reply) return outcome;
  const { reply, ...rest } = outcome;
  const isHere = icm.place.kind === 'personal' || icm.place.conversationId === turn.place.conversationId;
  return {
    ...rest,
    reply: cardReply(noteCard, {
      line: `${turn.person.name} looks after ICM ${icm.number} now. See the new message below.`,
      canStart: false,
    }),
    forEverybody: true,
    // Also where it is tracked: whoever had it reads it there.
    sends: [{ to: 'here', reply }, ...(isHere ? [] : [{ to: icm.place, reply }])],
  };
}

/** Only the engineer changes, except that the reminders of one must not go on into the personal chat of another. */
function patchFor(icm: Icm, engineer: Person, { place }: Where): IcmPatch {
  return { engineer, ...(icm.place.kind === 'personal' ? { place } : {}) };
}
