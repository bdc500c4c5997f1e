import { say, type MessageTurn, type Outcome, type Services } from '../feature.ts';
import { icmsByNumbers, icmsIn, icmsOf, type Icm } from '../tracking/icm-store.ts';
import { isSame, visibleTo } from '../tracking/permission.ts';

type Turn = Pick<MessageTurn, 'person' | 'place'>;

/**
 * The ICM that a line of an incident is about, or the answer that asks back: by its number or the end of it, also a
 * resolved one; without a number the one of this thread, else the person's own if they have one.
 */
export async function icmMeant(
  turn: Turn,
  numbers: readonly string[],
  services: Services,
): Promise<{ readonly icm: Icm } | { readonly ask: Outcome }> {
  if (numbers.length === 0) {
    const here = await icmsHere(turn, services);
    const [only, ...more] = here;
    if (!only)
      return { ask: say('Which ICM? Please write its number with it. I have to track it first: “track 512345678”.') };
    return more.length === 0 ? { icm: only } : { ask: askWhich(here) };
  }
  const all = await icmsByNumbers(services.records, turn.person.tenantId, numbers);
  const fitting = await visibleTo(all, turn.person, services);
  const exact = fitting.filter(({ number }) => numbers.includes(number));
  const [only, ...more] = exact.length > 0 ? exact : fitting;
  if (!only)
    return {
      ask: say(
        `I do not track ICM ${numbers.join(', ')}. Nothing was changed. To track it, write “track” and its number.`,
      ),
    };
  return more.length === 0 ? { icm: only } : { ask: askWhich([only, ...more]) };
}

/** Open ICMs that are talked about in a place: those of the thread or chat, else the person's own. */
export async function icmsHere({ person, place }: Turn, services: Services): Promise<readonly Icm[]> {
  const here = await icmsIn(services.records, person.tenantId, place.conversationId);
  if (here.length > 0) {
    const own = here.filter((icm) => isSame(icm.engineer, person));
    return own.length === 1 ? own : here;
  }
  return icmsOf(services.records, person, false, 10);
}

const askWhich = (icms: readonly Icm[]): Outcome =>
  say(
    `Which ICM do you mean? ${icms
      .slice(0, 10)
      .map(({ number, title }) => (title === '' ? number : `${number} (${title})`))
      .join(', ')}. Please write it again with the number. Nothing was changed.`,
  );
