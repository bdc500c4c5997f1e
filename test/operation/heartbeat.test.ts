import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, expect, test } from '@jest/globals';
import { startHeartbeat, type Heartbeat } from '../../src/operation/heartbeat.ts';
import { Harness } from '../support/harness.ts';

let server: Server | undefined;
let heartbeat: Heartbeat | undefined;
afterEach(async () => {
  await heartbeat?.stop();
  server?.closeAllConnections();
  await new Promise((resolve) => (server ? server.close(resolve) : resolve(undefined)));
});

/** A monitor that answers with what stands in `answer` then; `undefined` leaves it without an answer. */
async function monitor(answer: {
  status: number | undefined;
  location?: string;
}): Promise<{ url: string; seen: string[] }> {
  const seen: string[] = [];
  const opened = createServer((request, response) => {
    seen.push(`${request.method} ${request.url}`);
    if (answer.status === undefined) return;
    response.statusCode = answer.status;
    if (answer.location !== undefined) response.setHeader('location', answer.location);
    response.end('OK');
  });
  server = opened;
  await new Promise<void>((resolve) => opened.listen(0, '127.0.0.1', resolve));
  return { url: `http://127.0.0.1:${(opened.address() as AddressInfo).port}/ping/1?x=2`, seen };
}

const until = async (isSo: () => boolean): Promise<void> => {
  while (!isSo()) await new Promise((resolve) => setTimeout(resolve, 5));
};

test('a sign of life is given at once and again, while nothing is wrong', async () => {
  const { url, seen } = await monitor({ status: 200 });
  const told: string[] = [];
  const now: { problem?: string } = {};
  let asked = 0;
  heartbeat = startHeartbeat({
    ...{ url, everyMs: 10, onChange: (outcome) => told.push(outcome) },
    problem: () => Promise.resolve(((asked += 1), now.problem)),
  });
  await until(() => seen.length >= 3);
  expect(new Set(seen)).toEqual(new Set(['GET /ping/1?x=2']));

  now.problem = 'the database cannot be reached';
  const before = asked;
  await until(() => asked > before + 1);
  const silent = seen.length;
  await until(() => asked > before + 5);
  expect(seen.length).toBe(silent);
  expect(told).toEqual([]);
});

test.each([
  ['it refuses', { status: 404 }],
  ['it leads elsewhere, which is not followed', { status: 302, location: '/elsewhere' }],
  ['it does not answer', { status: undefined }],
])('a monitor that fails is told once, and once when it is back: %s', async (_name, broken) => {
  const answer: { status: number | undefined; location?: string } = { ...broken };
  const { url, seen } = await monitor(answer);
  const told: string[] = [];
  heartbeat = startHeartbeat({
    ...{ url, everyMs: 10, limitMs: 40, onChange: (outcome) => told.push(outcome) },
    problem: () => Promise.resolve(undefined),
  });
  await until(() => seen.length >= 4);
  expect(told).toEqual(['failing']);
  expect(seen.join()).not.toContain('elsewhere');
  answer.status = 204;
  await until(() => told.length === 2);
  expect(told).toEqual(['failing', 'given']);
});

test('one whose question throws gives no sign, and the next is asked again', async () => {
  const { url, seen } = await monitor({ status: 200 });
  let asked = 0;
  heartbeat = startHeartbeat({
    ...{ url, everyMs: 10, onChange: () => {} },
    problem: () => ((asked += 1) < 3 ? Promise.reject(new Error('broken')) : Promise.resolve(undefined)),
  });
  await until(() => seen.length >= 1);
  expect(asked).toBeGreaterThanOrEqual(3);
});

test('posts that are late, and a database that is gone, are a problem; a bot at rest is none', async () => {
  const bot = await Harness.start();
  try {
    expect(await bot.app.problem()).toBeUndefined();
    await bot.say('priya', 'next update on 512345678 in 30 minutes');
    bot.clock.now += 3 * 86_400_000;
    await bot.app.worker.audit();
    expect(await bot.app.problem()).toBe('posts are late');
  } finally {
    await bot.stop();
  }
  expect(await bot.app.problem()).toBe('stopping');
});
