import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { openPostgres } from '../../src/store/database.ts';
import { OwnServer, postgresPrograms } from '../jobs/own-server.ts';
import { Stage, until } from '../jobs/stage.ts';
import { temporaryFolder } from '../support/databases.ts';

const programs = postgresPrograms();
if (programs === undefined)
  console.log('No PostgreSQL programs that can be run under /usr/lib/postgresql: backup and restore are not tested.');

(programs === undefined ? describe.skip : describe)('a backup with pg_dump, taken while the bot runs', () => {
  const folder = temporaryFolder();
  let server: OwnServer;
  beforeAll(async () => {
    server = await OwnServer.make(programs as string);
    await server.start();
  }, 60_000);
  afterAll(async () => {
    await server.remove();
    folder.remove();
  });
  const program = (name: string, ...args: string[]) =>
    execFileSync(join(programs as string, name), args, { stdio: ['ignore', 'pipe', 'pipe'] });

  test('is restored with pg_restore into an empty database, where the bot sends what is due, and nothing that was out', async () => {
    const first = await Stage.start({ database: openPostgres(server.url) });
    await first.app.ready;
    const [out, due] = ['out', 'due'].map((subject, n) =>
      first.delivery({ subject, dueAt: Date.now() + n * 3_600_000 }),
    );
    await first.add(...[out, due].flatMap((one) => one ?? []));
    await until(async () => (await first.row('out')).state === 'sent', 20_000, 'the first is out');
    const file = join(folder.path, 'icm-bot.dump');
    program('pg_dump', '--format=custom', `--file=${file}`, `--dbname=${server.url}`);
    const before = await first.rows();
    await first.app.stop(2_000);

    const restored = server.url.replace(/postgres$/, 'restored');
    program('createdb', `--maintenance-db=${server.url}`, 'restored');
    program('pg_restore', '--exit-on-error', '--no-owner', `--dbname=${restored}`, file);
    const database = openPostgres(restored);
    const second = await Stage.start({ database });
    await second.app.ready;
    expect(await second.rows()).toEqual(before);
    // The hour is over; its alarm was set for later, so the row itself must be found.
    await database.query(`UPDATE outbox SET wake_at = now(), due_at = now() WHERE subject = 'due'`);
    await until(() => first.copiesOf('due').length > 0, 20_000, 'what became due is out');
    expect(first.copiesOf('due')).toEqual(['due']);
    expect(first.copiesOf('out')).toEqual(['out']);
    // What guards the trail of escalations came along.
    const triggers = await database.query('SELECT FROM pg_trigger WHERE NOT tgisinternal');
    expect(triggers.length).toBeGreaterThanOrEqual(5);
    await second.stop();
    await first.connector.stop();
  }, 90_000);
});
