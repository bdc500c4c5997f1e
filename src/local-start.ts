import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createApp } from './app.ts';
import { localIdentity } from './bot/identity.ts';
import { startLocalTeams } from './local/local-teams.ts';
import { createLogger } from './logger.ts';
import { loadPlaybook, missingPeople } from './playbook/load.ts';
import { readLocalSettings } from './settings.ts';
import { openDatabase } from './store/open.ts';
import { loadUnderstanding } from './understanding/load.ts';

/** The shipped playbook names nobody; this one gives the people of the local Teams their roles. */
const localPlaybook = fileURLToPath(new URL('./local/playbook.yaml', import.meta.url));

/**
 * The entry for trying the bot on one machine: nobody signs in, so it listens on loopback only, answers to loopback
 * only and refuses to run as production. It brings its own small Teams, which is not part of the production image.
 */
export const start = async () => {
  const settings = readLocalSettings(process.env);
  const log = createLogger(settings.logLevel);
  const playbook = loadPlaybook(settings.playbookFile ?? localPlaybook);
  const database = await openDatabase(settings);
  const app = createApp({
    identity: localIdentity(),
    database,
    playbook,
    understanding: loadUnderstanding(),
    log,
    smtp: settings.smtp,
  });
  const say = (line: string) => process.stdout.write(`${line}\n`);
  const { port } = await app.start(settings.port, settings.host);
  await app.ready;
  const host = settings.host.includes(':') ? `[${settings.host}]` : settings.host;
  const botUrl = `http://${host}:${port}/api/messages`;
  const teams = await startLocalTeams({
    port: port === 65_535 ? 0 : port + 1,
    botUrl,
    extensions: app.extensions,
    stateFile: join(settings.dataDir, 'local-teams.json'),
    log: (line) => log.debug({ reason: line }, 'local Teams'),
  });
  say('');
  say(`  The bot:          ${botUrl}`);
  say(`  Its local Teams:  ${teams.url}   <- open this in your browser`);
  say(`  Records:          ${database.kind === 'pglite' ? `${settings.dataDir} (embedded database)` : 'PostgreSQL'}`);
  const missing = missingPeople(playbook);
  if (missing.length > 0) {
    say('');
    say('  The playbook names no people yet, so:');
    for (const sentence of missing) say(`    - ${sentence}`);
  }
  say('');
  say('  Stop with Ctrl+C.');
  return {
    async stop() {
      await teams.stop();
      await app.stop();
    },
  };
};
