import { z } from 'zod';
import { readRoles } from '../../understanding/read-roles.ts';
import { noteCard } from '../advice/advice-cards.ts';
import { cardReply } from '../card.ts';
import {
  action,
  asNewMessage,
  toEverybody,
  type ActionTurn,
  type Feature,
  type Outcome,
  type Services,
} from '../feature.ts';
import { icmsIn, type Icm } from '../tracking/icm-store.ts';
import { rolesReadiness } from './default-role-store.ts';
import { applyDefaults, clearDefault } from './default-roles.ts';
import { guarded } from './guarded.ts';
import { offerRoles } from './offer-roles.ts';
import { pickRoles, savePicked } from './pick-roles.ts';
import { answerRoles } from './role-commands.ts';
import { ROLES, rolesOf, type Role } from './role-store.ts';
import { setRoles, shownRoles } from './role-steps.ts';
import { roleTimeline } from './role-timeline.ts';
import { theRole, type Roles } from './role-views.ts';

const onIcm = z.object({ icm: z.string().max(100) });
const onRole = onIcm.extend({ role: z.enum(ROLES), revision: z.coerce.number().int() });
const person = z.string().max(100).default('nobody');

/** The same for a button of one role, which must be as the card shows it. */
const guardedRole = async (
  turn: ActionTurn<z.output<typeof onRole>>,
  services: Services,
  act: (icm: Icm, role: Role, roles: Roles) => Promise<Outcome>,
): Promise<Outcome> =>
  guarded(turn, services, async (icm) => {
    const { role, revision } = turn.data;
    const roles = await rolesOf(services.records, icm);
    const state = roles[role];
    if (state.revision === revision) return act(icm, role, roles);
    const called = theRole(role, services.playbook);
    const now = state.holder ? `${state.holder.person.name} is ${called} now.` : `Nobody is ${called} now.`;
    return shownRoles(icm, turn, services, `That has changed meanwhile: ${now} Nothing was changed by you.`);
  });

/** Roles of an incident: who has which, given and handed over, and set beforehand (F66-F70). */
export const rolesFeature: Feature = {
  name: 'roles',
  readiness: rolesReadiness,
  commands: [
    {
      name: 'roles',
      title: 'Who does what',
      summary:
        'Roles of an ICM: commander, communications officer, scribe, expert. Taken, handed over, or set beforehand.',
      examples: ['who has which role', 'I am the scribe for 512345678', 'default roles'],
      run: answerRoles,
    },
  ],
  claims: (text) => (readRoles(text)?.certain === true ? 'roles' : undefined),
  async answers(turn, _reading, services): Promise<Outcome | undefined> {
    if (!readRoles(turn.text)) return undefined;
    // Otherwise it is a question about roles as such, which a topic answers.
    const here = await icmsIn(services.records, turn.person.tenantId, turn.place.conversationId);
    return here.length === 1 ? answerRoles(turn, services) : undefined;
  },
  jobs: [offerRoles],
  timeline: roleTimeline,
  actions: [
    action({
      verb: 'roles/take',
      data: onRole,
      run: (turn, services) =>
        guardedRole(turn, services, async (icm, role, roles) =>
          toEverybody(await setRoles(icm, { [role]: turn.person }, turn, services, [], roles)),
        ),
    }),
    action({
      verb: 'roles/end',
      data: onRole,
      run: (turn, services) =>
        guardedRole(turn, services, async (icm, role, roles) =>
          toEverybody(await setRoles(icm, { [role]: undefined }, turn, services, [], roles)),
        ),
    }),
    action({
      verb: 'roles/show',
      readOnly: true,
      data: onIcm,
      run: (turn, services) => guarded(turn, services, async (icm) => shownRoles(icm, turn, services)),
    }),
    action({
      verb: 'roles/open',
      data: onIcm,
      run: (turn, services) =>
        guarded(turn, services, async (icm) =>
          asNewMessage(await shownRoles(icm, turn, services), 'The roles are in the new message below.'),
        ),
    }),
    action({
      verb: 'roles/pick',
      readOnly: true,
      data: onIcm,
      run: (turn, services) => guarded(turn, services, async (icm) => pickRoles(icm, turn, services)),
    }),
    action({
      verb: 'roles/save',
      data: onIcm.extend({
        revision: z.string().max(60),
        commander: person,
        communications: person,
        scribe: person,
        sme: person,
      }),
      run: (turn, services) =>
        guarded(turn, services, async (icm) => {
          const { commander, communications, scribe, sme, revision } = turn.data;
          return savePicked(icm, { commander, communications, scribe, sme }, revision, turn, services);
        }),
    }),
    action({
      verb: 'roles/use-defaults',
      data: onIcm,
      run: (turn, services) =>
        guarded(turn, services, async (icm) => {
          const outcome = await applyDefaults(icm, turn, services);
          if (!outcome.changes?.length || !outcome.reply) return outcome;
          const line = `${turn.person.name} has set the default roles of ICM ${icm.number}. See the new message below.`;
          return {
            ...outcome,
            reply: cardReply(noteCard, { line, canStart: false }),
            forEverybody: true,
            sends: [{ to: 'here', reply: outcome.reply }],
          };
        }),
    }),
    action({
      verb: 'roles/remove-default',
      data: z.object({ role: z.enum(ROLES), person: z.string().max(100) }),
      run: async (turn, services) => toEverybody(await clearDefault(turn.data.role, turn.data.person, turn, services)),
    }),
  ],
};
