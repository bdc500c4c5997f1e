import { cite } from '../../playbook/cite.ts';
import type { Playbook } from '../../playbook/schema.ts';
import { showSpan, showTime } from '../../understanding/show-time.ts';
import { cardReply } from '../card.ts';
import type { Feature, ReadinessHint, Reply, Services } from '../feature.ts';
import { readinessCard, standardsCard } from './readiness-cards.ts';
import { openItem, type Checklist, type ItemState, type Standard } from './readiness-store.ts';

/** An item as it is counted and shown: "3. Define incident roles". */
export interface CountedItem {
  readonly name: string;
  readonly title: string;
  readonly state: ItemState;
}

/** The items of the playbook in their order, with what is kept of them. */
export function itemsOf(checklist: Pick<Checklist, 'items'>, playbook: Playbook): readonly CountedItem[] {
  return Object.entries(playbook.readiness.items).map(([name, title], at) => ({
    name,
    title: `${at + 1}. ${title}`,
    state: checklist.items.get(name) ?? openItem,
  }));
}

export const openItems = (items: readonly CountedItem[]): readonly CountedItem[] =>
  items.filter(({ state }) => state.done === undefined);

/** "Incident management guide, Basic checklist (F94)" */
export const sourceOf = (playbook: Playbook): string => {
  const { cites } = playbook.readiness;
  return `${cite(cites[0] as string, playbook).source} (${cites.join(', ')})`;
};

/** What is shown besides the list itself. */
export interface ReadinessExtras {
  readonly notice?: string | undefined;
  readonly assigned?: { readonly name: string; readonly id: string; readonly what: string };
  /** What the form holds; by itself the first open item and no note. */
  readonly item?: string;
  readonly note?: string;
}

/** The card of a checklist; times in `zone`. */
export async function readinessReply(
  checklist: Checklist,
  zone: string,
  now: Date,
  services: Services,
  extras: ReadinessExtras = {},
): Promise<Reply> {
  const { playbook } = services;
  const items = itemsOf(checklist, playbook);
  const open = openItems(items);
  const hints = await hintsOf(services.features, checklist, services);
  return cardReply(readinessCard, {
    checklist: checklist.revision === 0 ? '' : checklist.id,
    revision: String(checklist.revision),
    heading: `Readiness checklist: ${items.length - open.length} of ${items.length} done`,
    ...(extras.notice === undefined ? {} : { notice: extras.notice }),
    assigned: extras.assigned ? [extras.assigned] : [],
    items: items.map(({ name, title, state }) => ({
      title,
      state: stateLine(state, zone, now),
      lines: [
        ...(state.note === '' ? [] : [`Note: ${state.note}`]),
        ...hints.filter(({ item }) => item === name).map(({ text }) => text),
      ].map((text) => ({ text })),
    })),
    standards: standardLines(checklist, playbook).map((text) => ({ text })),
    item: extras.item ?? open[0]?.name ?? items[0]?.name ?? '',
    choices: items.map(({ name, title }) => ({ title, value: name })),
    note: extras.note ?? '',
    nudges: checklist.revision === 0 ? 'none' : checklist.nudges ? 'on' : 'off',
    source: sourceOf(playbook),
  });
}

/** What the features know of the items. */
async function hintsOf(
  features: readonly Feature[],
  { tenantId, channelId }: Checklist,
  services: Services,
): Promise<readonly ReadinessHint[]> {
  const told: ReadinessHint[] = [];
  for (const feature of features) told.push(...((await feature.readiness?.({ tenantId, channelId }, services)) ?? []));
  return told;
}

/** The box says the same as its word, for those who see only one of them. */
function stateLine({ done, owner }: ItemState, zone: string, now: Date): string {
  const owned = owner ? ` Owner: ${owner.name}.` : '';
  if (done) return `☑ Done ${showTime(done.at, zone, now)} by ${done.by.name}.${owned}`;
  return `☐ Open.${owned === '' ? ' No owner yet.' : owned}`;
}

/** "#asa-incidents, every 30 min"; `undefined` where nothing was agreed. */
export function standardLine({ channel, everyMinutes }: Standard): string | undefined {
  const parts = [
    ...(channel === '' ? [] : [channel]),
    ...(everyMinutes === undefined ? [] : [`every ${showSpan(everyMinutes * 60_000)}`]),
  ];
  return parts.length === 0 ? undefined : parts.join(', ');
}

/** What the team agreed on, a line each; empty where it agreed on nothing. */
function standardLines({ standards }: Checklist, playbook: Playbook): string[] {
  const { external, internal, groups } = playbook.readiness.standards;
  const said = [
    [external, standardLine(standards.external)],
    [internal, standardLine(standards.internal)],
  ].flatMap(([title, line]) => (line === undefined ? [] : [`${title}: ${line}`]));
  const asked = standards.consulted.flatMap((name) => (Object.hasOwn(groups, name) ? [groups[name] ?? ''] : []));
  return [...said, ...(asked.length === 0 ? [] : [`Asked about it: ${asked.join(', ')}`])];
}

/** What the form of the team's standards holds, as it was typed. */
export interface StandardsDraft {
  readonly externalChannel: string;
  readonly externalInterval: string;
  readonly internalChannel: string;
  readonly internalInterval: string;
  /** Names of groups with commas between them, as Teams sends them. */
  readonly consulted: string;
}

const intervalText = ({ everyMinutes }: Standard) =>
  everyMinutes === undefined ? '' : showSpan(everyMinutes * 60_000);

export const draftOfStandards = ({ standards }: Pick<Checklist, 'standards'>): StandardsDraft => ({
  externalChannel: standards.external.channel,
  externalInterval: intervalText(standards.external),
  internalChannel: standards.internal.channel,
  internalInterval: intervalText(standards.internal),
  consulted: standards.consulted.join(','),
});

/** The form; `problems` say what could not be taken, with everything typed still in it. */
export function standardsReply(
  checklist: Pick<Checklist, 'id' | 'revision'>,
  draft: StandardsDraft,
  services: Services,
  said: { readonly notice?: string | undefined; readonly problems?: readonly string[] } = {},
): Reply {
  const { playbook } = services;
  const { cites, external, internal, interval, groups } = playbook.readiness.standards;
  return cardReply(standardsCard, {
    checklist: checklist.revision === 0 ? '' : checklist.id,
    revision: String(checklist.revision),
    lines: [...(said.notice === undefined ? [] : [said.notice]), interval].map((text) => ({ text })),
    problems: (said.problems ?? []).map((text) => ({ text })),
    externalTitle: external,
    internalTitle: internal,
    ...draft,
    groups: Object.entries(groups).map(([value, title]) => ({ title, value })),
    sources: cites.map((id) => ({ text: `${cite(id, playbook).source} (${id})` })),
  });
}
