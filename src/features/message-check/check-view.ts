import { cite, openPoint } from '../../playbook/cite.ts';
import { MESSAGE_SEVERITIES, type MessageSeverity, type Playbook } from '../../playbook/schema.ts';
import type { z } from 'zod';
import { cardReply } from '../card.ts';
import type { Reply } from '../feature.ts';
import type { Finding, MessageCheck } from './check-message.ts';
import { fieldLimit, findingsCard } from './message-check-cards.ts';
import type { Audience } from './read-check-request.ts';

type View = z.input<typeof findingsCard.view>;

export interface CheckedMessage {
  readonly check: MessageCheck;
  readonly audience: Audience;
  /** Said above the findings. */
  readonly notices?: readonly string[];
  /** In place of "You can send it" and its like. */
  readonly heading?: string;
  readonly promise?: NonNullable<View['promise']>;
}

/** The findings with their rules, and the corrected message to copy. */
export function findingsReply(checked: CheckedMessage, playbook: Playbook): Reply {
  const { check } = checked;
  if (check.isEmpty) return cardReply(findingsCard, emptyView(checked));
  const groups = groupsOf(check.findings);
  const views = [true, false].map((inFull) => viewOf(checked, groups, playbook, inFull));
  const fitting = views.find((view) => lengthOf(view) <= mostLength);
  return cardReply(findingsCard, fitting ?? withoutField(views.at(-1) as View));
}

/** The same finding at several places is told once. */
interface Group {
  readonly first: Finding;
  readonly all: readonly Finding[];
}

function groupsOf(findings: readonly Finding[]): Group[] {
  const groups = new Map<string, Finding[]>();
  for (const finding of findings) {
    const key = `${finding.rule} ${finding.severity}`;
    groups.set(key, [...(groups.get(key) ?? []), finding]);
  }
  const rank = ({ first }: Group): number => MESSAGE_SEVERITIES.indexOf(first.severity);
  return [...groups.values()].map((all) => ({ first: all[0] as Finding, all })).sort((a, b) => rank(a) - rank(b));
}

const styles = { 'must-not-leave': 'attention', 'should-change': 'warning', consider: 'emphasis' } as const;
const mostChanges = 5;
const mostWords = 160;

function viewOf(checked: CheckedMessage, groups: readonly Group[], playbook: Playbook, inFull: boolean): View {
  const { check, audience, notices = [], promise } = checked;
  const { readTo } = check;
  const filling = check.toFill.length > 0;
  const isChanged = check.findings.length > 0;
  return {
    heading: checked.heading ?? headingOf(check.findings, playbook),
    tone: toneOf(check.findings),
    notices: asLines([
      ...notices,
      ...(readTo === undefined ? [] : [`It is very long: I read the first ${readTo.toLocaleString('en')} characters.`]),
    ]),
    findings: groups.map((group) => viewOfGroup(group, playbook, inFull)),
    hasField: true,
    label: filling
      ? 'The corrected message: fill in what stands in [brackets], then check it again'
      : isChanged
        ? 'The corrected message'
        : 'The message',
    text: check.corrected,
    hint: 'To copy it, click into the field, press Ctrl+A and then Ctrl+C. I do not keep the text.',
    audience,
    ...(promise ? { promise } : {}),
  };
}

function viewOfGroup({ first, all }: Group, playbook: Playbook, inFull: boolean): View['findings'][number] {
  return {
    style: styles[first.severity],
    severity: playbook.messageCheck.severities[first.severity],
    title: first.title,
    changes: asLines(changesOf(all, inFull ? mostChanges : 2)),
    why: first.why,
    sources: inFull ? asLines(sourcesOf(first, playbook)) : [],
  };
}

/** Findings in short, the gravest first, for a card that shows more than them. */
export function shortFindings(findings: readonly Finding[], playbook: Playbook): View['findings'] {
  return groupsOf(findings).map((group) => viewOfGroup(group, playbook, false));
}

const asLines = (texts: readonly string[]) => texts.map((text) => ({ text }));

/** "You wrote …, write instead …", each kind of change once. */
function changesOf(all: readonly Finding[], most: number): string[] {
  const changes = [...new Set(all.map(changeOf))];
  const left = changes.length - most;
  return [...changes.slice(0, most), ...(left > 0 ? [`And ${left} more of the same kind.`] : [])];
}

function changeOf({ words, replacement }: Finding): string {
  if (words.trim() === '')
    return replacement === undefined || replacement === '' ? 'It is missing.' : `Add: “${replacement}”`;
  const wrote = `You wrote “${shorten(words)}”.`;
  if (replacement === undefined) return wrote;
  return replacement === '' ? `${wrote} Leave it out.` : `${wrote} Write instead: “${shorten(replacement)}”.`;
}

function shorten(words: string): string {
  const line = words.replace(/\s+/g, ' ').trim();
  return line.length <= mostWords ? line : `${line.slice(0, mostWords).toWellFormed()}…`;
}

/** Each document and section once, with its rules; where the documents leave it open, who decides. */
function sourcesOf(finding: Finding, playbook: Playbook): string[] {
  const bySource = new Map<string, string[]>();
  for (const id of finding.cites) {
    const { source } = cite(id, playbook);
    bySource.set(source, [...(bySource.get(source) ?? []), id]);
  }
  const sources = [...bySource].map(([source, ids]) => `${source} (${ids.join(', ')})`).join('; ');
  const point = finding.tension === undefined ? undefined : openPoint(finding.tension, playbook);
  return [
    ...(sources === '' ? [] : [sources]),
    ...(point ? [`The documents leave room here (${point.tension}): ${point.whoDecides}`] : []),
  ];
}

function toneOf(findings: readonly Finding[]): View['tone'] {
  if (findings.some(({ severity }) => severity === 'must-not-leave')) return 'attention';
  return findings.length > 0 ? 'warning' : 'good';
}

function headingOf(findings: readonly Finding[], playbook: Playbook): string {
  const count = (severity: MessageSeverity): number =>
    new Set(findings.filter((one) => one.severity === severity).map(({ rule }) => rule)).size;
  const [must, should, consider] = MESSAGE_SEVERITIES.map(count) as [number, number, number];
  if (must + should + consider === 0) return 'You can send it. I found nothing that speaks against it.';
  const names = playbook.messageCheck.severities;
  const parts = ([must, should, consider] as const)
    .map((number, at) => ({ number, name: names[MESSAGE_SEVERITIES[at] as MessageSeverity].toLowerCase() }))
    .filter(({ number }) => number > 0)
    .map(({ number, name }, at) => `${number}${at > 0 ? '' : number === 1 ? ' thing' : ' things'} ${name}`);
  const lead =
    must > 0
      ? 'Please do not send it like this'
      : should > 0
        ? 'Please change it before you send it'
        : 'You can send it';
  return `${lead}: ${parts.join(', ')}.`;
}

const emptyView = ({ audience, notices = [] }: CheckedMessage): View => ({
  heading: 'There is nothing in it that I could check.',
  tone: 'warning',
  notices: asLines([
    ...notices,
    'It has no words. Please paste the message as text; I cannot read pictures and files.',
  ]),
  findings: [],
  hasField: true,
  label: 'The message',
  text: '',
  audience,
});

const withoutField = (view: View): View => {
  const { hint: _hint, ...rest } = view;
  const tooLong = 'The message is too long to stand in a card, so please make these changes in your own text.';
  return { ...rest, hasField: false, text: '', notices: [...view.notices, { text: tooLong }] };
};

/** Below the limit of a card (12,000), for what is not counted to the letter. */
const mostLength = 11_600;
/** Characters of the card's own JSON, with a little room: the card, a finding, a line, a promise and its buttons. */
const own = { card: 1_050, finding: 200, line: 100, promise: 900, choice: 420, icm: 60 };

/** What the rendered card comes to, about: its own JSON and the texts. */
function lengthOf(view: View): number {
  const lines = [...view.notices, ...view.findings.flatMap(({ changes, sources }) => [...changes, ...sources])];
  const texts = [
    view.heading,
    view.label,
    view.hint ?? '',
    ...lines.map(({ text }) => text),
    ...view.findings.flatMap(({ severity, title, why }) => [severity, title, why]),
  ];
  const { promise, text } = view;
  const promised = promise
    ? own.promise +
      escapedLength(promise.line) +
      promise.choices.reduce((sum, { label }) => sum + own.choice + 2 * label.length, 0) +
      promise.icms.reduce((sum, { label }) => sum + own.icm + label.length, 0)
    : 0;
  return (
    own.card +
    promised +
    texts.reduce((sum, one) => sum + escapedLength(one), 0) +
    view.findings.length * own.finding +
    lines.length * own.line +
    (text.length > fieldLimit ? Number.POSITIVE_INFINITY : JSON.stringify(text).length)
  );
}

/** A sign that Markdown would read costs two more in JSON. */
export const escapedLength = (text: string): number =>
  JSON.stringify(text).length + 2 * (text.match(/[\\`*_~[\]<|!&{#>]/g)?.length ?? 0);
