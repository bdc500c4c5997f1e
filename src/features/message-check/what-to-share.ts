import { cite, openPoint } from '../../playbook/cite.ts';
import type { SharingAnswerId } from '../../playbook/schema.ts';
import { cardReply } from '../card.ts';
import type { Reply, Services } from '../feature.ts';
import { sharingCard } from './message-check-cards.ts';

type Words = readonly string[];
type Test = (words: Words) => boolean;

const setOf = (words: string): ReadonlySet<string> => new Set(words.split(' '));
/** One of these words is there. */
const has = (some: string): Test => {
  const wanted = setOf(some);
  return (words) => words.some((word) => wanted.has(word));
};
/** One of the first stands before one of the second. */
const inOrder = (first: string, second: string): Test => {
  const [before, after] = [setOf(first), setOf(second)];
  return (words) => {
    const from = words.findIndex((word) => before.has(word));
    return from !== -1 && words.slice(from + 1).some((word) => after.has(word));
  };
};
const both =
  (one: Test, other: Test): Test =>
  (words) =>
    one(words) && other(words);

const icm = 'icm icms cri cris incident incidents';
const message = 'update updates message messages mail email communication communications status';

/** Questions about one of these are not answered by a general rule: the documents do not mention them. */
const notMentioned = has(
  'tsg tsgs wiki forward name names engineer root cause rca screenshot screenshots recording chat internal other others another apologise apologize credit compensation guide discussion analysis workaround bug',
);

/** Words of a question, and the answer that they lead to; the first row that fits counts. */
const rows: readonly (readonly [SharingAnswerId, Test])[] = [
  ['icm-slipped', inOrder('found saw noticed slipped accidentally accident mistake leaked sent', icm)],
  ['icm-slipped', inOrder(icm, 'mentioned slipped accidentally accident mistake leaked')],
  ['icm-slipped', both(inOrder('ask asks asked asking wonders', 'what'), has(icm))],
  ['csat', has('csat')],
  ['csat', both(has('title titles subject'), has('case tag in see sees'))],
  [
    'logs',
    has('log logs trace traces stacktrace stack dump dumps kusto telemetry backend jarvis geneva query queries asc'),
  ],
  ['ids', has('id ids guid guids correlationid')],
  ['icm', has(icm)],
  ['closing', both(has('close closing last final'), has(`case sr request words ${message}`))],
  ['cadence', has('every hourly daily interval cadence regular regularly often')],
  ['cadence', both(has('promise promised promising'), has('update updates callback call'))],
  [
    'dates',
    has(
      'eta etas date dates deadline timeline timelines week weeks estimate estimates schedule promise promising guarantee commit',
    ),
  ],
  ['dates', both(has('fixed done working back'), has('today tomorrow by friday monday when'))],
  ['resolved', has('resolved solved fixed restored')],
  [
    'updates',
    both(
      has(message),
      has(
        'good great proper complete better enough include includes contain need needs should must say cover missing write phrase word structure',
      ),
    ),
  ],
  ['updates', has('five')],
  ['updates', both(has(`${message} draft comms wording sentence text`), (words) => !notMentioned(words))],
  ['overview', both(has('outage'), has('tell say'))],
  ['overview', has("what sharing share tell do do's dos don'ts donts rules guidelines allowed shre much specific")],
];

/** Which of the playbook's answers fits a question about messages to customers; `other` where the documents are silent. */
export function sharingAnswerFor(question: string): SharingAnswerId {
  const words = question
    .slice(0, 500)
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[’`]/g, "'")
    .split(/[^\p{L}\p{N}']+/u);
  const found = rows.find(([, fits]) => fits(words))?.[0] ?? 'other';
  return found === 'overview' && notMentioned(words) ? 'other' : found;
}

/** The answer with the words of the rules it rests on. */
export function sharingReply(question: string, services: Services): Reply {
  const { playbook } = services;
  const answer = playbook.sharing[sharingAnswerFor(question)];
  const point = answer.tension === undefined ? undefined : openPoint(answer.tension, playbook);
  return cardReply(sharingCard, {
    title: answer.title,
    lines: answer.lines.map((text) => ({ text })),
    open: point
      ? [
          {
            title: `${point.title} (${point.tension})`,
            sides: point.sides.map((text) => ({ text })),
            decides: point.whoDecides,
          },
        ]
      : [],
    sources: answer.cites.map((id) => {
      const rule = cite(id, playbook);
      return { text: `“${rule.text}” ${rule.source} (${id})` };
    }),
    canCheck: true,
  });
}
