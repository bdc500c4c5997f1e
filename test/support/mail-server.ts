import type { AddressInfo } from 'node:net';
import { SMTPServer } from 'smtp-server';
import type { SmtpServer } from '../../src/mail/mail.ts';

/** An email as the server took it. */
export interface TakenMail {
  readonly from: string;
  readonly to: readonly string[];
  /** The whole message, headers and text. */
  readonly raw: string;
}

const user = 'bot@contoso.example';
const password = 'pass:w%rd @1';

/** A mail server on this machine that behaves as a test wants it. */
export class MailServer {
  readonly taken: TakenMail[] = [];
  /** Recipients that it refuses. */
  readonly refused = new Set<string>();
  /** What it does when it has the whole text, instead of taking it. */
  withText: 'take' | 'refuse' | 'say nothing' | 'hang up' | 'take and hang up' = 'take';
  /** It takes no password. */
  refusesLogin = false;
  /** It never answers to a recipient. */
  saysNothing = false;
  /** Called when the whole text is there and nothing is answered yet; `true`: nothing will be. */
  onText: (() => boolean) | undefined;
  readonly #server: SMTPServer;
  #port = 0;

  constructor() {
    this.#server = new SMTPServer({
      disabledCommands: ['STARTTLS'],
      allowInsecureAuth: true,
      authMethods: ['PLAIN', 'LOGIN'],
      disableReverseLookup: true,
      closeTimeout: 100,
      logger: false,
      onAuth: (auth, _session, done) =>
        auth.username === user && auth.password === password && !this.refusesLogin
          ? done(null, { user })
          : done(Object.assign(new Error('Authentication failed'), { responseCode: 535 })),
      onRcptTo: (address, _session, done) => {
        if (this.saysNothing) return;
        done(
          this.refused.has(address.address)
            ? Object.assign(new Error('No such user here'), { responseCode: 550 })
            : undefined,
        );
      },
      onData: (stream, session, done) => {
        const chunks: Buffer[] = [];
        stream.on('data', (chunk: Buffer) => chunks.push(chunk));
        stream.on('end', () => {
          const { mailFrom, rcptTo } = session.envelope;
          const take = () =>
            this.taken.push({
              from: mailFrom === false ? '' : mailFrom.address,
              to: rcptTo.map(({ address }) => address),
              raw: Buffer.concat(chunks).toString('utf8'),
            });
          if (this.onText?.()) return void take();
          if (this.withText === 'refuse')
            return done(Object.assign(new Error('Message refused by policy'), { responseCode: 554 }));
          if (this.withText === 'say nothing') return;
          if (this.withText === 'take' || this.withText === 'take and hang up') take();
          if (this.withText === 'take') return done();
          this.hangUp();
        });
      },
    });
    // A client that goes away in the middle is what some tests are about.
    this.#server.on('error', () => {});
  }

  async start(): Promise<this> {
    await new Promise<void>((resolve) => this.#server.listen(0, '127.0.0.1', () => resolve()));
    this.#port = (this.#server.server.address() as AddressInfo).port;
    return this;
  }

  async stop(): Promise<void> {
    await new Promise<void>((resolve) => this.#server.close(() => resolve()));
  }

  /** Breaks every connection. */
  hangUp(): void {
    for (const connection of this.#server.connections)
      (connection as unknown as { _socket: { destroy(): void } })._socket.destroy();
  }

  get settings(): SmtpServer {
    return { host: '127.0.0.1', port: this.#port, secure: false, user, password, from: user };
  }

  get url(): string {
    return `smtp://${encodeURIComponent(user)}:${encodeURIComponent(password)}@127.0.0.1:${this.#port}`;
  }
}
