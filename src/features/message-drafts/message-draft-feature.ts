import { z } from 'zod';
import { DRAFT_VARIANTS, type DraftVariant } from '../../playbook/schema.ts';
import { readTime } from '../../understanding/read-time.ts';
import { cardReply } from '../card.ts';
import {
  action,
  type ActionTurn,
  type Feature,
  type MessageTurn,
  type Outcome,
  type Reply,
  type Services,
} from '../feature.ts';
import { findIcm } from '../follow-ups/find-icm.ts';
import { openFollowUp } from '../follow-ups/follow-up-store.ts';
import { zoneFor, type Actor } from '../follow-ups/follow-up-steps.ts';
import { icmTitle } from '../follow-ups/follow-up-views.ts';
import { privateCard } from '../message-check/message-check-cards.ts';
import { checked, inPrivate } from '../message-check/message-check-feature.ts';
import { icmById, type Icm } from '../tracking/icm-store.ts';
import { maySee } from '../tracking/permission.ts';
import { showPromise } from './show-promise.ts';
import { draftFormCard } from './message-draft-cards.ts';
import { readDraftRequest } from './read-draft-request.ts';
import { isInterval, missingIn, noFields, writeMessage, type DraftFields } from './write-message.ts';

const words = (max: number) => z.string().max(max).default('');
const variant = z.enum(DRAFT_VARIANTS).catch('progress');
const onIcm = z.object({ icm: z.string().max(100).default(''), variant });
const filled = onIcm.extend({
  customer: words(1_000),
  sr: words(1_000),
  what: words(10_000),
  since: words(1_000),
  who: words(5_000),
  expect: words(5_000),
  how: words(10_000),
  verified: words(5_000),
  rca: words(1_000),
  next: words(1_000),
  last: z.enum(['true', 'false']).default('false').catch('false'),
});

const fieldsOf = ({ last, ...data }: z.output<typeof filled>): DraftFields => ({ ...data, isLast: last === 'true' });

/** An ICM of which the person may see more than its number; another one fills in nothing. */
async function visibleIcm(id: string, actor: Actor, services: Services): Promise<Icm | undefined> {
  const icm = id === '' ? undefined : await icmById(services.records, actor.person.tenantId, id);
  return icm && (await maySee(icm, actor.person, services)) ? icm : undefined;
}

function form(
  icm: Icm | undefined,
  of: DraftVariant,
  fields: DraftFields,
  services: Services,
  problems: readonly string[] = [],
): Reply {
  const { messageDrafts, rules } = services.playbook;
  const { label } = messageDrafts.variants[of];
  const sources = messageDrafts.cites.flatMap((id) => rules[id]?.source ?? []);
  const { isLast, ...typed } = fields;
  return cardReply(draftFormCard, {
    heading: `${icm ? `${icmTitle(icm)} · m` : 'M'}essage to the customer: ${label.toLowerCase().replace('rca', 'RCA')}`,
    lines: [{ text: 'Fill in what the customer needs to know. I put it together, check it, and keep none of it.' }],
    problems: problems.map((text) => ({ text })),
    icm: icm?.id ?? '',
    variant: of,
    others: DRAFT_VARIANTS.filter((other) => other !== of).map((other) => ({
      label: messageDrafts.variants[other].label,
      variant: other,
    })),
    ...typed,
    last: String(isLast),
    sources: `${[...new Set(sources)].join(' · ')} (${messageDrafts.cites.join(', ')})`,
  });
}

/** What tracking knows: the case, what it is about, and the promise that this message may name. */
async function prefilled(icm: Icm | undefined, actor: Actor, services: Services): Promise<DraftFields> {
  if (!icm) return noFields;
  const followUp = await openFollowUp(services.records, icm.id);
  const isAhead = followUp !== undefined && followUp.dueAt > actor.now;
  return {
    ...noFields,
    sr: icm.srNumber ?? '',
    what: icm.title,
    next: isAhead ? showPromise(followUp.dueAt, followUp.zone) : '',
  };
}

async function typed(turn: MessageTurn, services: Services): Promise<Outcome> {
  const request = readDraftRequest(turn.text) ?? { variant: 'progress' as const, icmNumbers: [], srNumbers: [] };
  const found = await findIcm(turn, { ...request, shortNumbers: [] }, services);
  const meant = found.kind === 'one' ? found.icm : undefined;
  const icm = meant && (await maySee(meant, turn.person, services)) ? meant : undefined;
  if (turn.place.kind !== 'personal')
    return {
      reply: cardReply(privateCard, {
        lines: [{ text: 'Everybody here can read along, so let us write messages to customers in our personal chat.' }],
        what: 'write',
        icm: icm?.id ?? '',
        variant: request.variant,
      }),
    };
  return { reply: form(icm, request.variant, await prefilled(icm, turn, services), services) };
}

/** Writes the message from what was filled in, and checks it: the engineer's own words may hold what must not leave. */
async function write(turn: ActionTurn<z.output<typeof filled>>, services: Services): Promise<Outcome> {
  const { variant: of } = turn.data;
  const fields = fieldsOf(turn.data);
  const icm = await visibleIcm(turn.data.icm, turn, services);
  const next = await nextUpdate(fields, of, turn, services);
  const problems = [...missingIn(fields, of), ...('problem' in next ? [next.problem] : [])];
  if (problems.length > 0) return { reply: form(icm, of, fields, services, problems) };
  const text = writeMessage(
    { ...fields, next: 'words' in next ? next.words : '' },
    of,
    turn.person.name,
    services.playbook.messageDrafts,
  );
  return {
    reply: await checked(text, 'customer', turn, services, {
      clean: 'Here is the message. It passes the check.',
      ...(icm ? { icm } : {}),
    }),
  };
}

/** The next update with its zone, so that the customer cannot take it for another time. */
async function nextUpdate(
  fields: DraftFields,
  of: DraftVariant,
  actor: Actor,
  services: Services,
): Promise<{ readonly words: string } | { readonly problem: string }> {
  if (fields.next.trim() === '' || (of === 'resolution' && fields.isLast)) return { words: '' };
  const { zone } = await zoneFor(actor, services);
  const reading = readTime(fields.next, { now: actor.now, zone });
  if (reading.kind === 'time') return { words: showPromise(reading.at, reading.zone) };
  if (reading.kind === 'refused') return { problem: reading.reason };
  if (reading.kind === 'ask')
    return { problem: `${reading.question} Please write it out, for example “Friday 17:00”.` };
  if (isInterval(fields.next)) return { words: fields.next };
  return { problem: 'I could not read when you will write next. Write for example “today 17:00” or “tomorrow 9am”.' };
}

export const messageDraftFeature: Feature = {
  name: 'message-draft',
  commands: [
    {
      name: 'draft-update',
      title: 'Write an update for the customer',
      summary: 'Asks for the parts of a good update and puts them into words that pass the check.',
      examples: [
        'draft an update',
        'draft an update for 512345678',
        'write the first contact',
        'draft a closing message',
      ],
      run: typed,
    },
  ],
  claims: (text) => (readDraftRequest(text) ? 'draft-update' : undefined),
  actions: [
    action({
      verb: 'message-draft/form',
      data: filled,
      async run(turn, services): Promise<Outcome> {
        const icm = await visibleIcm(turn.data.icm, turn, services);
        return { reply: form(icm, turn.data.variant, fieldsOf(turn.data), services) };
      },
    }),
    action({ verb: 'message-draft/write', data: filled, run: write }),
    action({
      verb: 'message-draft/private',
      data: onIcm,
      async run(turn, services): Promise<Outcome> {
        const icm = await visibleIcm(turn.data.icm, turn, services);
        const fields = await prefilled(icm, turn, services);
        return inPrivate(turn, form(icm, turn.data.variant, fields, services), services);
      },
    }),
  ],
};
