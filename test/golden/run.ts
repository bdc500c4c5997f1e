import { writeFileSync } from 'node:fs';
import { isDeepStrictEqual, parseArgs } from 'node:util';
import { play, readGolden } from './stage.ts';

/** `npm run golden`: says what differs; with `--write` what comes now is what has to come from now on. */
const { values: options } = parseArgs({ options: { write: { type: 'boolean', default: false } } });
const all = readGolden();
const outcomes = await play(all);
let differ = 0;
for (const [name, { about, before, activity, expected }] of all) {
  const outcome = JSON.parse(JSON.stringify(outcomes.get(name))) as unknown;
  if (isDeepStrictEqual(outcome, expected)) continue;
  differ += 1;
  process.stdout.write(`${name} ${expected === undefined ? 'is new' : 'differs'}\n`);
  if (!options.write) continue;
  const golden = { about, ...(before ? { before } : {}), activity, expected: outcome };
  writeFileSync(new URL(`./${name}.json`, import.meta.url), `${JSON.stringify(golden, undefined, 2)}\n`);
}
process.stdout.write(
  `${all.size} activities, ${differ} ${options.write ? 'written; read the difference before you commit it' : 'differ'}\n`,
);
process.exitCode = differ > 0 && !options.write ? 1 : 0;
