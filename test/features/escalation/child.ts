import { createApp } from '../../../src/app.ts';
import { localIdentity } from '../../../src/bot/identity.ts';
import { createLogger } from '../../../src/logger.ts';
import { readLocalSettings } from '../../../src/settings.ts';
import { openDatabase } from '../../../src/store/open.ts';
import { loadUnderstanding } from '../../../src/understanding/load.ts';
import { packages, playbook } from './stage.ts';

/** The bot as a process of its own that a test can kill; what follows an approval is a line that can be counted. */
const settings = readLocalSettings(process.env);
const app = createApp({
  identity: localIdentity(),
  database: await openDatabase(settings),
  playbook,
  understanding: loadUnderstanding(),
  log: createLogger(settings.logLevel),
  moreFeatures: [packages],
});
await app.start(settings.port, settings.host);
await app.ready;
process.stdout.write('Stop with Ctrl+C\n');
