import type { Letter, Mail } from '../features/feature.ts';
import { compose } from './compose.ts';
import { sendOnce } from './send-once.ts';

/** A server that takes email. Never printed. */
export interface SmtpServer {
  readonly host: string;
  readonly port: number;
  /** TLS from the first byte; otherwise the connection is upgraded. */
  readonly secure: boolean;
  readonly user: string | undefined;
  readonly password: string | undefined;
  /** Address that the email comes from. */
  readonly from: string;
}

/** Well below what a stopping process is waited for (20 s). */
const defaultLimitMs = 15_000;

/** Email over `server`; without one it only composes. */
export function createMail(server: SmtpServer | undefined, limitMs = defaultLimitMs): Mail {
  return {
    from: server?.from,
    limitMs,
    // A draft for somebody's own mailbox: whoever sends it is its sender, so it names none.
    compose: (letter, at) => compose(letter, at, undefined, { 'X-Unsent': '1' }).then(({ text }) => text),
    async send(letter: Letter, at: Date) {
      if (!server) return { kind: 'failed', reason: 'No mail server is set, so I can send no email.' };
      try {
        const { text, envelope } = await compose(letter, at, server.from);
        return await sendOnce(server, envelope, text, limitMs);
      } catch {
        // Composing failed: nothing has left yet. `sendOnce` itself never throws.
        return { kind: 'failed', reason: 'I could not compose the email, so nothing was sent.' };
      }
    },
  };
}
