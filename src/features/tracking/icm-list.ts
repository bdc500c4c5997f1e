import { cardReply } from '../card.ts';
import type { Outcome, Reply, Services } from '../feature.ts';
import { openFollowUps, type FollowUp } from '../follow-ups/follow-up-store.ts';
import type { Where } from './change-icm.ts';
import { countIcmsOf, icmsOf, type Icm } from './icm-store.ts';
import { shortTitle } from './icm-title.ts';
import { nextUpdate } from './icm-view.ts';
import { driftOf } from './severity-drift.ts';
import { myIcmsCard } from './tracking-cards.ts';

const most = 20;

/** The ICMs that the person looks after, newest first. */
export async function myIcms(turn: Where, includeResolved: boolean, services: Services): Promise<Outcome> {
  const [icms, count] = await Promise.all([
    icmsOf(services.records, turn.person, includeResolved, most),
    countIcmsOf(services.records, turn.person, includeResolved),
  ]);
  const what = includeResolved ? 'all ICMs' : 'open ICMs';
  const rest = count - icms.length;
  return {
    reply: await listReply(icms, turn, services, {
      title: `${turn.person.name} · ${what}`,
      ...(icms.length > 0
        ? {}
        : { notice: `You look after no ${includeResolved ? '' : 'open '}ICM. To add one, write “track 512345678”.` }),
      ...(rest > 0
        ? { more: `These are the newest ${icms.length}; there ${rest === 1 ? 'is' : 'are'} ${rest} more.` }
        : {}),
      isOwn: true,
      includeResolved,
    }),
  };
}

/** Several ICMs fit the end of a number: which one is meant. */
export async function whichOne(icms: readonly Icm[], turn: Where, services: Services): Promise<Outcome> {
  return {
    reply: await listReply(icms.slice(0, most), turn, services, {
      title: 'Which ICM do you mean?',
      notice: 'Several fit. Nothing was changed. Write it again with the whole number, or pick one here.',
      isOwn: false,
      includeResolved: true,
    }),
  };
}

interface ListView {
  readonly title: string;
  readonly notice?: string;
  readonly more?: string;
  readonly isOwn: boolean;
  readonly includeResolved: boolean;
}

async function listReply(icms: readonly Icm[], turn: Where, services: Services, view: ListView): Promise<Reply> {
  const { isOwn, includeResolved, ...texts } = view;
  const promises = await openFollowUps(
    services.records,
    icms.map(({ id }) => id),
  );
  return cardReply(myIcmsCard, {
    ...texts,
    items: icms.map((icm) => {
      const drift = icm.status === 'open' ? driftOf(icm, services.playbook) : undefined;
      return {
        title: titleOf(icm, 60),
        facts: `${factsOf(icm, isOwn, promises.get(icm.id), turn.now)}${drift ? `\n\nSeverity: ${drift.short}.` : ''}`,
      };
    }),
    choices: icms.map((icm) => ({ id: icm.id, label: titleOf(icm, 30) })),
    first: icms[0]?.id ?? '',
    canTrack: isOwn,
    canShowResolved: isOwn && !includeResolved,
    canHideResolved: isOwn && includeResolved,
  });
}

/** One line: a card of twenty has no room for more. */
function factsOf(icm: Icm, isOwn: boolean, promise: FollowUp | undefined, now: Date): string {
  return [
    ...(icm.outage ? ['outage'] : []),
    ...(icm.caseSeverity === undefined ? [] : [`Sev ${icm.caseSeverity} case`]),
    ...(icm.icmSeverity === undefined ? [] : [`ICM Sev ${icm.icmSeverity}`]),
    ...(isOwn ? [] : [icm.engineer.name]),
    icm.status === 'open' ? `next update: ${nextUpdate(promise, now)}` : 'resolved',
  ].join(' · ');
}

function titleOf({ number, title }: Icm, most: number): string {
  const short = shortTitle(title, most);
  return short === '' ? number : `${number} · ${short}`;
}
