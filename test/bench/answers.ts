import { atMost, figure } from '../../scripts/figures.ts';
import { findAnswer, searchTopics } from '../../src/features/answers/find-answer.ts';
import { topicsOf } from '../../src/features/answers/topics.ts';
import { loadPlaybook } from '../../src/playbook/load.ts';
import { loadUnderstanding } from '../../src/understanding/load.ts';
import { prototypeNames } from '../turns/names.ts';
import { Dice } from '../turns/mutate.ts';

/**
 * `npm run bench:answers -- 1000000`: so many random and hostile questions, none of which may throw; and how long
 * finding takes. Goal: 5 ms for 99 of 100. Figures are printed, nothing fails on time.
 */
const lines = Number(process.argv[2] ?? 20_000);
const seed = Number(process.argv[3] ?? 1);
const dice = new Dice(seed);
const playbook = loadPlaybook();
const understanding = loadUnderstanding();
const started = performance.now();
const topics = topicsOf(playbook);
const made = performance.now() - started;
const questions = [...topics.all.values()].flatMap(({ ask }) => ask);
const words = [...new Set(questions.flatMap((line) => line.split(' ')))];
const signs = [
  '?',
  '!',
  '…',
  '\0',
  '\uD800',
  '\u202E',
  '​',
  '*',
  '`',
  '${x}',
  '{{DATE(x)}}',
  '<at>',
  '\n',
  '😀',
  'ſ',
  'İ',
  '0',
  'sev',
];
const hostile = [...signs, ...prototypeNames];

function line(): string {
  const kind = dice.below(6);
  if (kind === 0) return dice.pick(questions);
  if (kind === 1) return Array.from({ length: 1 + dice.below(12) }, () => dice.pick(words)).join(' ');
  if (kind === 2)
    return Array.from({ length: dice.below(40) }, () => String.fromCodePoint(dice.below(0x1_10_00))).join('');
  if (kind === 3) return `${dice.pick(hostile)}${dice.pick(questions)}${dice.pick(hostile)}`;
  if (kind === 4) {
    const letters = [...dice.pick(questions)];
    for (let times = 1 + dice.below(4); times > 0; times -= 1) letters[dice.below(letters.length)] = dice.pick(hostile);
    return letters.join('');
  }
  return dice.pick(hostile).repeat(1 + dice.below(dice.chance(0.05) ? 3_000 : 20));
}

const times = new Float64Array(lines);
const kinds = { topic: 0, which: 0, none: 0 };
let thrown = 0;
for (let at = 0; at < lines; at += 1) {
  const text = line();
  const reading = understanding.understand(text);
  const begin = performance.now();
  try {
    kinds[findAnswer(text, reading, playbook, (intent) => intent.length % 2 === 0).kind] += 1;
    if (at % 50 === 0) searchTopics(text, playbook);
  } catch (error) {
    thrown += 1;
    console.log(`threw on ${JSON.stringify(text)}: ${String(error)}`);
  }
  times[at] = performance.now() - begin;
}
times.sort();
const share = (part: number): string => (times[Math.min(lines - 1, Math.floor(lines * part))] ?? 0).toFixed(3);
console.log(
  `${lines} lines, seed ${seed}: ${thrown} threw; topic ${kinds.topic}, which ${kinds.which}, none ${kinds.none}; ` +
    `finding p50 ${share(0.5)} ms, p99 ${share(0.99)} ms, most ${share(1)} ms; index of ${topics.all.size} topics made in ${made.toFixed(0)} ms`,
);
const p99 = times[Math.floor(lines * 0.99)] ?? NaN;
figure({
  ...{ by: 'bench:answers', what: `finding an answer to one of ${lines} random and hostile lines, ${thrown} threw` },
  ...{ value: `p99 ${p99.toFixed(2)} ms`, goal: atMost(p99, 5) },
});
process.exitCode = thrown > 0 ? 1 : 0;
