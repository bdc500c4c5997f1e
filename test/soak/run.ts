import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { openPostgres } from '../../src/store/database.ts';
import { Latencies } from '../bench/statistics.ts';
import { hasOpenssl } from '../support/certificates.ts';
import { Microsoft } from '../support/microsoft.ts';
import { Day } from './day.ts';
import { flood } from './flood.ts';
import { judge, shownMinute, minuteHead, type Minute } from './judge.ts';
import { Watched } from './watched.ts';

/**
 * `npm run soak`: `src/main.ts` as it runs in production, signed both ways, for a long time under a steady and realistic
 * load (row X28), or far more than it can take for some seconds (`--flood`, row H9). Ends with 1 when something failed
 * or grew.
 */
const { values: options } = parseArgs({
  options: {
    minutes: { type: 'string', default: '10' },
    rps: { type: 'string', default: '10' },
    seed: { type: 'string', default: '1' },
    embedded: { type: 'boolean', default: false },
    flood: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
});
const say = (line: string) => void process.stdout.write(`${line}\n`);
if (options.help) {
  say(`npm run soak -- [options]
  --minutes N   how long (default 10)
  --rps N       turns a second (default 10)
  --seed N      which turns (default 1)
  --embedded    on the embedded database (default: the PostgreSQL at TEST_DATABASE_URL where one answers)
  --flood       instead: a flood without tokens and one with, beside engineers at work, and what is left of it`);
  process.exit(0);
}
const [minutes, rps] = [Number(options.minutes), Number(options.rps)];
if (!(minutes >= 1 && rps > 0)) throw new Error('Expected --minutes 1 or more and --rps above 0');
if (!hasOpenssl) throw new Error('The soak makes certificates with openssl, which is not on this machine.');

const folder = mkdtempSync(join(tmpdir(), 'soak-'));
const name = `soak_${randomBytes(6).toString('hex')}`;
const base = process.env['TEST_DATABASE_URL'] ?? 'postgres://postgres@127.0.0.1:5432/test';
const admin = openPostgres(base, { max: 1 });
const isEmbedded =
  options.embedded ||
  !(await admin.query(`CREATE SCHEMA ${name}`).then(
    () => true,
    () => false,
  ));
const parameters = `options=-csearch_path%3D${name}&application_name=${name}`;
const playbookFile = join(folder, 'playbook.yaml');
// Reminders keep to working hours; a soak may be on any day.
writeFileSync(
  playbookFile,
  `extends: asa\nreminders:\n  hours: { from: '00:00', to: '23:59', days: [1, 2, 3, 4, 5, 6, 7] }\n`,
);
const microsoft = await new Microsoft(folder).start();
const bot = await Watched.start({
  file: fileURLToPath(new URL('../../src/main.ts', import.meta.url)),
  env: {
    ...microsoft.settings('SingleTenant'),
    PLAYBOOK_FILE: playbookFile,
    LOG_LEVEL: 'warn',
    DATA_DIR: folder,
    ...(isEmbedded ? {} : { DATABASE_URL: `${base}${base.includes('?') ? '&' : '?'}${parameters}` }),
  },
  imports: [new URL('../support/lead-to-stand-in.ts', import.meta.url).href],
  readyPath: '/readyz',
});
say(
  `Node ${process.version}, ${isEmbedded ? 'embedded database' : 'PostgreSQL'}, ready after ${Math.round(bot.readyMs)} ms`,
);

const connections = async (): Promise<number | undefined> => {
  if (isEmbedded) return undefined;
  const [row] = await admin.query<{ n: number }>(
    'SELECT count(*)::int AS n FROM pg_stat_activity WHERE application_name = $1',
    [name],
  );
  return row?.n;
};
/** Lines of the log that say that something is wrong: errors, and turns that failed. */
const complaintsIn = (log: readonly string[]) =>
  log.filter((line) => !line.startsWith('{') || /"level":(50|60)|"msg":"turn failed"/.test(line));

try {
  const day = new Day(microsoft, () => bot.url, Number(options.seed));
  const ok = options.flood ? await flood({ bot, day, rps, say, complaintsIn }) : await soak(day);
  const ended = await bot.stop();
  say(`asked to end: ${String(ended)}`);
  process.exitCode = ok && ended === 0 ? 0 : 1;
} finally {
  await bot.stop('SIGKILL');
  await microsoft.stop();
  await admin.query(`DROP SCHEMA IF EXISTS ${name} CASCADE`).catch(() => {});
  await admin.query(`DROP SCHEMA IF EXISTS ${name}_boss CASCADE`).catch(() => {});
  await admin.close();
  rmSync(folder, { recursive: true, force: true });
}

async function soak(day: Day): Promise<boolean> {
  const seen: Minute[] = [];
  const under = new Set<Promise<void>>();
  const faults: string[] = [];
  let turns = 0;
  say(minuteHead);
  const began = performance.now();
  for (let minute = 1; minute <= minutes; minute += 1) {
    while (performance.now() - began < minute * 60_000) {
      const turn = day.turn().catch((error: unknown) => void day.faults.push(String(error)));
      under.add(turn);
      void turn.finally(() => under.delete(turn));
      turns += 1;
      await delay(Math.max(0, began + (turns * 1_000) / rps - performance.now()));
    }
    const sql = await connections();
    const latencies = day.latencies;
    day.latencies = new Latencies();
    const found = [...day.faults.splice(0), ...complaintsIn(bot.takeLog())];
    faults.push(...found);
    const one: Minute = {
      minute,
      turns: day.turns,
      failed: found.length,
      p50: Latencies.quantile([latencies], 0.5),
      p99: Latencies.quantile([latencies], 0.99),
      sql,
      reminders: microsoft.received.filter(({ replyTo }) => replyTo === undefined).length,
      look: await bot.look(),
    };
    day.turns = 0;
    // What Teams has got is not kept for ever by the one who watches either.
    microsoft.received.splice(0);
    seen.push(one);
    say(shownMinute(one));
  }
  await Promise.all(under);
  faults.push(...day.faults.splice(0));
  say(
    `turns by kind: ${Object.entries(day.kinds)
      .map(([kind, count]) => `${kind} ${count}`)
      .join(', ')}`,
  );
  return judge({ minutes: seen, faults, refusedSends: microsoft.asked.refusedSends, say });
}
