import type { MailOutcome } from '../features/feature.ts';

/** What the library tells of a failure. Its message quotes the server and is not shown. */
export interface SmtpError {
  readonly code?: string;
  /** The command that failed: "AUTH PLAIN", "RCPT TO". */
  readonly command?: string;
  /** Of the server, such as 550. */
  readonly responseCode?: number;
}

/**
 * A failure in plain words, and whether the email may be out. `handedOver`: the server had asked for the text. After
 * that only its own refusal proves that nothing is out.
 */
export function failureOf(
  error: SmtpError,
  handedOver: boolean,
  to: readonly string[],
): Extract<MailOutcome, { kind: 'failed' | 'unknown' }> {
  const { code = '', command = '', responseCode } = error;
  const said = responseCode === undefined ? '' : ` (it said ${responseCode})`;
  if (handedOver && !(code === 'EMESSAGE' && responseCode !== undefined))
    return {
      kind: 'unknown',
      reason:
        code === 'ETIMEDOUT'
          ? 'The mail server did not confirm the email in time, so it may or may not be out.'
          : 'The connection to the mail server broke before it confirmed the email, so it may or may not be out.',
    };
  const failed = (reason: string) => ({ kind: 'failed', reason: `${reason} Nothing was sent.` }) as const;
  if (code === 'EAUTH' || code === 'ENOAUTH' || command.startsWith('AUTH') || responseCode === 530)
    return failed(
      `The mail server did not accept the user name or password that I am set up with${said}. Whoever runs this bot has to correct SMTP_URL.`,
    );
  if (command === 'RCPT TO') return failed(`The mail server refused every address${said}: ${to.join(', ')}.`);
  if (command === 'MAIL FROM') return failed(`The mail server does not let me send from my address${said}.`);
  if (code === 'ETIMEDOUT') return failed('The mail server did not answer in time.');
  if (code === 'ETLS') return failed('I could not get an encrypted connection to the mail server.');
  if (code === 'EDNS') return failed('The name of the mail server in SMTP_URL is not known.');
  if (code === 'ESOCKET' || code === 'ECONNECTION') return failed('I could not reach the mail server.');
  return failed(`The mail server refused the email${said}.`);
}
