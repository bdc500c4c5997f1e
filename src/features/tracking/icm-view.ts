import { cite } from '../../playbook/cite.ts';
import type { Playbook } from '../../playbook/schema.ts';
import { showTime } from '../../understanding/show-time.ts';
import { cardReply } from '../card.ts';
import type { Person, Reply, Services } from '../feature.ts';
import { openFollowUp, type FollowUp } from '../follow-ups/follow-up-store.ts';
import type { Icm } from './icm-store.ts';
import { driftOf, type Drift, type Severities } from './severity-drift.ts';
import { icmCard } from './tracking-cards.ts';

/** What is said besides the facts. */
export interface IcmExtras {
  readonly notice?: string | undefined;
  /** What the severities were, where they have just changed. */
  readonly before?: Severities;
  /** Shows the portal's Watch and Subscribe. */
  readonly withClicks?: boolean;
  /** Offers to take it over, to whoever is not its engineer. */
  readonly canTakeOver?: boolean;
  /** It is tracked in somebody's personal chat, and another one asks: only its number and its engineer are told. */
  readonly isPrivate?: boolean;
  /** It has just changed hands. */
  readonly movedFrom?: Person;
}

const lines = (texts: readonly string[]) => texts.map((text) => ({ text }));

/** "ICM 512345678 · Job stuck" */
export const nameOf = (icm: Pick<Icm, 'number' | 'title'>): string =>
  `ICM ${icm.number}${icm.title === '' ? '' : ` · ${icm.title}`}`;

/** The card of one ICM. */
export async function icmReply(icm: Icm, now: Date, services: Services, extras: IcmExtras = {}): Promise<Reply> {
  const { playbook } = services;
  const { isPrivate = false } = extras;
  const isOpen = icm.status === 'open' && !isPrivate;
  const followUp = isOpen ? await openFollowUp(services.records, icm.id) : undefined;
  const drift = isOpen ? driftOf(icm, playbook, extras.before) : undefined;
  const { when } = playbook.trackingHelp;
  return cardReply(icmCard, {
    icm: icm.id,
    revision: String(icm.revision),
    heading: isPrivate ? `ICM ${icm.number}` : nameOf(icm),
    ...(extras.notice === undefined ? {} : { notice: extras.notice }),
    canTakeOver: extras.canTakeOver ?? false,
    moved: extras.movedFrom
      ? [
          {
            to: icm.engineer.name,
            toId: icm.engineer.teamsId,
            from: extras.movedFrom.name,
            fromId: extras.movedFrom.teamsId,
          },
        ]
      : [],
    facts: isPrivate ? [ownerOf(icm)] : factsOf(icm, followUp, now),
    drift: drift ? [driftView(drift)] : [],
    clicks: extras.withClicks ? clicksOf(playbook) : [],
    clicksWhen: cite(when, playbook).text,
    clicksSource: sourcesOf([when, ...Object.values(playbook.tracking).map(({ rule }) => rule)], playbook),
    isOpen,
    canReopen: icm.status === 'resolved' && !isPrivate,
    canPromise: isOpen,
    caseSeverity: icm.caseSeverity ?? 'unknown',
    handOver: `Write “hand over ${icm.number} to @name” and pick the name from the list that Teams shows. In a channel begin with @ and my name.`,
  });
}

const ownerOf = (icm: Icm) => ({ title: 'Looked after by', value: icm.engineer.name });

function factsOf(icm: Icm, followUp: FollowUp | undefined, now: Date) {
  const facts = [
    ...(icm.srNumber === undefined ? [] : [{ title: 'Support request', value: icm.srNumber }]),
    { title: 'Case severity', value: icm.caseSeverity ?? 'not known' },
    { title: 'ICM severity', value: icm.icmSeverity === undefined ? 'not known' : `Sev ${icm.icmSeverity}` },
    ...(icm.outage ? [{ title: 'Outage', value: 'yes' }] : []),
    ownerOf(icm),
    { title: 'Status', value: icm.status },
  ];
  return icm.status === 'open' ? [...facts, { title: 'Next update', value: nextUpdate(followUp, now) }] : facts;
}

/** The promised time with its zone, or that there is none. */
export function nextUpdate(followUp: Pick<FollowUp, 'dueAt' | 'zone'> | undefined, now: Date): string {
  if (!followUp) return 'no promise yet';
  const isLate = followUp.dueAt.getTime() < now.getTime();
  return `${showTime(followUp.dueAt, followUp.zone, now)}${isLate ? ', overdue' : ''}`;
}

function driftView(drift: Drift) {
  return {
    title:
      drift.kind === 'raise'
        ? 'The ICM severity does not fit'
        : 'The documents do not say what to do with the severity',
    headline: drift.headline,
    lines: lines(drift.lines),
    sources: lines(drift.citations.slice(0, 2).map((rule) => `“${rule.text}” ${rule.source} (${rule.id})`)),
    ...(drift.open ? { whoDecides: drift.open.whoDecides } : {}),
    ...(drift.kind === 'raise' ? { alignLabel: `The ICM is Sev ${drift.expected} now` } : {}),
  };
}

/** The clicks of the portal, as the documents have them. */
export function clicksOf(playbook: Playbook, names = Object.keys(playbook.tracking)) {
  return names.flatMap((name) => {
    const list = Object.hasOwn(playbook.tracking, name) ? playbook.tracking[name] : undefined;
    return list ? [{ label: list.label, steps: stepsOf(list.steps) }] : [];
  });
}

export const stepsOf = (steps: readonly string[]) => lines(steps.map((step, at) => `${at + 1}) ${step}`));

/** "Severity and tracking (F7, F8, F9)": sections are left out where one line has to do. */
function sourcesOf(rules: readonly string[], playbook: Playbook): string {
  const byDocument = new Map<string, string[]>();
  for (const rule of new Set(rules)) {
    const document = cite(rule, playbook).source.split(', ', 1)[0] ?? '';
    byDocument.set(document, [...(byDocument.get(document) ?? []), rule]);
  }
  return [...byDocument].map(([document, ids]) => `${document} (${ids.join(', ')})`).join('; ');
}
