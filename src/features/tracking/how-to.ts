import { cite } from '../../playbook/cite.ts';
import type { Playbook } from '../../playbook/schema.ts';
import type { TrackingKind } from '../../understanding/read-tracking.ts';
import { cardReply } from '../card.ts';
import type { Reply, Services } from '../feature.ts';
import { clicksOf, stepsOf } from './icm-view.ts';
import { howToCard } from './tracking-cards.ts';

/** Questions about the "Tracked" list of the ICM portal. */
export type HowTo =
  Extract<TrackingKind, `how-${string}`> | Extract<TrackingKind, 'not-documented' | 'received' | 'unclear'>;

interface Answer {
  readonly title: string;
  readonly lines?: readonly string[];
  /** Entries of `tracking` in the playbook; `resolved` is the one of `trackingHelp`. */
  readonly clicks?: readonly string[];
  readonly cites?: readonly string[];
  /** What the documents do not say. */
  readonly silent?: string;
  readonly canTrack?: boolean;
}

function answerTo(kind: HowTo, playbook: Playbook): Answer {
  const help = playbook.trackingHelp;
  const when = cite(help.when, playbook).text;
  switch (kind) {
    case 'how-track':
      return {
        title: 'How to track an ICM in the portal',
        lines: [when],
        clicks: ['list'],
        cites: [help.when],
        canTrack: true,
      };
    case 'received':
      return {
        title: 'You received a case with an ICM',
        lines: [when, 'Track it here as well, and I keep its severity and your promised updates in view.'],
        clicks: ['list', 'email'],
        cites: [help.when],
        canTrack: true,
      };
    case 'how-email':
      return { title: 'How to get emails for an ICM', clicks: ['email'], canTrack: true };
    case 'how-watch-or-subscribe':
      return {
        title: 'Watch or Subscribe?',
        lines: [help.difference.text],
        clicks: ['list', 'email'],
        cites: help.difference.cites,
      };
    case 'how-resolved':
      return {
        title: 'How to see the resolved ones as well',
        lines: ['For the ones that you track with me, write “my ICMs including resolved”.'],
        clicks: ['resolved'],
      };
    case 'how-find':
      return {
        title: 'Where to find your ICMs',
        lines: [
          'What you put on your list is in the portal, as below. For the ones that you track with me, write “my ICMs”.',
        ],
        clicks: ['list', 'resolved'],
      };
    case 'how-stop-email':
      return { title: 'Fewer emails for an ICM', silent: help.stopEmail, clicks: ['email'] };
    case 'not-documented':
      return { title: 'That is not in the documents', silent: help.silent, clicks: ['list'] };
    case 'unclear':
      return {
        title: 'What do you want to know about ICMs?',
        lines: [
          'To have me keep one in view, write “track 512345678”. Yours are listed by “my ICMs”.',
          'Others I take: “resolve 512345678”, “hand over 512345678 to @name”, “512345678 went from B to A”.',
          'These are the clicks of the portal:',
        ],
        clicks: ['list', 'email', 'resolved'],
        canTrack: true,
      };
  }
}

/** The clicks with their sources; where the documents are silent, whom to ask. */
export function howToReply(kind: HowTo, services: Services): Reply {
  const { playbook } = services;
  const answer = answerTo(kind, playbook);
  const names = answer.clicks ?? [];
  const { resolved } = playbook.trackingHelp;
  const rungs = answer.silent === undefined ? [] : ladder(playbook);
  const rules = [
    ...(answer.cites ?? []),
    ...names.flatMap((name) => (name === 'resolved' ? [resolved.rule] : (playbook.tracking[name]?.rule ?? []))),
  ];
  return cardReply(howToCard, {
    title: answer.title,
    lines: (answer.lines ?? []).map((text) => ({ text })),
    clicks: names.flatMap((name) =>
      name === 'resolved' ? [{ label: resolved.label, steps: stepsOf(resolved.steps) }] : clicksOf(playbook, [name]),
    ),
    sources: [...new Set(rules)].map((id) => {
      const rule = cite(id, playbook);
      return { text: `“${rule.text}” ${rule.source} (${id})` };
    }),
    silent:
      answer.silent === undefined
        ? []
        : [{ text: answer.silent, ladder: rungs.map(({ text, rule }) => ({ text: `${text} (${rule})` })) }],
    links: rungs.flatMap(({ link }) => {
      const target = link === undefined ? undefined : playbook.links[link];
      return target ? [{ label: target.label, url: target.url }] : [];
    }),
    canTrack: answer.canTrack ?? false,
  });
}

/** Whom to ask: colleagues, then SMEs. */
const ladder = (playbook: Playbook) =>
  ['colleagues', 'smes'].flatMap((name) => (Object.hasOwn(playbook.ladder, name) ? [playbook.ladder[name]!] : []));
