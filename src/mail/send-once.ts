import { isIP } from 'node:net';
import { Readable } from 'node:stream';
import type { MailOutcome } from '../features/feature.ts';
import type { Composed } from './compose.ts';
import { failureOf, type SmtpError } from './failure.ts';
import type { SmtpServer } from './mail.ts';

/**
 * One try to hand a message to the mail server, within `limitMs`. Whether it may be out is decided by one moment: the
 * library asks for the text only after the server has said that it waits for it. Before that nothing can be out;
 * after it, only an answer of the server tells. Never throws.
 */
export async function sendOnce(
  server: SmtpServer,
  envelope: Composed['envelope'],
  text: string,
  limitMs: number,
): Promise<MailOutcome> {
  const { default: SMTPConnection } = await import('nodemailer/lib/smtp-connection');
  let handedOver = false;
  const message = new Readable({
    read() {
      handedOver = true;
      this.push(text);
      this.push(null);
    },
  });
  const connection = new SMTPConnection({
    host: server.host,
    port: server.port,
    secure: server.secure,
    // Neither the password nor the letter goes over the wire unencrypted; on this machine there is no wire.
    requireTLS: !server.secure && !isLoopback(server.host),
    ignoreTLS: isLoopback(server.host),
    connectionTimeout: Math.min(5_000, limitMs),
    greetingTimeout: Math.min(5_000, limitMs),
    dnsTimeout: Math.min(5_000, limitMs),
    socketTimeout: limitMs,
    maxResponseSize: 65_536,
  });
  let limit: NodeJS.Timeout | undefined;
  try {
    const info = await new Promise<{ rejected?: readonly string[] }>((resolve, reject) => {
      limit = setTimeout(() => reject(Object.assign(new Error('time limit'), { code: 'ETIMEDOUT' })), limitMs);
      connection.once('error', reject);
      connection.once('end', () => reject(Object.assign(new Error('closed'), { code: 'ECONNECTION' })));
      const send = (): void =>
        connection.send({ from: envelope.from, to: [...envelope.to] }, message, (error, result) =>
          error ? reject(error) : resolve(result ?? {}),
        );
      connection.connect((error) => {
        if (error) return reject(error);
        if (server.user === undefined) return send();
        connection.login({ credentials: { user: server.user, pass: server.password ?? '' } }, (refused) =>
          refused ? reject(refused) : send(),
        );
      });
    });
    return { kind: 'sent', refused: (info.rejected ?? []).map(String) };
  } catch (error) {
    return failureOf(error as SmtpError, handedOver, envelope.to);
  } finally {
    clearTimeout(limit);
    // What still comes of it is of no interest any more, and must not end the process.
    connection.on('error', () => {});
    connection.close();
  }
}

const isLoopback = (host: string): boolean =>
  host === 'localhost' || host === '::1' || (isIP(host) === 4 && host.startsWith('127.'));
