import { showSpan, showTime } from '../../understanding/show-time.ts';
import { cardReply } from '../card.ts';
import type { Reply, Services } from '../feature.ts';
import { shortTitle } from '../tracking/icm-title.ts';
import { csvOf } from './csv.ts';
import { responsibleFor } from './held-package.ts';
import { shiproomCard } from './package-cards.ts';
import { nameOfIcm, sourceOf } from './package-views.ts';
import { steps } from './package-store.ts';
import { mostCases, type ShiproomCase } from './shiproom.ts';
import { oneLine } from './typed-text.ts';

/** As many as can be read in one card. */
const mostShown = 10;

/** The list, oldest case first. Times are shown in `zone`. */
export function shiproomReply(cases: readonly ShiproomCase[], zone: string, now: Date, { playbook }: Services): Reply {
  const { shiproom } = playbook.csatPackage;
  const shown = cases.slice(0, mostShown);
  const count = cases.length === mostCases ? `${mostCases} or more` : String(cases.length);
  return cardReply(shiproomCard, {
    title: `Open CSAT Impacting cases: ${count}`,
    rule: shiproom.text,
    source: sourceOf(shiproom.cites, playbook),
    ...(cases.length === 0
      ? { notice: 'There is none. A case is listed from the approval by an SME until its ICM is resolved here.' }
      : {}),
    items: shown.map((one) => ({
      title: titleOf(one),
      lines: linesOf(one, zone, now, playbook).map((text) => ({ text })),
    })),
    ...(cases.length > shown.length
      ? { more: `These are the ${shown.length} oldest; the other ${cases.length - shown.length} are in the CSV.` }
      : {}),
    canExport: cases.length > 0,
  });
}

function titleOf(one: ShiproomCase): string {
  const title = one.isPrivate ? '' : shortTitle(oneLine(one.escalation.icmTitle, 300), 60);
  return `${nameOfIcm(one)}${title === '' ? '' : ` · ${title}`}`;
}

function linesOf(one: ShiproomCase, zone: string, now: Date, playbook: Services['playbook']): string[] {
  const { escalation } = one;
  const missing = missingOf(one, playbook);
  const since = `Open for ${showSpan(now.getTime() - one.since.getTime())}, since ${showTime(one.since, zone, now)}`;
  const last = missing.length === 0 ? 'Nothing is missing.' : `Missing: ${missing.join('; ')}`;
  if (one.isPrivate) return [since, `Asked for in a personal chat. ${responsibleFor(one).name} can tell more.`, last];
  return [
    `${since} · ${escalation.region}`,
    `ICM owner: ${oneLine(escalation.ownerName, 60)} · CSS engineer: ${responsibleFor(one).name}`,
    `Last customer update: ${lastUpdateOf(one, zone, now)}${one.nextUpdate ? ` · next promised: ${showTime(one.nextUpdate, zone, now)}` : ''}`,
    last,
  ];
}

function lastUpdateOf({ lastUpdate, icm }: ShiproomCase, zone: string, now: Date): string {
  if (lastUpdate === 'hidden') return 'tracked in a personal chat';
  if (lastUpdate === 'none') return icm ? 'none that I know of' : 'not known, the ICM is not tracked';
  return showTime(lastUpdate, zone, now);
}

/** What shiproom would ask for, in short words. */
export function missingOf(one: ShiproomCase, playbook: Services['playbook']): string[] {
  const { email } = one.package;
  return [
    ...steps.filter((step) => !one.package.done.has(step)).map((step) => playbook.csatPackage.missing[step]),
    ...(email.state === 'unknown' && !one.package.done.has('email') ? ['word on whether that email arrived'] : []),
    ...(one.nextUpdate === undefined && one.lastUpdate !== 'hidden' ? ['a promised next update'] : []),
  ];
}

const header = [
  'ICM',
  'ICM title',
  'ICM link',
  'SR',
  'SR link',
  'Region',
  'CSAT Impacting since (UTC)',
  'Open for (hours)',
  'ICM owner',
  'CSS engineer',
  'CSS contacts',
  'Approved by',
  'Last customer update (UTC)',
  'Next update promised (UTC)',
  'Missing',
] as const;

/** The whole list as CSV; times in UTC, ISO 8601. */
export function shiproomCsv(cases: readonly ShiproomCase[], now: Date, playbook: Services['playbook']): string {
  const time = (at: Date | undefined) => (at === undefined ? '' : `${at.toISOString().slice(0, 16)}Z`);
  return csvOf([
    header,
    ...cases.map((one) => {
      const { escalation } = one;
      const told = (text: string) => (one.isPrivate ? 'personal chat' : text);
      return [
        escalation.icmNumber,
        told(escalation.icmTitle),
        told(escalation.icmLink),
        told(escalation.srNumber),
        told(escalation.srLink),
        told(escalation.region),
        time(one.since),
        String(Math.floor((now.getTime() - one.since.getTime()) / 3_600_000)),
        told(escalation.ownerName),
        responsibleFor(one).name,
        told(escalation.contacts),
        told(escalation.decision?.by.name ?? ''),
        one.lastUpdate instanceof Date ? time(one.lastUpdate) : one.lastUpdate,
        time(one.nextUpdate),
        missingOf(one, playbook).join('; '),
      ];
    }),
  ]);
}
