import { atMost, figure } from '../../scripts/figures.ts';
import { readDrafts } from '../../scripts/eval-drafts.ts';
import { checkMessage } from '../../src/features/message-check/check-message.ts';
import { findCsatTags } from '../../src/features/message-check/csat-tag.ts';
import type { Draft } from '../../src/features/message-check/found.ts';
import { findIcmLinks } from '../../src/features/message-check/icm-link.ts';
import { findIcmNumbers } from '../../src/features/message-check/icm-number.ts';
import { findIcmWords } from '../../src/features/message-check/icm-word.ts';
import { findMissingNextUpdate } from '../../src/features/message-check/no-next-update.ts';
import { findUnconfirmedResolutions } from '../../src/features/message-check/premature-resolved.ts';
import { prepareDraft } from '../../src/features/message-check/prepare-draft.ts';
import { findRestorePromises } from '../../src/features/message-check/restore-promise.ts';
import { findVagueness } from '../../src/features/message-check/vague.ts';
import { loadPlaybook } from '../../src/playbook/load.ts';

/**
 * How long each rule takes on 100 KB of hostile text, and the whole check on ordinary drafts. Prints and fails on
 * nothing: the goal is 50 ms for all rules together (a draft is read to its 20,000th character).
 */
const playbook = loadPlaybook();
const { wordings } = playbook.messageCheck;
const HOSTILE = [
  'a',
  ' ',
  '\n',
  '1',
  '1 ',
  '. ',
  '.',
  'i c ',
  'i.c.',
  'icm ',
  '512345678 ',
  'https://portal.microsofticm.com/%25',
  'at a.b.c.d(',
  'A.B',
  'k=v ',
  '| ',
  '2024-11-18 07:12:09,334 [41] ERROR ',
  'we will be back at ',
  'will be fixed by 10:00 and ',
  'I will write tomorrow at 10:00, ',
  'every two hours since ',
  'not resolved but fixed again, ',
  '"a" ',
  '"',
  '(a ',
  '[a',
  '`',
  'tomorow wendesday ',
  '\u0301',
  '\u200b',
  '👩‍👩‍👧‍👦',
  'І',
  '<at>',
  '-',
  "a'",
  'csat ',
  '9a7f2b10-1002-0043-8c1e-77aa01bc3d52 ',
];
const RULES: readonly (readonly [string, (draft: Draft) => unknown])[] = [
  ['icm-word', (draft) => findIcmWords(draft, wordings)],
  ['icm-number', (draft) => findIcmNumbers(draft, '')],
  ['icm-link', findIcmLinks],
  ['csat-tag', (draft) => findCsatTags(draft, wordings)],
  ['restore-promise', (draft) => findRestorePromises(draft, wordings)],
  ['premature-resolved', (draft) => findUnconfirmedResolutions(draft, '')],
  ['vague', findVagueness],
  ['no-next-update', findMissingNextUpdate],
];

const timed = (run: () => unknown): number => {
  const start = performance.now();
  run();
  return performance.now() - start;
};
/** The best of three: on a busy machine other programs are measured as well. */
const best = (run: () => unknown): number => Math.min(timed(run), timed(run), timed(run));

const slowest = new Map<string, { ms: number; piece: string }>();
const note = (name: string, ms: number, piece: string): void => {
  if (ms >= (slowest.get(name)?.ms ?? 0)) slowest.set(name, { ms, piece });
};

/** One round on a fresh draft: what rules share is reckoned by the first that needs it. */
function round(text: string): Map<string, number> {
  const times = new Map<string, number>();
  let draft: Draft | undefined;
  times.set(
    'preparation and backend-log',
    timed(() => (draft = prepareDraft(text))),
  );
  for (const [name, rule] of RULES)
    times.set(
      name,
      timed(() => draft && rule(draft)),
    );
  times.set(
    'all rules together',
    [...times.values()].reduce((sum, ms) => sum + ms, 0),
  );
  return times;
}

for (const piece of HOSTILE) {
  const text = piece.repeat(Math.ceil(100_000 / piece.length));
  const rounds = [round(text), round(text), round(text)];
  for (const name of rounds[0]?.keys() ?? []) note(name, Math.min(...rounds.map((one) => one.get(name) ?? 0)), piece);
  note(
    'the whole check with its corrections',
    best(() => checkMessage(text, { audience: 'customer', playbook })),
    piece,
  );
}
console.log('slowest of each on 100 KB of repetitions, goal 50 ms for all rules together:');
for (const [name, { ms, piece }] of slowest)
  console.log(`  ${name.padEnd(38)} ${ms.toFixed(1).padStart(8)} ms  ${JSON.stringify(piece)}`);

const together = slowest.get('all rules together')?.ms ?? NaN;
figure({
  ...{ by: 'bench:messages', what: 'all rules of the message check on 100 KB of hostile text' },
  ...{ value: `${together.toFixed(1)} ms`, goal: atMost(Math.round(together), 50) },
});

const drafts = readDrafts(new URL('../features/message-check/own-drafts.jsonl', import.meta.url));
const times = drafts.map(({ text }) => best(() => checkMessage(text, { audience: 'customer', playbook })));
times.sort((a, b) => a - b);
const at = (part: number): string => (times[Math.floor(times.length * part)] ?? 0).toFixed(2);
console.log(`ordinary drafts (${drafts.length}): p50 ${at(0.5)} ms, p99 ${at(0.99)} ms`);
