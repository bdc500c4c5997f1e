import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { openPostgres } from '../../src/store/database.ts';
import { hasOpenssl } from '../support/certificates.ts';
import { Microsoft } from '../support/microsoft.ts';
import { freePort, Production } from '../support/production.ts';
import { Balancer } from './balancer.ts';
import { Engineers } from './engineers.ts';
import { checkOut, type OlderVersion } from './older-version.ts';
import { judge, reminders } from './judge.ts';

/**
 * Production on one machine: PostgreSQL, two replicas of `src/main.ts` behind a balancer, signed activities in, signed
 * sends out over TLS. Under load one replica is killed and started again, and then the other is asked to end and started
 * again, as in an upgrade. With `--from COMMIT` both begin as that older version and come back as this one, so that two
 * versions work on one set of tables for a while (row X24). `--upgrades N` ends and starts replicas N times, in turn (row
 * X23). Ends with 1 when something was lost.
 */
const { values } = parseArgs({
  options: {
    rps: { type: 'string', default: '25' },
    engineers: { type: 'string', default: '60' },
    type: { type: 'string', default: 'SingleTenant' },
    from: { type: 'string' },
    upgrades: { type: 'string', default: '1' },
  },
});
const [rps, count] = [Number(values.rps), Number(values.engineers)];
const type = values.type === 'UserAssignedMSI' ? 'UserAssignedMSI' : 'SingleTenant';
const say = (line: string) => void process.stdout.write(`${line}\n`);
const fail = (line: string): never => {
  process.stderr.write(`${line}\n`);
  process.exit(1);
};
if (!hasOpenssl) fail('The rehearsal makes certificates with openssl, which is not on this machine.');

const base = process.env['TEST_DATABASE_URL'] ?? 'postgres://postgres@127.0.0.1:5432/test';
const schema = `rehearsal_${randomBytes(6).toString('hex')}`;
const admin = openPostgres(base, { max: 1 });
await admin
  .query(`CREATE SCHEMA ${schema}`)
  .catch(() => fail('No PostgreSQL answers at TEST_DATABASE_URL; the rehearsal needs one.'));
const databaseUrl = `${base}${base.includes('?') ? '&' : '?'}options=-csearch_path%3D${schema}`;
const records = openPostgres(databaseUrl, { max: 2 });

const folder = mkdtempSync(join(tmpdir(), 'rehearsal-'));
// Reminders keep to working hours; a rehearsal may be on any day.
const playbookFile = join(folder, 'playbook.yaml');
writeFileSync(
  playbookFile,
  `extends: asa\nreminders:\n  hours: { from: '00:00', to: '23:59', days: [1, 2, 3, 4, 5, 6, 7] }\n`,
);
const microsoft = await new Microsoft(folder).start();
const balancer = await new Balancer().start();
const figurePorts = [await freePort(), await freePort()] as const;
const replicas: Production[] = [];
const startMs: number[] = [];
const startReplica = async (slot: 0 | 1, entry?: string): Promise<void> => {
  const settings = {
    ...microsoft.settings(type),
    DATABASE_URL: databaseUrl,
    PLAYBOOK_FILE: playbookFile,
    METRICS_PORT: String(figurePorts[slot]),
    LOG_LEVEL: 'warn',
    SHUTDOWN_DELAY: '3',
  };
  const replica = await Production.spawn(settings, entry);
  replicas[slot] = replica;
  startMs.push(await replica.ready());
  balancer.add(replica.port);
};
const engineers = new Engineers(count, microsoft, () => balancer.url);

let older: OlderVersion | undefined;

try {
  older = values.from === undefined ? undefined : checkOut(values.from, folder);
  await startReplica(0, older?.entry);
  await startReplica(1, older?.entry);
  if (older) say(`both are of ${older.commit}, with ${(await migrations()).length} migrations`);
  say(`two replicas are ready (${startMs.map((ms) => `${Math.round(ms)} ms`).join(', ')}), identity ${type}`);

  const began = Date.now();
  const at = async (seconds: number) => delay(Math.max(0, began + seconds * 1_000 - Date.now()));
  const turns: Promise<void>[] = [];
  const asking = setInterval(() => turns.push(engineers.ask()), 1_000 / rps);
  const promising = (async () => {
    for (let n = 0; n < count; n += 1) {
      await at((n * 30) / count);
      turns.push(engineers.promise(n));
    }
  })();
  await promising;

  // The first reminders are due two minutes after the first promise.
  await at(130);
  const victim = replicas[0] as Production;
  const killedAt = Date.now();
  await victim.stop('SIGKILL');
  const goneAt = Date.now();
  say('130 s: one replica killed');
  balancer.remove(victim.port);
  await startReplica(0);
  if (older) say(`back as this version, with ${(await migrations()).length} migrations, beside the older one`);
  await at(142);
  const other = replicas[1] as Production;
  const askedAt = Date.now();
  const drainFrom = performance.now();
  let ended = await other.stop('SIGTERM');
  const drainMs = performance.now() - drainFrom;
  say(`142 s: the other asked to end; ended with ${String(ended)} after ${Math.round(drainMs)} ms`);
  balancer.remove(other.port);
  await startReplica(1);
  const drains = [drainMs];
  for (let upgrade = 2; upgrade <= Number(values.upgrades); upgrade += 1) {
    const slot = (upgrade % 2) as 0 | 1;
    const one = replicas[slot] as Production;
    const began = performance.now();
    if ((await one.stop('SIGTERM')) !== 0) ended = 1;
    drains.push(performance.now() - began);
    balancer.remove(one.port);
    await startReplica(slot);
    // As a rollout does, it lets the new one take its share before it goes on.
    await delay(3_000);
  }
  if (drains.length > 1)
    say(`${drains.length} upgrades of a replica, each ended after at most ${Math.round(Math.max(...drains))} ms`);
  await at(155);
  clearInterval(asking);
  await Promise.all(turns);
  // What a dead process had leased is taken up after its lease, 11 s.
  for (
    let waited = 0;
    waited < 30 && (await reminders(records, microsoft)).some((one) => one.copies === 0);
    waited += 1
  )
    await delay(1_000);

  const figures = await Promise.all(
    figurePorts.map(async (port) => (await fetch(`http://127.0.0.1:${port}/metrics`)).text()),
  );
  const ok = judge({
    said: engineers.said,
    microsoft,
    killed: { at: killedAt, gone: goneAt },
    askedAt,
    reminders: await reminders(records, microsoft),
    promised: count,
    startMs,
    movedOn: balancer.movedOn,
    figures,
    ended,
    say,
  });
  process.exitCode = ok ? 0 : 1;
} catch (error) {
  say(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
} finally {
  for (const replica of replicas) await replica.stop('SIGKILL');
  await balancer.stop();
  await microsoft.stop();
  await records.close();
  await admin.query(`DROP SCHEMA ${schema} CASCADE`);
  await admin.query(`DROP SCHEMA IF EXISTS ${schema}_boss CASCADE`);
  await admin.close();
  older?.remove();
  rmSync(folder, { recursive: true, force: true });
}

function migrations(): Promise<object[]> {
  return records.query('SELECT name FROM migration');
}
