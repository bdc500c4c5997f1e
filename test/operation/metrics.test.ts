import { afterEach, describe, expect, test } from '@jest/globals';
import { serveMetrics, type MetricsServer } from '../../src/operation/metrics-server.ts';
import { createPrometheus, type Prometheus } from '../../src/operation/prometheus.ts';
import { migrate } from '../../src/store/migrate.ts';
import { createReadings, type Readings } from '../../src/store/readings.ts';
import { testDatabases } from '../support/databases.ts';
import { Harness } from '../support/harness.ts';

const quiet: Readings = {
  rows: { waiting: 3, due: 2, late: 1, parked: 4, unconfirmed: 5 },
  oldestDueSeconds: 121.5,
  parkedChannels: 6,
  escalationsOpen: 7,
};

/** The value of one series; `undefined` when there is none. */
function valueOf(text: string, series: string): string | undefined {
  return text
    .split('\n')
    .find((line) => line.startsWith(`${series} `))
    ?.slice(series.length + 1);
}

test('a scrape shows what the database says', async () => {
  const text = await createPrometheus({ readings: () => Promise.resolve(quiet) }).scrape();
  const series = {
    icm_bot_database_up: '1',
    'icm_bot_outbox_rows{state="waiting"}': '3',
    'icm_bot_outbox_rows{state="due"}': '2',
    'icm_bot_outbox_rows{state="late"}': '1',
    'icm_bot_outbox_rows{state="parked"}': '4',
    'icm_bot_outbox_rows{state="unconfirmed"}': '5',
    icm_bot_outbox_oldest_due_seconds: '121.5',
    icm_bot_parked_channels: '6',
    icm_bot_escalations_open: '7',
  };
  for (const [name, value] of Object.entries(series)) expect([name, valueOf(text, name)]).toEqual([name, value]);
  expect(text).toMatch(/^nodejs_eventloop_lag_p99_seconds /m);
  expect(text).toMatch(/^process_resident_memory_bytes \d/m);
});

test.each([
  ['cannot be reached', () => Promise.reject(new Error('gone'))],
  ['hangs', () => new Promise<Readings>(() => {})],
])('a database that %s is shown as down, and its figures as unknown and not as 0', async (_title, broken) => {
  let readings: () => Promise<Readings> = () => Promise.resolve(quiet);
  const prometheus = createPrometheus({ readings: () => readings(), limitMs: 20 });
  await prometheus.scrape();
  readings = broken;
  const text = await prometheus.scrape();
  expect(valueOf(text, 'icm_bot_database_up')).toBe('0');
  expect(valueOf(text, 'icm_bot_outbox_rows{state="late"}')).toBe('Nan');
  expect(valueOf(text, 'icm_bot_escalations_open')).toBe('Nan');
  readings = () => Promise.resolve(quiet);
  expect(valueOf(await prometheus.scrape(), 'icm_bot_database_up')).toBe('1');
});

test('an auditor that never looked is as old as the process', async () => {
  let now = 1_000_000;
  const prometheus = createPrometheus({ readings: () => Promise.resolve(quiet), now: () => now });
  now += 60_000;
  expect(valueOf(await prometheus.scrape(), 'icm_bot_auditor_last_look_seconds')).toBe('1000');
  prometheus.audited({ late: 2, oldestLate: undefined, parked: 0, unconfirmed: 0 });
  const text = await prometheus.scrape();
  expect(valueOf(text, 'icm_bot_auditor_last_look_seconds')).toBe('1060');
  expect(valueOf(text, 'icm_bot_auditor_late_rows')).toBe('2');
});

describe('the port of the figures', () => {
  let server: MetricsServer | undefined;
  afterEach(() => server?.close());

  test('serves them at /metrics and nothing else', async () => {
    server = await serveMetrics(createPrometheus({ readings: () => Promise.resolve(quiet) }), 0, '127.0.0.1');
    const url = `http://127.0.0.1:${server.address.port}`;
    const good = await fetch(`${url}/metrics`);
    expect([good.status, good.headers.get('content-type')]).toEqual([200, expect.stringContaining('text/plain')]);
    expect(await good.text()).toContain('icm_bot_database_up 1');
    expect((await fetch(`${url}/`)).status).toBe(404);
    expect((await fetch(`${url}/api/messages`, { method: 'POST' })).status).toBe(404);
    expect((await fetch(`${url}/metrics`, { method: 'POST' })).status).toBe(405);
  });
});

describe.each(testDatabases)('on $name', ({ open }) => {
  test('readings are the counts of what is there', async () => {
    const database = await open();
    await migrate(database);
    expect(await createReadings(database)()).toEqual({
      rows: { waiting: 0, due: 0, late: 0, parked: 0, unconfirmed: 0 },
      oldestDueSeconds: 0,
      parkedChannels: 0,
      escalationsOpen: 0,
    });
    const rows = [
      ['waiting', '1 hour'],
      ['waiting', '-30 seconds'],
      ['sending', '-5 minutes'],
      ['parked', '-1 hour'],
      ['unconfirmed', '-1 hour'],
      ['parked', '-2 days'],
      ['sent', '-1 hour'],
    ];
    for (const [n, [state, due]] of rows.entries())
      await database.query(
        `INSERT INTO outbox (tenant_id, channel_id, conversation_id, place_kind, bot_id, job, subject, stage, due_at, wake_at, state)
         VALUES ('t', 'c', 'c', 'personal', 'b', 'j', $1, 's', now() + $2::interval, now(), $3)`,
        [`s${n}`, due, state],
      );
    await database.query(`INSERT INTO route (tenant_id, channel_id, parked_reason) VALUES ('t', 'c', 'removed')`);
    const read = createReadings(database, 60_000);
    const found = await read();
    expect(found).toMatchObject({
      rows: { waiting: 3, due: 2, late: 1, parked: 1, unconfirmed: 1 },
      parkedChannels: 1,
    });
    expect(Math.abs(found.oldestDueSeconds - 300)).toBeLessThan(30);
    // Asked again soon, the database is left alone.
    const before = database.counts.statements;
    expect(await read()).toBe(found);
    expect(database.counts.statements).toBe(before);
    await database.close();
  });

  test('turns, requests to Teams and reminders are counted, and no word of a person is among the figures', async () => {
    const database = await open();
    const prometheus: Prometheus = createPrometheus({ readings: createReadings(database, 0) });
    const bot = await Harness.start({ database, metrics: prometheus });
    await bot.say('priya', 'next update on 512345678 in 2 hours');
    expect(await bot.pass(3 * 3_600_000)).not.toHaveLength(0);
    expect((await fetch(`${bot.url}/api/messages`, { method: 'POST', body: 'CANARY' })).status).toBe(415);
    await bot.app.worker.audit();
    const text = await prometheus.scrape();
    expect(valueOf(text, 'icm_bot_turns_total{kind="message",outcome="answered"}')).toBe('1');
    expect(valueOf(text, 'icm_bot_turn_seconds_count{kind="message"}')).toBe('1');
    expect(valueOf(text, 'icm_bot_refused_total{code="unsupported-media"}')).toBe('1');
    expect(Number(valueOf(text, 'icm_bot_sends_total{result="sent"}'))).toBeGreaterThan(1);
    expect(text).toMatch(/^icm_bot_deliveries_total\{job="[a-z/-]+",outcome="sent"\} [1-9]/m);
    const late = Number(valueOf(text, 'icm_bot_delivery_lateness_seconds_bucket{le="30"}'));
    expect(late).toBeGreaterThan(0);
    expect(late).toBe(Number(valueOf(text, 'icm_bot_delivery_lateness_seconds_count')));
    const person = bot.person('priya');
    for (const word of ['512345678', 'CANARY', ...Object.values(person).filter((value) => String(value).length > 5)])
      expect(text).not.toContain(String(word));
    await bot.stop();
  });
});
