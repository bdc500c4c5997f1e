import { wordSet } from '../../understanding/token-pattern.ts';
import type { Stretch } from './draft-text.ts';
import { GUID } from './log-signs.ts';

const SENT =
  /\byou (?:have )?(?:sent|wrote|posted|pasted|attached|shared|see|saw|get|got|received|reported|quoted|gave|mentioned|provided|forwarded|found|copied)\b/;
/** What of the reader's writes lines of its own: "your sender", "your application log". */
const WRITERS = wordSet(`
  team colleague colleagues device app application client sender function program side code log logs script service
  gateway producer machine console browser portal error errors message messages mail screenshot ticket trace event
  events sample query output firewall proxy database
`);
const OURS =
  /\b(?:our|product (?:team|group)|engineering|backend|back end|back-end|internal|engine|we (?:see|found|got)|engineers|nodes?|workers?)\b/;
/** Names that only our own programs have. */
const INTERNAL =
  /microsoft\.streaming|_asanode|microsoft\.azure\.streamanalytics|nodename|roleinstance|precisetimestamp|>d__\d/;

/** Whether the words beside a stretch say that it comes out of our own systems. */
export function isSaidToBeOurs(text: string, { start, end }: Stretch): boolean {
  const before =
    text
      .slice(Math.max(0, start - 160), start)
      .split(/[.!?]\s/)
      .at(-1) ?? '';
  const after = text.slice(end, end + 60).split(/[.!?]\s/)[0] ?? '';
  return (
    /\b(?:logs?|traces?|dump|counters|telemetry|servers?|node|nodes|host|engine|backend|scheduler|gateway|dev|developer|eng|internal|our|icm|service's|side|workers?|records?|runtime|platform|process|machines?)\b/.test(
      before,
    ) || /\b(?:our|we see|internal)\b/.test(after)
  );
}

/** Whether the words above say that the lines are the reader's own. `text` is folded. */
export function isCustomers(text: string, { start, end }: Stretch): boolean {
  if (INTERNAL.test(text.slice(start, end))) return false;
  const before = text.slice(Math.max(0, start - 260), start).trimEnd();
  const near = before.split(/(?<=[.!?])\s/).at(-1) ?? before;
  const behind = text.slice(end, end + 60).split(/[.!?]\s/)[0] ?? '';
  if (/^["'`.,;) ]{0,5}(?:as per|from|in|according to|as seen in) your\b/.test(behind)) return true;
  return !OURS.test(near) && (SENT.test(near) || isYours(near));
}

function isYours(text: string): boolean {
  const words = text.match(/\p{L}+/gu) ?? [];
  return words.some((word, at) => word === 'your' && words.slice(at + 1, at + 4).some((next) => WRITERS.has(next)));
}

const RESOURCES = wordSet('subscription subscriptions tenant tenants resource resources');

/** Three or more identifiers that the customer did not send. */
export function bulkOfIds(text: string, found: readonly Stretch[]): Stretch[] {
  const ids = [...text.matchAll(GUID)]
    .map((match) => ({ start: match.index, end: match.index + match[0].length }))
    .filter((id) => !found.some(({ start, end }) => id.start < end && start < id.end))
    .filter(({ start }) => !isResource(text.slice(Math.max(0, start - 40), start)));
  const [first, second, third] = ids;
  const last = ids.at(-1);
  if (first === undefined || second === undefined || third === undefined || last === undefined) return [];
  const before =
    text
      .slice(Math.max(0, first.start - 200), first.start)
      .split(/[.!?]\s/)
      .at(-1) ?? '';
  if (SENT.test(before) || /\byour (?:subscriptions|tenants|resources|jobs|correlation|requests?)\b/.test(before))
    return [];
  return [{ start: first.start, end: last.end }];
}

function isResource(before: string): boolean {
  const words = (before.match(/[\p{L}]+/gu) ?? []).slice(-3);
  return words.some((word) => RESOURCES.has(word)) || words.at(-2) === 'your';
}
