import { syncBuiltinESMExports } from 'node:module';
import tls from 'node:tls';

/**
 * Loaded before the bot (`--import`): connections to the connector of Teams go to the stand-in at STAND_IN_PORT. The bot
 * keeps its list of hosts and its check of the certificate; only the way there is another one.
 */
const port = Number(process.env['STAND_IN_PORT']);
const connect = tls.connect.bind(tls) as (...args: unknown[]) => tls.TLSSocket;

tls.connect = (first: unknown, ...rest: unknown[]) => {
  const options = first as tls.ConnectionOptions | null;
  if (typeof options !== 'object' || options?.host !== 'smba.trafficmanager.net') return connect(first, ...rest);
  return connect({ ...options, host: '127.0.0.1', port, servername: options.host }, ...rest);
};
syncBuiltinESMExports();
