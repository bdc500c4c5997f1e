import { createApp } from '../../src/app.ts';
import { localIdentity } from '../../src/bot/identity.ts';
import { createLogger } from '../../src/logger.ts';
import { loadPlaybook } from '../../src/playbook/load.ts';
import { readLocalSettings, readProductionSettings } from '../../src/settings.ts';
import { openDatabase } from '../../src/store/open.ts';
import { loadUnderstanding } from '../../src/understanding/load.ts';
import { answerParent } from './child.ts';

/**
 * Our bot as `src/local.ts` puts it together (with an app id as `src/main.ts` does), without the local Teams, and
 * with its counters for the benchmark.
 */
const environment = { ...process.env, PORT: undefined };
const signed = process.env['MicrosoftAppId'] !== undefined;
const settings = signed ? readProductionSettings(environment) : readLocalSettings(environment);
const database = await openDatabase(settings);
const app = createApp({
  identity: settings.identity
    ? (await import('../../src/bot/azure-identity.ts')).productionIdentity({ identity: settings.identity })
    : localIdentity(),
  database,
  playbook: loadPlaybook(settings.playbookFile),
  understanding: loadUnderstanding(),
  log: createLogger(settings.logLevel),
});
const { port } = await app.start(0, '127.0.0.1');
await app.ready;
answerParent({
  port,
  settle: () => app.settle(),
  counts: () => ({ ...app.renderer.counts, ...database.counts, ...app.connector.counts }),
  stop: () => app.stop(1_000),
});
