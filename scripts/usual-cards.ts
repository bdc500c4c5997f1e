import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createApp } from '../src/app.ts';
import type { ExpandedCards } from '../src/bot/card-renderer.ts';
import { localIdentity } from '../src/bot/identity.ts';
import { cards, features } from '../src/features/index.ts';
import { ConnectorStandIn } from '../src/local/connector-stand-in.ts';
import { TeamsClient } from '../src/local/teams-client.ts';
import { createLogger } from '../src/logger.ts';
import { loadPlaybook } from '../src/playbook/load.ts';
import { openEmbedded } from '../src/store/embedded-database.ts';
import { loadPhrases } from '../src/understanding/load-phrases.ts';
import { loadUnderstanding } from '../src/understanding/load.ts';

/** What starts each command, and some of the ways to ask for each meaning. */
function usualLines(): string[] {
  const examples = features.flatMap((feature) => feature.commands ?? []).map((command) => command.examples[0]);
  const asked = [...loadPhrases().values()].flatMap((phrases) =>
    phrases.filter((_, index) => index % Math.ceil(phrases.length / 25) === 0),
  );
  return [...examples, ...asked];
}

/** The cards that people get first: the answer to each command, as the bot really gives it, and every sample. */
export async function usualCards(): Promise<ExpandedCards> {
  const folder = mkdtempSync(join(tmpdir(), 'usual-cards-'));
  const standIn = new ConnectorStandIn({});
  await standIn.start(0);
  const app = createApp({
    identity: localIdentity(),
    database: await openEmbedded(folder),
    playbook: loadPlaybook(),
    understanding: loadUnderstanding(),
    log: createLogger('error'),
    sends: false,
  });
  try {
    const { port } = await app.start(0, '127.0.0.1');
    await app.ready;
    const client = new TeamsClient({ standIn, botUrl: `http://127.0.0.1:${port}/api/messages` });
    const [person] = standIn.world.people;
    if (!person) throw new Error('expected somebody in the local world');
    for (const line of usualLines()) {
      await client.send(person, { kind: 'personal' }, line);
      await client.send(person, { kind: 'channel' }, `@${standIn.world.bot.name} ${line}`);
    }
    for (const card of cards) for (const sample of card.samples) app.renderer.render(card, sample);
    return app.renderer.expanded();
  } finally {
    await app.stop(2_000);
    await standIn.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}
