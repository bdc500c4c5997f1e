import { snapshotFile } from '../support/databases.ts';
import { onPglite, onPostgres, type Home } from './homes.ts';
import { torture } from './torture.ts';

const url = process.env['TEST_POSTGRES'];

/** `npm run torture` is the long version. Both homes at once: most of the time is waiting for leases to run out. */
const homes: { name: string; kills: number; open: () => Promise<Home> }[] = [
  { name: 'PGlite', kills: 4, open: async () => onPglite(snapshotFile) },
  ...(url === undefined ? [] : [{ name: 'PostgreSQL', kills: 8, open: () => onPostgres(url, 2) }]),
];

test('replicas that are killed lose nothing and post nothing three times, on each database', async () => {
  const verdicts = await Promise.all(
    homes.map(async ({ name, kills, open }) => {
      const home = await open();
      try {
        const options = { seed: 7, perKill: 10, darkEveryMs: 0, sendTimeoutMs: 2_000, settleMs: 60_000 };
        return { name, kills, ...(await torture({ home, kills, ...options })) };
      } finally {
        await home.drop();
      }
    }),
  );
  for (const { kills, violations, figures } of verdicts) {
    expect(violations).toEqual([]);
    expect(figures).toMatchObject({ kills, reminders: kills * 10, 'silently lost': 0, 'too early': 0 });
  }
}, 180_000);
