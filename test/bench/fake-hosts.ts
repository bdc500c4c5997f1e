import { syncBuiltinESMExports } from 'node:module';
import net from 'node:net';
import tls from 'node:tls';

/**
 * Loaded before a bot (`--import`) where tokens are checked: whatever it sends to Microsoft's hosts over TLS goes to
 * the stand-in, in plain HTTP. So both bots run with the settings they would have in production, and no certificate
 * has to be made; what TLS would cost is missing on both sides.
 */
const port = Number(URL.parse(process.env['STAND_IN'] ?? '')?.port);

tls.connect = (() => {
  const socket = net.connect(port, '127.0.0.1');
  socket.once('connect', () => socket.emit('secureConnect'));
  return socket;
}) as unknown as typeof tls.connect;
syncBuiltinESMExports();
