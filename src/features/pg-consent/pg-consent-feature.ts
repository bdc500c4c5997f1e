import { z } from 'zod';
import { cardReply, defineCard, opaque, plain, text } from '../card.ts';
import { action, type ActionTurn, type Feature, type Outcome, type Reply, type Services } from '../feature.ts';
import { consentsFor, recordConsent, type PgConsent } from './pg-consent-store.ts';
import { pgVerdict, type PgVerdict } from './pg-verdict.ts';
import { pgConsentTimeline } from './pg-consent-timeline.ts';

const lines = z.array(z.strictObject({ text: text(500) }));

export const pgConsentCard = defineCard({
  name: 'pg-consent',
  view: z.strictObject({
    title: text(120),
    lines,
    verdicts: z.array(z.strictObject({ answer: text(300), lines })),
    ground: opaque(),
    engineer: opaque(),
    sme: opaque(),
    customer: opaque(),
    consent: opaque(),
    ticket: plain(40),
    contact: plain(200),
    when: plain(100),
    records: lines,
    source: text(200),
  }),
  samples: [
    {
      title: 'May I include the PG?',
      lines: [{ text: 'Normally not.' }],
      verdicts: [{ answer: 'Not yet.', lines: [{ text: 'Ask first.' }] }],
      ground: 'exhausted',
      engineer: 'true',
      sme: 'true',
      customer: 'false',
      consent: 'false',
      ticket: '512345678',
      contact: 'Ada of the connectors team',
      when: 'today 09:00 UTC',
      records: [{ text: 'On record: …' }],
      source: 'ICM process (F37, F38, F39, F40)',
    },
  ],
});

const toggle = z.enum(['true', 'false']).catch('false');
const fields = z.object({
  ground: z.enum(['pg-asked', 'exhausted', 'sev-1', 'none', '']).catch(''),
  engineer: toggle,
  sme: toggle,
  customer: toggle,
  consent: toggle,
  ticket: z.string().max(200).catch(''),
  contact: z.string().max(400).catch(''),
  when: z.string().max(200).catch(''),
});
type Fields = z.output<typeof fields>;

const empty = fields.parse({});
const grounds = { 'pg-asked': 'the PG asked', exhausted: 'all options exhausted', 'sev-1': 'Sev 1' } as const;
const cites = ['F37', 'F38', 'F39', 'F40'];

function formReply(
  typed: Fields,
  verdict: PgVerdict | undefined,
  records: readonly PgConsent[],
  services: Services,
): Reply {
  const source = services.playbook.rules['F37']?.source;
  return cardReply(pgConsentCard, {
    title: 'May I include the PG with this customer?',
    lines: [
      { text: 'Product group members should not be in customer communications, unless one of three conditions holds.' },
    ],
    verdicts: verdict ? [{ answer: verdict.answer, lines: verdict.lines.map((line) => ({ text: line })) }] : [],
    ...typed,
    records: records.map((one) => ({
      text: `On record for ${one.ticket}: ${grounds[one.ground]}; ${one.contact}; ${one.consentedOn}.`,
    })),
    source: source ? `${source} (${cites.join(', ')})` : cites.join(', '),
  });
}

const verdictOf = (typed: Fields): PgVerdict =>
  pgVerdict({
    ground: typed.ground,
    engineer: typed.engineer === 'true',
    sme: typed.sme === 'true',
    customer: typed.customer === 'true',
    consent: typed.consent === 'true',
  });

const digits = (text: string): string => text.replace(/\D/g, '');

async function record(turn: ActionTurn<Fields>, services: Services): Promise<Outcome> {
  const verdict = verdictOf(turn.data);
  const { ground } = turn.data;
  if (verdict.allowed !== true || ground === '' || ground === 'none')
    return {
      reply: formReply(turn.data, { ...verdict, lines: [...verdict.lines, 'Nothing was kept.'] }, [], services),
    };
  const ticket = digits(turn.data.ticket);
  const missing = [
    ...(ticket.length >= 7 && ticket.length <= 16 ? [] : ['ICM or SR number (7 to 10, or 15 to 16 digits)']),
    ...(turn.data.contact.trim() === '' ? ['who at the PG asked or consents'] : []),
    ...(turn.data.when.trim() === '' ? ['when'] : []),
  ];
  if (missing.length > 0)
    return {
      reply: formReply(
        turn.data,
        { ...verdict, lines: [...verdict.lines, `Nothing was kept yet. Still missing: ${missing.join('; ')}.`] },
        [],
        services,
      ),
    };
  const consent: PgConsent = {
    id: services.newId(),
    ticket,
    ground,
    contact: turn.data.contact.trim().slice(0, 200),
    consentedOn: turn.data.when.trim().slice(0, 100),
  };
  const known = await consentsFor(services.records, ticket, turn.person, turn.place);
  return {
    reply: formReply(
      turn.data,
      { ...verdict, lines: [...verdict.lines, 'It is on record. I noted when and by whom it was recorded.'] },
      [consent, ...known],
      services,
    ),
    changes: [recordConsent(consent, turn.person, turn.place)],
    audit: { event: 'pg consent recorded', subject: consent.id, details: { ground } },
  };
}

export const pgConsentFeature: Feature = {
  name: 'pg-consent',
  timeline: pgConsentTimeline,
  commands: [
    {
      name: 'pg-consent',
      title: 'May I include the PG?',
      summary: 'Checks the three conditions for your case, and keeps the consent on record.',
      examples: ['may I include the PG?', 'record the consent of the PG', 'pg consent'],
      run: (_turn, services): Outcome => ({ reply: formReply(empty, undefined, [], services) }),
    },
  ],
  actions: [
    action({
      verb: 'pg/check',
      readOnly: true,
      data: fields,
      async run(turn, services): Promise<Outcome> {
        const ticket = digits(turn.data.ticket);
        const known = ticket === '' ? [] : await consentsFor(services.records, ticket, turn.person, turn.place);
        return { reply: formReply(turn.data, verdictOf(turn.data), known, services) };
      },
    }),
    action({ verb: 'pg/record', data: fields, run: record }),
  ],
};
