import { openEmbedded } from '../../src/store/embedded-database.ts';

/**
 * A process of its own for embedded-database.test.ts: opens the database in a folder and says so, or says why not.
 * With `write` it then adds one row after the other and tells each number once its transaction is kept.
 */
const [folder = '', task = 'hold'] = process.argv.slice(2);
const say = (line: string) => process.stdout.write(`${line}\n`);
try {
  const database = await openEmbedded(folder);
  await database.query('CREATE TABLE IF NOT EXISTS written (n integer PRIMARY KEY, half boolean NOT NULL)');
  say('open');
  if (task === 'write') {
    const [row] = await database.query<{ next: number }>('SELECT coalesce(max(n), 0) + 1 AS next FROM written');
    for (let n = row?.next ?? 1; ; n += 2) {
      await database.transaction(async (transaction) => {
        await transaction.query('INSERT INTO written VALUES ($1, true)', [n]);
        await transaction.query('INSERT INTO written VALUES ($1, true)', [n + 1]);
      });
      say(String(n + 1));
    }
  }
  if (task === 'close') {
    await database.close();
    say('closed');
  } else setInterval(() => {}, 60_000);
} catch (error) {
  say(`refused ${(error as { code?: string }).code ?? ''} ${(error as Error).message}`);
  process.exit(3);
}
