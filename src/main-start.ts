import { readProductionSettings } from './settings.ts';
import { openDatabase } from './store/open.ts';

/** The production entry. It needs an identity in Azure and knows no way to do without. */
export const start = async () => {
  const settings = readProductionSettings(process.env);
  // The database is opened while the rest of the program is loaded: each takes about half of the start.
  const opening = openDatabase(settings);
  opening.catch(() => {});
  const [
    { createApp },
    { productionIdentity },
    { createLogger, quietConsole },
    { loadPlaybook, missingPeople },
    { loadUnderstanding },
  ] = await Promise.all([
    import('./app.ts'),
    import('./bot/azure-identity.ts'),
    import('./logger.ts'),
    import('./playbook/load.ts'),
    import('./understanding/load.ts'),
  ]);
  const log = createLogger(settings.logLevel);
  const playbook = loadPlaybook(settings.playbookFile);
  const identity = productionIdentity({ identity: settings.identity });
  void identity.warm();
  const app = createApp({ identity, database: await opening, playbook, understanding: loadUnderstanding(), log });
  quietConsole(log);
  const address = await app.start(settings.port, settings.host);
  for (const sentence of missingPeople(playbook))
    log.warn({ kind: 'playbook', reason: sentence }, 'the playbook names nobody for this');
  await app.ready;
  log.info({ address: `${address.address}:${address.port}` }, 'ready');
  return {
    async stop() {
      log.info({}, 'stopping: finishing what is under way');
      await app.stop();
    },
  };
};
