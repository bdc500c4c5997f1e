import { say, type ActionTurn, type MessageTurn, type Outcome, type Services } from '../feature.ts';
import { cardReply } from '../card.ts';
import { icmTitle } from '../follow-ups/follow-up-views.ts';
import { icmById, type Icm } from '../tracking/icm-store.ts';
import { maySee } from '../tracking/permission.ts';
import { whichIncidentCard } from './which-card.ts';
import { cannot, threadIcm } from './thread-icm.ts';

/** Guards a button: the ICM must be there, in the person's organisation, and not in a personal chat of others. */
export async function onIcm(
  turn: ActionTurn<{ readonly icm: string }>,
  services: Services,
  act: (icm: Icm) => Promise<Outcome>,
): Promise<Outcome> {
  const icm = await icmById(services.records, turn.person.tenantId, turn.data.icm);
  if (icm && (await maySee(icm, turn.person, services))) return act(icm);
  return say('I do not track that ICM, or it is in a personal chat that is not yours. Nothing was changed.');
}

/** A command on one ICM: the one that is named, else the one of this thread, else it is asked for. */
export async function icmCommand(
  what: 'timeline' | 'postmortem',
  number: string | undefined,
  turn: MessageTurn,
  services: Services,
  act: (icm: Icm) => Promise<Outcome>,
): Promise<Outcome> {
  const found = await threadIcm(number, turn, services);
  if (found.kind === 'one') return act(found.icm);
  if (found.kind !== 'several') return say(cannot(found));
  if (found.icms.length === 0) return say(`Of which ICM? Write its number as well, for example “${what} 512345678”.`);
  return {
    reply: cardReply(whichIncidentCard, {
      heading: `Which ICM do you want the ${what} of?`,
      isTimeline: what === 'timeline',
      choices: found.icms.map((icm) => ({ label: icmTitle(icm).slice(0, 100), icm: icm.id })),
    }),
  };
}
