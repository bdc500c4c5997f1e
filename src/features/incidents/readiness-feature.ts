import { z } from 'zod';
import { readInterval, readReadiness } from '../../understanding/read-readiness.ts';
import { cardReply } from '../card.ts';
import {
  action,
  toEverybody,
  type ActionTurn,
  type Feature,
  type MessageTurn,
  type Outcome,
  type Services,
} from '../feature.ts';
import { noticeCard } from '../sheets/sheet-cards.ts';
import { memberOf } from '../tracking/permission.ts';
import { readinessJobs } from './readiness-nudge.ts';
import { agree, changeItem, checklistHere, setNudges, show, type Actor, type ItemStep } from './readiness-steps.ts';
import type { Checklist } from './readiness-store.ts';
import { draftOfStandards, sourceOf, standardsReply, type StandardsDraft } from './readiness-views.ts';

const onChecklist = z.object({
  checklist: z.string().max(100).default(''),
  revision: z.coerce.number().int().catch(-1),
});
const onItem = onChecklist.extend({
  item: z.string().max(100).default(''),
  note: z.string().max(10_000).default(''),
});
const words = (max: number) =>
  z
    .string()
    .max(10_000)
    .default('')
    .transform((typed) => typed.trim().slice(0, max));
const standardsFields = z.object({
  externalChannel: words(80),
  externalInterval: words(60),
  internalChannel: words(80),
  internalInterval: words(60),
  consulted: z.string().max(500).default(''),
});

const older = 'That card was an older one. This is how it is now; nothing was changed.';

/** A checklist belongs to a team, so there is none in a personal chat: the items and the way to the team's list. */
function inPrivate({ playbook }: Services): Outcome {
  return {
    reply: cardReply(noticeCard, {
      title: 'The readiness checklist',
      lines: [
        ...Object.values(playbook.readiness.items).map((title, at) => `${at + 1}. ${title}`),
        'I keep this list for a team, in its channel: write “readiness” there, after @ and my name.',
        `Source: ${sourceOf(playbook)}`,
      ].map((text) => ({ text })),
    }),
  };
}

/**
 * Guards a button: the checklist is the one of the place in which it is pressed, and the card must be as it is now.
 * Otherwise it is shown as it is, with what was typed.
 */
async function guarded<Data extends z.output<typeof onChecklist>>(
  turn: ActionTurn<Data>,
  services: Services,
  act: (checklist: Checklist) => Promise<Outcome> | Outcome,
  otherwise?: (checklist: Checklist) => Outcome,
): Promise<Outcome> {
  if (turn.place.kind === 'personal') return inPrivate(services);
  const checklist = await checklistHere(turn, services);
  const { checklist: id, revision } = turn.data;
  const isAsSeen = revision === checklist.revision && (revision === 0 || id === checklist.id);
  if (!isAsSeen) return otherwise?.(checklist) ?? show(checklist, turn, services, { notice: older, ...typedIn(turn) });
  return act(checklist);
}

function typedIn({ data }: ActionTurn): { readonly item?: string; readonly note?: string } {
  const typed = onItem.safeParse(data);
  return typed.success && typed.data.item !== '' ? { item: typed.data.item, note: typed.data.note } : {};
}

const onButton =
  (step: (turn: ActionTurn) => ItemStep) =>
  async (turn: ActionTurn<z.output<typeof onItem>>, services: Services): Promise<Outcome> =>
    guarded(turn, services, async (checklist) =>
      toEverybody(await changeItem(checklist, turn.data.item, step(turn), turn.data.note, turn, services)),
    );

/** Keeps the form, or says what of it cannot be taken. */
async function save(checklist: Checklist, draft: StandardsDraft, actor: Actor, services: Services): Promise<Outcome> {
  const external = readInterval(draft.externalInterval);
  const internal = readInterval(draft.internalInterval);
  const problems = [external, internal].flatMap((one) => (one.kind === 'refused' ? [one.reason] : []));
  if (problems.length > 0) return { reply: standardsReply(checklist, draft, services, { problems }) };
  const { groups } = services.playbook.readiness.standards;
  const chosen = draft.consulted.split(/[,;]/).map((name) => name.trim());
  const minutes = (one: typeof external) => (one.kind === 'minutes' ? one.minutes : undefined);
  return agree(
    checklist,
    {
      external: { channel: draft.externalChannel, everyMinutes: minutes(external) },
      internal: { channel: draft.internalChannel, everyMinutes: minutes(internal) },
      consulted: Object.keys(groups).filter((name) => chosen.includes(name)),
    },
    actor,
    services,
  );
}

/** Answers a typed line about the checklist. */
async function answer(turn: MessageTurn, services: Services): Promise<Outcome> {
  if (turn.place.kind === 'personal') return inPrivate(services);
  const checklist = await checklistHere(turn, services);
  const request = readReadiness(turn.text) ?? { kind: 'show' };
  if (request.kind === 'show') return show(checklist, turn, services);
  if (request.kind === 'nudges') return setNudges(checklist, request.on, turn, services);
  if (request.kind === 'standards') {
    const { isInternal, channel, interval } = request;
    const said = {
      ...(channel === '' ? {} : { [isInternal ? 'internalChannel' : 'externalChannel']: channel }),
      ...(interval === '' ? {} : { [isInternal ? 'internalInterval' : 'externalInterval']: interval }),
    };
    const notice =
      Object.keys(said).length === 0
        ? undefined
        : `This is what I understood. Press “Save” to keep it${isInternal ? '.' : '; if you meant updates to your own people, move it down first.'}`;
    return {
      reply: standardsReply(checklist, { ...draftOfStandards(checklist), ...said }, services, { notice }),
    };
  }
  const names = Object.keys(services.playbook.readiness.items);
  const item = names[request.item - 1];
  if (item === undefined)
    return show(checklist, turn, services, {
      notice: `The list has ${names.length} items, so there is no item ${request.item}. Nothing was changed.`,
    });
  if (request.kind === 'mark')
    return changeItem(checklist, item, { kind: request.done ? 'done' : 'reopen' }, '', turn, services);
  if (request.kind === 'note') {
    if (request.words === '')
      return show(checklist, turn, services, { notice: `What shall I note for item ${request.item}?`, item });
    return changeItem(checklist, item, { kind: 'note' }, request.words, turn, services);
  }
  const owner = await ownerFrom(request.who, request.item, turn, services);
  return typeof owner === 'string'
    ? show(checklist, turn, services, { notice: owner, item })
    : changeItem(checklist, item, { kind: 'owner', owner: owner.person }, '', turn, services);
}

/** Who a line means, from its mentions alone; or why nobody was made the owner. */
async function ownerFrom(who: 'me' | 'other' | 'nobody', item: number, turn: MessageTurn, services: Services) {
  if (who === 'nobody') return { person: undefined };
  if (who === 'me') return { person: turn.person };
  const [one, ...others] = turn.mentioned;
  if (!one)
    return `Who is it? A name alone does not tell me. Write “owner of item ${item} is @” and pick the name from the list that Teams shows. Nothing was changed.`;
  if (others.length > 0)
    return `You mention ${others.length + 1} people, and an item has one owner. Please mention one. Nothing was changed.`;
  const member = await memberOf(turn.place, turn.person.tenantId, one.teamsId, services);
  if (member === 'silent')
    return `Teams does not tell me at the moment who ${one.name} is. Nothing was changed. Please try again in a minute.`;
  if (!member) return `${one.name} is not a member here, or is a guest. Nothing was changed.`;
  return { person: member };
}

/** The readiness checklist of a team (F94) with its standards for updates (F82, F83, F86). */
export const readinessFeature: Feature = {
  name: 'readiness',
  inPractice:
    'The readiness checklist is real, so it stays out of a practice run. Write “readiness” in another thread of the channel.',
  commands: [
    {
      name: 'readiness',
      title: 'Readiness checklist',
      summary:
        'What the team has done to be ready for incidents, who owns the rest, and what it agreed on about updates.',
      examples: ['readiness', 'readiness checklist', 'mark item 3 done', 'owner of item 3 is @name', 'no more nudges'],
      run: answer,
    },
  ],
  claims: (text) => (readReadiness(text) ? 'readiness' : undefined),
  jobs: readinessJobs,
  actions: [
    action({ verb: 'readiness/done', data: onItem, run: onButton(() => ({ kind: 'done' })) }),
    action({ verb: 'readiness/reopen', data: onItem, run: onButton(() => ({ kind: 'reopen' })) }),
    action({
      verb: 'readiness/own',
      data: onItem,
      run: onButton(({ person }) => ({ kind: 'owner', owner: person })),
    }),
    action({ verb: 'readiness/note', data: onItem, run: onButton(() => ({ kind: 'note' })) }),
    action({
      verb: 'readiness/nudges',
      data: onChecklist.extend({ on: z.enum(['yes', 'no']) }),
      // The nudge may be weeks old: what it asks for does not hang on what has been ticked since.
      async run(turn, services): Promise<Outcome> {
        if (turn.place.kind === 'personal') return inPrivate(services);
        const checklist = await checklistHere(turn, services);
        if (turn.data.checklist !== checklist.id) return show(checklist, turn, services, { notice: older });
        return toEverybody(await setNudges(checklist, turn.data.on === 'yes', turn, services));
      },
    }),
    action({
      verb: 'readiness/show',
      readOnly: true,
      data: z.object({}),
      run: async (turn, services) =>
        turn.place.kind === 'personal'
          ? inPrivate(services)
          : show(await checklistHere(turn, services), turn, services),
    }),
    action({
      verb: 'readiness/standards',
      readOnly: true,
      data: onChecklist,
      async run(turn, services): Promise<Outcome> {
        if (turn.place.kind === 'personal') return inPrivate(services);
        const checklist = await checklistHere(turn, services);
        return { reply: standardsReply(checklist, draftOfStandards(checklist), services) };
      },
    }),
    action({
      verb: 'readiness/agree',
      data: onChecklist.extend(standardsFields.shape),
      run: async (turn, services) =>
        guarded(
          turn,
          services,
          async (checklist) => toEverybody(await save(checklist, standardsFields.parse(turn.data), turn, services)),
          (checklist) => ({
            reply: standardsReply(checklist, standardsFields.parse(turn.data), services, {
              problems: ['Somebody changed the list meanwhile. Please look at it once more and press “Save” again.'],
            }),
          }),
        ),
    }),
  ],
};
