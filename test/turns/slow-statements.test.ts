import { randomBytes } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { connect, createServer, type AddressInfo, type Server } from 'node:net';
import { openPostgres } from '../../src/store/database.ts';
import { seededRandom } from '../bench/statistics.ts';
import { Harness } from '../support/harness.ts';

const url = process.env['TEST_POSTGRES'];
/** How long an answer of the database takes on its way, ms; none while the tables are made. */
let slowness = (): number => 0;
const random = seededRandom(1);
const slow = [
  ['one of a hundred takes 200 ms or more', () => -Math.log(1 - random()) * (200 / Math.log(100))],
  ['every single one takes 200 ms', () => 200],
] as const;
const count = Number(process.env['SLOW_TURNS'] ?? 24);

(url === undefined ? describe.skip : describe)('a slow database (row A12)', () => {
  const schema = `slow_${randomBytes(6).toString('hex')}`;
  let proxy: Server;
  let bot: Harness;
  let round = 0;

  beforeAll(async () => {
    const server = new URL(url as string);
    // Read now: below, the address becomes that of the proxy.
    const [port, hostname] = [Number(server.port || 5432), server.hostname];
    proxy = createServer((socket) => {
      const to = connect(port, hostname);
      socket.pipe(to);
      let order = Promise.resolve();
      to.on('data', (chunk) => {
        const late = delay(slowness());
        order = order.then(() => late).then(() => void (socket.writable && socket.write(chunk)));
      });
      for (const one of [socket, to]) one.on('error', () => {}).on('close', () => (socket.destroy(), to.destroy()));
    });
    await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve));
    const direct = openPostgres(url as string, { max: 1 });
    await direct.query(`CREATE SCHEMA ${schema}`);
    await direct.close();
    server.hostname = '127.0.0.1';
    server.port = String((proxy.address() as AddressInfo).port);
    server.searchParams.set('options', `-csearch_path=${schema}`);
    bot = await Harness.start({ database: openPostgres(server.href) });
  }, 60_000);
  afterAll(async () => {
    slowness = () => 0;
    await bot.stop();
    proxy.close();
    const direct = openPostgres(url as string, { max: 1 });
    await direct.query(`DROP SCHEMA ${schema} CASCADE`);
    await direct.close();
  });

  test.each(slow)(
    'of whose answers %s: every button is answered in time, and does what it says',
    async (how, late) => {
      const first = (round += 1) * 10_000;
      slowness = late;
      const times: number[] = [];
      const press = async (who: string, messageId: string, title: string) => {
        const from = performance.now();
        const outcome = await bot.press(who, messageId, title);
        times.push(performance.now() - from);
        // On a busy machine the time for an invoke may run out: then a sentence says so, and the work goes on.
        if (outcome.kind === 'notice') expect(outcome.text).toContain('still working');
        else expect(outcome.kind).toBe('card');
      };
      for (let from = 0; from < count; from += 12) {
        const cards: string[] = [];
        const icms: string[] = [];
        for (let at = 0; at < 6; at += 1) {
          cards.push((await bot.ask('priya', 'should I open an ICM?', { kind: 'channel' })).message.id);
          icms.push((await bot.ask('mei', `track ${512_000_000 + first + from + at} sev B`)).message.id);
        }
        await Promise.all([
          ...cards.map((id) => press('priya', id, 'Something is broken, a bug fix')),
          ...icms.map((id) => press('mei', id, 'Resolved')),
        ]);
      }
      times.sort((a, b) => a - b);
      const at = (part: number) =>
        Math.round(times[Math.min(times.length - 1, Math.floor(times.length * part))] ?? NaN);
      console.log(`${times.length} buttons, ${how}: p50 ${at(0.5)} ms, p99 ${at(0.99)} ms, most ${at(1)} ms`);
      await bot.app.settle();
      const [row] = await bot.database.query<{ n: number }>(
        `SELECT count(*)::int AS n FROM icm WHERE tenant_id = $1 AND status = 'resolved'`,
        [bot.standIn.world.tenantId],
      );
      expect(row?.n).toBe((round * count) / 2);
    },
    Math.max(180_000, count * 5_000),
  );
});
