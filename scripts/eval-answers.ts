import { existsSync, readFileSync } from 'node:fs';
import { figure } from './figures.ts';
import { wordsOf } from '../src/bot/router.ts';
import { findAnswer } from '../src/features/answers/find-answer.ts';
import { topicsOf } from '../src/features/answers/topics.ts';
import { features } from '../src/features/index.ts';
import { loadPlaybook } from '../src/playbook/load.ts';
import { INTENTS, type Intent } from '../src/understanding/intents.ts';
import { loadUnderstanding } from '../src/understanding/load.ts';
import { createTopicFinder } from '../src/understanding/topic-finder.ts';

/**
 * How well answers are found: `npm run eval:answers`. Labelled lines and questions written apart only measure; what the
 * bot finds answers by is `ask` in the playbook. Nothing here is random: two runs print the same.
 *
 * `--wrong` lists what is not right.
 */
const LABELLED = new URL('../../shared/eval/utterances.jsonl', import.meta.url);
const UTTERANCES = new URL('../test/understanding/blind-utterances.jsonl', import.meta.url);
const APART = new URL('../test/features/answers/blind-questions.jsonl', import.meta.url);
const FOLDS = 6;

const playbook = loadPlaybook();
const understanding = loadUnderstanding();
const topics = topicsOf(playbook);
const commands = features.flatMap((feature) => feature.commands ?? []);
const examples = new Map(commands.flatMap((command) => command.examples.map((example) => [wordsOf(example), command])));
const commandOf = (intent: Intent) => commands.find(({ intents }) => intents?.includes(intent));
const print = (text: string): void => console.log(text);
const share = (part: number, whole: number): string =>
  `${part} of ${whole} (${((100 * part) / (whole || 1)).toFixed(1)} %)`;
const listsWrong = process.argv.includes('--wrong');

/** Where a line goes, as the router decides it. */
type Way =
  | { readonly to: 'command'; readonly command: string; readonly intents: readonly Intent[] }
  | { readonly to: 'topics'; readonly topics: readonly string[] }
  | { readonly to: 'asked' | 'nobody' };

function wayOf(text: string): Way {
  const exact = examples.get(wordsOf(text));
  if (exact) return { to: 'command', command: exact.name, intents: exact.intents ?? [] };
  for (const feature of features) {
    const name = feature.claims?.(text);
    const claimed = feature.commands?.find((command) => command.name === name);
    if (claimed) return { to: 'command', command: claimed.name, intents: claimed.intents ?? [] };
  }
  const reading = understanding.understand(text);
  const found = findAnswer(text, reading, playbook, (intent) => commandOf(intent) !== undefined);
  if (found.kind === 'topic') return { to: 'topics', topics: [found.topic] };
  if (found.kind === 'which') return { to: 'topics', topics: found.topics };
  if (reading.kind === 'either') return { to: 'asked' };
  const command = reading.kind === 'clear' ? commandOf(reading.intent) : undefined;
  return command && reading.kind === 'clear'
    ? { to: 'command', command: command.name, intents: [reading.intent] }
    : { to: 'nobody' };
}

const readLines = <T>(file: URL): T[] =>
  existsSync(file)
    ? readFileSync(file, 'utf8')
        .split('\n')
        .filter((line) => line.trim() !== '')
        .map((line) => JSON.parse(line) as T)
    : [];

function labelled(name: string, file: URL): void {
  const lines = readLines<{ text: string; intent: Intent }>(file);
  if (lines.length === 0) return;
  const taken: string[] = [];
  let outside = 0;
  let mistaken = 0;
  for (const { text, intent } of lines) {
    const way = wayOf(text);
    if (intent === 'out_of_scope') {
      outside += 1;
      if (way.to === 'topics' || (way.to === 'command' && !['help', 'small-talk'].includes(way.command))) {
        mistaken += 1;
        taken.push(`  ${intent} -> ${JSON.stringify(way)}: ${text}`);
      }
    } else if (way.to === 'topics') {
      const fits = way.topics.some((id) => topics.all.get(id)?.intent === intent);
      if (!fits) taken.push(`  ${intent} -> ${way.topics.join(' or ')}: ${text}`);
    } else if (way.to === 'nobody') taken.push(`  ${intent} -> no answer: ${text}`);
  }
  print(`\n${name}: out_of_scope taken for something ${share(mistaken, outside)}`);
  print(`answered by a topic of another meaning, or not at all: ${taken.length} of ${lines.length}`);
  if (listsWrong) print(taken.join('\n'));
}

/** Each example is looked for by the others. */
function leavingOut(): void {
  let right = 0;
  let sameRule = 0;
  let whole = 0;
  const wrong: string[] = [];
  for (let fold = 0; fold < FOLDS; fold += 1) {
    const held: (readonly [string, string])[] = [];
    const finder = createTopicFinder(
      [...topics.all].map(([id, topic]) => ({
        id,
        title: topic.title,
        body: `${topic.text}\n${topic.more ?? ''}\n${topic.cites.map((rule) => playbook.rules[rule]?.text).join('\n')}`,
        ask: topic.ask.filter((line, index) => {
          if (index % FOLDS !== fold) return true;
          held.push([id, line]);
          return false;
        }),
      })),
    );
    for (const [id, line] of held) {
      const hits = finder.find(line);
      whole += 1;
      const best = hits[0]?.id ?? '';
      const main = topics.all.get(id)?.cites[0] ?? '';
      if (best === id) right += 1;
      if (best === id || topics.all.get(best)?.cites.includes(main)) sameRule += 1;
      else
        wrong.push(
          `  ${id} <- ${line} -> ${hits
            .slice(0, 3)
            .map((hit) => `${hit.id} ${hit.score.toFixed(2)}`)
            .join(', ')}`,
        );
    }
  }
  print(
    `\nexamples of the playbook, each found by the others: ${share(right, whole)}; an answer with the same rule ${share(sameRule, whole)}`,
  );
  if (listsWrong) print(wrong.join('\n'));
}

/** Questions about each fact that were written by somebody who had not seen the examples. */
function writtenApart(): void {
  const lines = readLines<{ f: string; text: string }>(APART);
  if (lines.length === 0) return;
  const perFact = new Map<string, number>();
  let direct = 0;
  let offered = 0;
  let dialogs = 0;
  const wrong: string[] = [];
  for (const { f, text } of lines) {
    const way = wayOf(text);
    const cites =
      way.to === 'topics'
        ? way.topics.map((id) => topics.all.get(id)?.cites.includes(f) || topics.all.get(id)?.tension === f)
        : [];
    if (!perFact.has(f)) perFact.set(f, 0);
    const isCommand =
      way.to === 'command' && (way.intents.length > 0 || way.command === 'how-to-track') && answeredBy(f, way.command);
    if (cites.length === 1 && cites[0]) direct += 1;
    else if (cites.some(Boolean)) offered += 1;
    else if (isCommand) dialogs += 1;
    else {
      wrong.push(
        `  ${f} <- ${text} -> ${way.to === 'topics' ? way.topics.join(' or ') : way.to === 'command' ? `command ${way.command}` : way.to}`,
      );
      continue;
    }
    perFact.set(f, (perFact.get(f) ?? 0) + 1);
  }
  const reached = [...perFact.values()].filter((count) => count >= 3).length;
  print(
    `\nwritten apart: answered with the rule ${share(direct, lines.length)}; it is one of those that are offered ${share(offered, lines.length)}; by a command that cites it ${share(dialogs, lines.length)}; reached in all ${share(direct + offered + dialogs, lines.length)}`,
  );
  const all = share(direct + offered + dialogs, lines.length);
  figure({ by: 'eval:answers', what: 'questions written apart that reach their rule', value: all });
  print(`facts that at least three phrasings reach: ${share(reached, perFact.size)}`);
  if (listsWrong) print(wrong.join('\n'));
}

/** Rules that a command shows: the severity answers, the clicks of tracking, the check of a case. */
function answeredBy(rule: string, command: string): boolean {
  const number = Number(rule.slice(1));
  if (command === 'severity') return number <= 6;
  if (command === 'how-to-track' || command === 'track' || command === 'my-icms') return number >= 7 && number <= 11;
  if (command === 'should-i-open')
    return (number >= 17 && number <= 36) || ['T1', 'T3', 'T5', 'T15', 'T16', 'T17'].includes(rule);
  return false;
}

print(
  `topics ${topics.all.size}, examples ${[...topics.all.values()].reduce((sum, { ask }) => sum + ask.length, 0)}, intents ${INTENTS.length}`,
);
labelled('labelled lines', LABELLED);
labelled('lines written apart', UTTERANCES);
leavingOut();
writtenApart();
