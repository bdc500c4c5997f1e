import { cite } from '../../playbook/cite.ts';
import type { Playbook } from '../../playbook/schema.ts';
import { showTime } from '../../understanding/show-time.ts';
import { cardReply } from '../card.ts';
import type { Person, Reply, Services } from '../feature.ts';
import { knownPeople, preferenceOf } from '../follow-ups/preference-store.ts';
import { approversFor, sameId } from './approvers.ts';
import { escalationCard, nothingShown } from './escalation-cards.ts';
import { fields } from './escalation-draft.ts';
import type { Escalation, TrailLine } from './escalation.ts';
import { editorsOf, trailOf } from './escalation-store.ts';

/** As whom somebody looks at a request. */
export type Role =
  /** An SME who may decide. */
  | 'approver'
  /** Who may change and withdraw it. */
  | 'steward'
  /** Everybody who sees the SMEs' message. */
  | 'reader'
  /** Everybody who sees the requester's card. */
  | 'bystander';

/** What somebody had typed when something else came in between; and what is said besides. */
export interface Extras {
  readonly notice?: string | undefined;
  readonly typed?: {
    readonly avoided?: string;
    readonly reason?: string;
    readonly question?: string;
    readonly answer?: string;
  };
  /** Who is asked to look, in a new message. */
  readonly mentions?: readonly Pick<Person, 'name' | 'teamsId'>[];
  readonly call?: string;
  readonly repeat?: boolean;
}

/** Teams lets so many people have a view of their own (row A9). */
const mostViewers = 60;
/** And their ids must leave room for the words; who is not among them presses “Decide (SMEs)”. */
const longestViewers = 1_500;

export const quote = (rule: string, playbook: Playbook): string => {
  const { text, source, id } = cite(rule, playbook);
  return `“${text}” ${source} (${id})`;
};

/** In the zone of whoever reads it, where one person does; otherwise in UTC. */
export async function zoneOf(person: Person | undefined, services: Services): Promise<string> {
  return (person && (await preferenceOf(services.records, person)).zone) ?? 'UTC';
}

/** A request as a card. `viewer`: the one person who sees it; without one everybody does. */
export async function escalationReply(
  escalation: Escalation,
  role: Role,
  now: Date,
  services: Services,
  extras: Extras = {},
  viewer?: Person,
): Promise<Reply> {
  const isOpen = escalation.state === 'open';
  const zone = await zoneOf(viewer, services);
  const trail = await trailOf(services.records, escalation.id);
  const canDecide = isOpen && role === 'approver';
  const isSteward = role === 'steward' || role === 'bystander';
  const { typed = {} } = extras;
  return cardReply(escalationCard, {
    ...idsOf(escalation),
    heading: `CSAT escalation · ICM ${escalation.icmNumber}`,
    mentions: (extras.mentions ?? []).map(({ name, teamsId }) => ({ name, id: teamsId })),
    ...(extras.call === undefined ? {} : { call: extras.call }),
    repeat: extras.repeat ?? false,
    ...(extras.notice === undefined ? {} : { notice: extras.notice }),
    state: stateOf(escalation, zone, now),
    mood: moodOf(escalation),
    warnings: warningsOf(escalation, services.playbook),
    facts: factsOf(escalation, zone, now, services.playbook),
    details: (['sentiment', 'why', 'improvement'] as const).map((name) => ({
      title: fields[name].label,
      text: escalation[name],
    })),
    talk: talkOf(trail),
    sources: canDecide || role === 'reader' ? [{ text: quote('F42', services.playbook) }] : [],
    links: linksOf(escalation, services.playbook),
    viewers: !isOpen
      ? []
      : viewer
        ? // What one person sees, only they fetch again; sixty ids would crowd out the words.
          [viewer.teamsId].filter((teamsId) => canDecide && teamsId !== '')
        : await viewersOf(escalation, services, extras.mentions ?? []),
    canDecide,
    canReview: isOpen && role === 'reader',
    canAnswer: isOpen && isSteward && escalation.question !== undefined,
    canChange: isOpen && isSteward,
    canSeeHistory: true,
    declineOpen: Boolean(typed.reason),
    askOpen: Boolean(typed.question),
    avoided: typed.avoided ?? '',
    reason: typed.reason ?? '',
    question: typed.question ?? '',
    answer: typed.answer ?? '',
  });
}

export const idsOf = ({ id, revision }: Pick<Escalation, 'id' | 'revision'>) => ({
  escalation: id,
  revision: String(revision),
});

/** What somebody is told who may not read it: that there is one, and whose. */
export function privateReply(escalation: Escalation): Reply {
  return cardReply(escalationCard, {
    ...idsOf(escalation),
    heading: `CSAT escalation · ICM ${escalation.icmNumber}`,
    ...nothingShown,
    state: `${escalation.requester.name} has asked for it in a personal chat. Please ask ${escalation.requester.name} about it.`,
  });
}

/** What is waited for, or how it ended, in one or two sentences. */
export function stateOf(escalation: Escalation, zone: string, now: Date): string {
  const { state, decision, question, region, isOffered } = escalation;
  const when = showTime(decision?.at ?? escalation.updatedAt, zone, now);
  const said = decision?.words ? ` “${decision.words}”` : '';
  switch (state) {
    case 'open':
      return question
        ? `Waiting for an answer of ${escalation.requester.name}. ${question.by.name} asks: ${question.text}`
        : `Waiting for ${isOffered ? 'an SME of any region' : anSmeOf(region)}.`;
    case 'approved':
      return `Approved by ${decision?.by.name ?? 'an SME'} ${when}.${said === '' ? '' : ` How it could have been avoided:${said}`}`;
    case 'declined':
      return `Declined by ${decision?.by.name ?? 'an SME'} ${when}. Reason:${said}`;
    case 'withdrawn':
      return `Withdrawn ${when}.`;
    case 'expired':
      return `Expired ${when}: no SME decided in time. It can be asked for again: write “escalate ${escalation.icmNumber}”.`;
  }
}

export const anSmeOf = (region: string): string => (region === '' ? 'an SME' : `an SME of ${region}`);

function moodOf({ state, question }: Escalation) {
  if (state === 'approved') return 'good' as const;
  if (state === 'open') return question ? ('warning' as const) : ('accent' as const);
  return 'emphasis' as const;
}

function warningsOf({ caseStatus, exceptional, judge }: Escalation, playbook: Playbook) {
  const { texts } = playbook.escalation;
  return [
    ...(caseStatus === 'open'
      ? []
      : [{ title: `The case is ${caseStatus} already`, text: `${texts.beforeClosing} (F41)` }]),
    ...(exceptional
      ? [
          {
            title: `Exceptionally bad: ${judge?.name ?? 'the requester'} judged it so`,
            text: `${texts.exceptional} (F37, F46)`,
          },
        ]
      : []),
  ];
}

function factsOf(escalation: Escalation, zone: string, now: Date, playbook: Playbook) {
  const { ownerEmail } = escalation;
  return [
    { title: 'ICM', value: `${escalation.icmNumber} · ${escalation.icmTitle}` },
    ...linkFact('ICM link', escalation.icmLink, playbook),
    {
      title: 'Support request',
      value: `${escalation.srNumber}${escalation.srTitle === '' ? '' : ` · ${escalation.srTitle}`}`,
    },
    ...linkFact('SR link', escalation.srLink, playbook),
    { title: 'Case status', value: escalation.caseStatus },
    { title: 'CSS contacts', value: escalation.contacts },
    { title: 'ICM owner', value: `${escalation.ownerName}${ownerEmail === '' ? '' : `, ${ownerEmail}`}` },
    ...(escalation.region === '' ? [] : [{ title: 'Region', value: escalation.region }]),
    {
      title: 'Asked by',
      value: `${escalation.requester.name}, ${showTime(escalation.createdAt, zone, now)}`,
    },
  ];
}

/** The last question and its answer; all of them are in the history. */
function talkOf(trail: readonly TrailLine[]) {
  return trail
    .filter(({ step }) => step === 'asked' || step === 'answered')
    .slice(-2)
    .map(({ step, actor, words }) => ({
      text: `${actor?.name ?? ''} ${step === 'asked' ? 'asks' : 'answers'}: ${words}`,
    }));
}

/** A typed link becomes a button only where the playbook knows its host; otherwise it is text to copy. */
function linksOf({ icmLink, srLink }: Escalation, playbook: Playbook) {
  return [
    { label: 'Open the ICM', url: icmLink },
    { label: 'Open the support request', url: srLink },
  ].filter(({ url }) => isKnownHost(url, playbook));
}

const isKnownHost = (url: string, { escalation: { linkHosts } }: Playbook): boolean =>
  URL.canParse(url) && linkHosts.includes(new URL(url).hostname);

const linkFact = (title: string, url: string, playbook: Playbook) =>
  isKnownHost(url, playbook) ? [] : [{ title, value: url }];

/** Those whose clients fetch a view of their own: the SMEs who are asked. Nobody who may not decide is among them. */
async function viewersOf(
  escalation: Escalation,
  services: Services,
  mentioned: readonly Pick<Person, 'teamsId'>[],
): Promise<string[]> {
  const editors = [...(await editorsOf(services.records, escalation.id))];
  const ids = approversFor(escalation, services.playbook)
    .map(({ aadObjectId }) => aadObjectId)
    .filter((id) => !editors.some((one) => sameId(one, id)));
  const known = await knownPeople(services.records, escalation.tenantId, [...new Set(ids)]);
  const teamsIds = [...mentioned, ...known].map(({ teamsId }) => teamsId).filter((teamsId) => teamsId !== '');
  let length = 0;
  return [...new Set(teamsIds)].slice(0, mostViewers).filter((teamsId) => (length += teamsId.length) <= longestViewers);
}
