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
  const identity = productionIdentity({ identity: settings.identity, endpoints: settings.endpoints });
  void identity.warm();
  const database = await opening;
  const prometheus =
    settings.metrics &&
    (await import('./operation/prometheus.ts')).createPrometheus({
      readings: (await import('./store/readings.ts')).createReadings(database),
    });
  const app = createApp({
    identity,
    metrics: prometheus,
    database,
    playbook,
    understanding: loadUnderstanding(),
    log,
    smtp: settings.smtp,
  });
  quietConsole(log);
  // Watched from the first moment on: a start that does not get ready is one of the things to be seen.
  const figures =
    settings.metrics &&
    prometheus &&
    (await (
      await import('./operation/metrics-server.ts')
    ).serveMetrics(prometheus, settings.metrics.port, settings.metrics.host));
  const address = await app.start(settings.port, settings.host);
  for (const sentence of missingPeople(playbook))
    log.warn({ kind: 'playbook', reason: sentence }, 'the playbook names nobody for this');
  await app.ready;
  log.info({ address: `${address.address}:${address.port}` }, 'ready');
  const heartbeat =
    settings.heartbeatUrl === undefined
      ? undefined
      : (await import('./operation/heartbeat.ts')).startHeartbeat({
          url: settings.heartbeatUrl,
          problem: () => app.problem(),
          onChange: (outcome) =>
            outcome === 'given'
              ? log.info({ kind: 'heartbeat' }, 'the monitor outside takes the sign of life again')
              : log.warn({ kind: 'heartbeat' }, 'the monitor outside does not take the sign of life'),
        });
  return {
    async stop() {
      log.info({}, 'stopping: finishing what is under way');
      await heartbeat?.stop();
      await app.stop(20_000, settings.shutdownDelayMs);
      await figures?.close();
    },
  };
};
