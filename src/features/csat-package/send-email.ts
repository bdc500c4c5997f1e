import { setTimeout as delay } from 'node:timers/promises';
import { AppError } from '../../errors.ts';
import type { Delivery, Letter, MailOutcome, NewDelivery, Posting, Services } from '../feature.ts';
import { heldPackage, type HeldPackage } from './held-package.ts';
import { answersTo, letterFor } from './letter.ts';
import { redrawn } from './package-deliveries.ts';
import { settleEmail, takeEmail, type PackageState } from './package-store.ts';
import { nameOfIcm, noticeReply, refusedLine, whatNow } from './package-views.ts';

/** Whoever took the email and has not said what became of it within its time limit and this is gone, in ms. */
const graceMs = 10_000;

/** What waited longer than that (the bot was stopped, or may not write there) is not sent behind anybody's back, in ms. */
const tooLateMs = 3_600_000;

const tooLate = 'I came to it more than an hour after Send was pressed, so I left it. Nothing was sent.';
const stopped = 'I was stopped while I was sending it, so it may or may not be out.';

/**
 * Sends the email that somebody asked for, and says what became of it.
 *
 * The row of the package decides, and not the job: `asked` is taken by exactly one caller, who alone speaks to the mail
 * server. When that one dies, nobody can know whether the server got the text; so it becomes `unknown`, is said to be
 * unknown, and is not sent again. A job that is run a second time only tells.
 */
export async function sendEmail(delivery: Delivery, now: Date, services: Services): Promise<Posting> {
  const attempt = Number(delivery.stage.split(':')[0]);
  const load = () => heldPackage(delivery.tenantId, delivery.subject, services);
  let one = await load();
  if (!one || one.package.email.attempt !== attempt) return { kind: 'drop', reason: 'it was asked for anew' };
  if (one.package.email.state === 'asked') {
    if (await takeEmail(services.records, one.escalation.id, attempt, now)) await sendAndKeep(one, now, services);
    one = await load();
  }
  if (one?.package.email.state === 'sending') {
    const since = now.getTime() - (one.package.email.at?.getTime() ?? 0);
    if (since < services.mail.limitMs + graceMs)
      return { kind: 'later', inMs: 2_000, reason: 'the email is being sent' };
    await keep(one.package, { kind: 'unknown', reason: stopped }, now, services);
    one = await load();
  }
  return one ? told(one, delivery, now, services) : { kind: 'drop', reason: 'it is gone' };
}

/** The email as the mail server gets it: to those who were shown when Send was pressed, whatever the playbook says now. */
export function letterOf(one: HeldPackage, services: Services): Letter {
  const letter = letterFor(one.escalation, services.playbook);
  const { email } = one.package;
  const { to, cc } = email.attempt > 0 ? email : letter.recipients;
  const domain = services.mail.from?.split('@').at(-1) ?? 'localhost';
  return {
    to,
    cc,
    replyTo: answersTo(one.escalation, { ...letter.recipients, cc }),
    subject: letter.subject,
    text: letter.text,
    // The same for each attempt: should two ever arrive, mail programs show one.
    messageId: `<csat-${one.escalation.id}@${domain}>`,
  };
}

async function sendAndKeep(one: HeldPackage, now: Date, services: Services): Promise<void> {
  const waited = now.getTime() - (one.package.email.at?.getTime() ?? 0);
  const outcome: MailOutcome =
    waited > tooLateMs ? { kind: 'failed', reason: tooLate } : await services.mail.send(letterOf(one, services), now);
  await keep(one.package, outcome, now, services);
}

/** Keeps what became of it; a database that is gone for a moment is waited for, since nobody else will ever know. */
async function keep(state: PackageState, outcome: MailOutcome, now: Date, services: Services): Promise<void> {
  const to = [...state.email.to, ...state.email.cc].join(', ');
  const kept =
    outcome.kind === 'sent'
      ? ({ state: 'sent', reason: '', refused: outcome.refused } as const)
      : ({ state: outcome.kind, reason: outcome.reason } as const);
  const line = {
    at: now,
    step: { sent: 'email sent', failed: 'email not sent', unknown: 'email: not known whether it is out' }[outcome.kind],
    words: outcome.kind === 'sent' ? `To ${to}.${refusedLine(outcome.refused)}` : outcome.reason,
  };
  for (let tries = 1; ; tries += 1) {
    try {
      await settleEmail(services.records, state, kept, line);
      return;
    } catch (error) {
      if (!(error instanceof AppError && error.code === 'database-unavailable') || tries >= 20) throw error;
      await delay(500);
    }
  }
}

/** Says it where the package is, and draws the cards anew. */
async function told(one: HeldPackage, delivery: Delivery, now: Date, services: Services): Promise<Posting> {
  const { email } = one.package;
  const then: NewDelivery[] = await redrawn(one, one.package.revision, now, services);
  const icm = nameOfIcm(one);
  const say = (headline: string, lines: readonly string[]): Posting => ({
    kind: 'post',
    reply: noticeReply(one, services, { headline, lines, withChecklist: false, repeat: delivery.repeat }),
    summary: headline,
    then,
  });
  switch (email.state) {
    case 'sent': {
      const got = [...email.to, ...email.cc].filter((address) => !email.refused.includes(address));
      const refused = refusedLine(email.refused).trim();
      return say(`the email about ${icm} is out`, [
        `The mail server has taken it for: ${got.join(', ')}.`,
        ...(refused === ''
          ? ['I ticked it in the list.']
          : [refused, 'When they have it too, tick the email in the list.']),
      ]);
    }
    case 'failed':
      return say(`the email about ${icm} was not sent`, [
        email.reason,
        'You can press “Send it now” again, or send it from your own mail program.',
      ]);
    case 'unknown':
      return say(`I do not know whether the email about ${icm} is out`, [email.reason, whatNow(services)]);
    case 'prepared':
    case 'asked':
    case 'sending':
      return { kind: 'drop', reason: `the email is ${email.state}` };
  }
}
