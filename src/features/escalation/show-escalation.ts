import { say, type ActionTurn, type Outcome, type Person, type Place, type Services } from '../feature.ts';
import { mayChangeEscalation, maySeeEscalation } from './access.ts';
import { mayDecide } from './approvers.ts';
import { escalationById } from './escalation-store.ts';
import { escalationReply, privateReply, type Extras, type Role } from './escalation-view.ts';
import type { Escalation } from './escalation.ts';

/** What the handlers need of a turn, typed or pressed. */
export interface Where {
  readonly person: Person;
  readonly place: Place;
  readonly now: Date;
}

export const gone = say('I know no such escalation. Nothing was changed. Write “my escalations” to see yours.');

export const older =
  'It has changed since your card was drawn, so nothing was done. This is how it is now; please look again.';

/** As whom somebody looks at it; `undefined`: it is none of their business. */
export async function roleOf(
  escalation: Escalation,
  { person, place }: Where,
  services: Services,
  live: boolean,
): Promise<Role | undefined> {
  if (!(await maySeeEscalation(escalation, person, place, services))) return undefined;
  if (escalation.state === 'open' && (await mayDecide(escalation, person, services, live)).may) return 'approver';
  return (await mayChangeEscalation(escalation, person, services)) ? 'steward' : 'reader';
}

/** The request as it is now, as this person may see it. Nothing changes. */
export async function shown(
  escalation: Escalation,
  turn: Where,
  services: Services,
  extras: Extras = {},
  live = false,
): Promise<Outcome> {
  const role = await roleOf(escalation, turn, services, live);
  return {
    reply: role
      ? await escalationReply(escalation, role, turn.now, services, extras, turn.person)
      : privateReply(escalation),
  };
}

/** Finds what a button is about, in the organisation of whoever presses it. */
export async function onEscalation<Data extends { readonly escalation: string }>(
  turn: ActionTurn<Data>,
  services: Services,
  act: (escalation: Escalation) => Promise<Outcome>,
): Promise<Outcome> {
  const escalation = await escalationById(services.records, turn.person.tenantId, turn.data.escalation);
  return escalation ? act(escalation) : gone;
}

/** A button that reads more of a request: whoever may not see it gets what they may. */
export const onVisible = <Data extends { readonly escalation: string }>(
  turn: ActionTurn<Data>,
  services: Services,
  act: (escalation: Escalation) => Promise<Outcome> | Outcome,
): Promise<Outcome> =>
  onEscalation(turn, services, async (escalation) =>
    (await maySeeEscalation(escalation, turn.person, turn.place, services))
      ? act(escalation)
      : shown(escalation, turn, services),
  );
