import { Temporal } from 'temporal-polyfill';
import { showDate, showSpan } from '../../understanding/show-time.ts';
import { zoneLabel } from '../../understanding/zones.ts';
import type { WeeksAsked } from '../../understanding/read-weeks.ts';
import { cardReply } from '../card.ts';
import { csvOf } from '../csat-package/csv.ts';
import type { Figure, Reply } from '../feature.ts';
import { numbersCard } from './numbers-card.ts';
import { mostWeeks, type Week } from './weeks.ts';

/** Blocks of the longest bar. */
const longestBar = 10;
/** Lines that surely fit into one card; what is over is in the CSV. */
const mostLines = 105;

const noPerson = 'These numbers count the work of the team. No figure is about a single person.';

/** The numbers as a card. `zone` is the one whose weeks they are. */
export function numbersReply(
  figures: readonly Figure[],
  weeks: readonly Week[],
  asked: WeeksAsked,
  zone: string,
): Reply {
  const groups = groupsOf(figures).map(([title, all]) => ({ title, lists: listsOf(all, weeks) }));
  let left = mostLines;
  const shown = groups.flatMap((group) => {
    const lists = group.lists.filter(({ rows }) => (left -= rows.length + 1) >= 0);
    return lists.length === 0 ? [] : [{ ...group, lists }];
  });
  return cardReply(numbersCard, {
    heading: `Numbers: ${spanOf(asked)}`,
    lines: [
      `Weeks run from Monday to Sunday in ${zoneLabel(zone)}: ${weeks.map((week) => `${labelOf(week)} (${week.name}${week.isNow ? ', so far' : ''})`).join(', ')}.`,
      ...remarksOn(asked),
      ...(left < 0 ? ['There is more than fits on a card; all of it is in the CSV.'] : []),
    ].map((text) => ({ text })),
    groups: shown,
    footer: noPerson,
    weeks: weeksCode(asked),
  });
}

/** Figures by their group, in the order in which they come. */
function groupsOf(figures: readonly Figure[]): readonly (readonly [string, readonly Figure[]])[] {
  const groups = new Map<string, Figure[]>();
  for (const figure of figures) groups.set(figure.group, [...(groups.get(figure.group) ?? []), figure]);
  return [...groups];
}

interface List {
  readonly title?: string;
  readonly rows: { label: string; value: string }[];
}

/** Each figure by week, or all figures of one week. */
function listsOf(group: readonly Figure[], weeks: readonly Week[]): List[] {
  if (weeks.length > 1) return group.map((figure) => ({ title: figure.title, rows: rowsOf(figure, group, weeks) }));
  return [
    { rows: group.map((figure) => ({ label: figure.title, value: shownValue(figure, figure.values[0], group) })) },
  ];
}

function rowsOf(figure: Figure, group: readonly Figure[], weeks: readonly Week[]): List['rows'] {
  const { values } = figure;
  const [first] = values;
  if ((first === 0 || first === undefined) && values.every((value) => value === first))
    return [{ label: 'Each week', value: inWords(figure, first) }];
  return weeks.map((week, at) => ({ label: labelOf(week), value: shownValue(figure, values[at], group) }));
}

/** Bar and figure. Bars of a group with one unit share their scale, so that they can be compared. */
function shownValue(figure: Figure, value: number | undefined, group: readonly Figure[]): string {
  const alike = group.flatMap(({ unit, values }) => (unit === figure.unit ? values : []));
  const bar = barOf(value, Math.max(0, ...alike.map((one) => one ?? 0)));
  return `${bar === '' ? '' : `${bar} `}${inWords(figure, value)}`;
}

/** Blocks in proportion to the largest value; what is not zero has at least one. */
export function barOf(value: number | undefined, most: number): string {
  if (value === undefined || value <= 0 || most <= 0) return '';
  return '▇'.repeat(Math.max(1, Math.round((value / most) * longestBar)));
}

function inWords({ unit, none }: Figure, value: number | undefined): string {
  if (value === undefined) return none ?? 'none';
  return unit === 'ms' ? showSpan(value) : String(Math.round(value * 100) / 100);
}

/** "16 to 22 Nov", "30 Nov to 6 Dec" */
function labelOf({ monday, sunday }: Week): string {
  const [first, last] = [monday, sunday].map((day) => {
    const [, date = '', month = ''] = showDate(Temporal.PlainDate.from(day)).split(' ');
    return { date, month };
  });
  if (!first || !last) return '';
  return first.month === last.month
    ? `${first.date} to ${last.date} ${last.month}`
    : `${first.date} ${first.month} to ${last.date} ${last.month}`;
}

function spanOf(asked: WeeksAsked): string {
  if (asked.kind === 'this') return 'this week so far';
  if (asked.kind === 'recent') return `this week so far, and the ${mostWeeks - 1} weeks before`;
  return asked.count === 1 ? 'last week' : `the last ${Math.min(asked.count, mostWeeks)} weeks`;
}

function remarksOn(asked: WeeksAsked): string[] {
  if (asked.kind !== 'last') return [];
  if (asked.asMonth) return [`I count in whole weeks, so these are the last ${mostWeeks}, without this one.`];
  return asked.count > mostWeeks ? [`I show at most ${mostWeeks} weeks at a time.`] : [];
}

/** The weeks in the data of a button: "this", "recent", "last 4". */
export function weeksCode(asked: WeeksAsked): string {
  return asked.kind === 'last' ? `last ${Math.min(asked.count, mostWeeks)}` : asked.kind;
}

export function weeksFromCode(code: string): WeeksAsked | undefined {
  if (code === 'this' || code === 'recent') return { kind: code };
  const count = /^last ([1-4])$/.exec(code)?.[1];
  return count === undefined ? undefined : { kind: 'last', count: Number(count), asMonth: false };
}

const units: Readonly<Record<Figure['unit'], string>> = { count: 'count', ms: 'minutes', score: 'score' };

/** All of it as CSV: a row for each figure and week. Lengths of time are in minutes; no value is an empty cell. */
export function numbersCsv(figures: readonly Figure[], weeks: readonly Week[], zone: string): string {
  return csvOf([
    ['Week', 'Monday', 'Sunday', 'Time zone', 'Group', 'Figure', 'Unit', 'Value'],
    ...figures.flatMap((figure) =>
      weeks.map((week, at) => [
        week.name,
        week.monday,
        week.sunday,
        zone,
        figure.group,
        figure.title,
        units[figure.unit],
        valueInCsv(figure, figure.values[at]),
      ]),
    ),
  ]);
}

function valueInCsv({ unit }: Figure, value: number | undefined): string {
  if (value === undefined) return '';
  return String(Math.round((unit === 'ms' ? value / 60_000 : value) * 100) / 100);
}
