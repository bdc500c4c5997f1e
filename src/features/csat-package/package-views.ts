import { createHash } from 'node:crypto';
import { cite, openPoint } from '../../playbook/cite.ts';
import type { Playbook } from '../../playbook/schema.ts';
import { showTime } from '../../understanding/show-time.ts';
import { cardReply } from '../card.ts';
import type { Reply, Services } from '../feature.ts';
import { zoneOf } from '../follow-ups/promises.ts';
import { preferenceOf } from '../follow-ups/preference-store.ts';
import { withTag } from './csat-title.ts';
import { responsibleFor, type HeldPackage } from './held-package.ts';
import { letterFor, type CsatLetter } from './letter.ts';
import { mailtoFor } from './mailto.ts';
import { noteFor } from './note-text.ts';
import { csatEmailCard, csatNoticeCard, csatPackageCard } from './package-cards.ts';
import { steps, type PackageState } from './package-store.ts';
import { oneLine } from './typed-text.ts';

/** What is said besides. */
export interface Extras {
  readonly notice?: string;
  readonly repeat?: boolean;
}

const lines = (texts: readonly string[]) => texts.map((text) => ({ text }));
const number = ['no', 'one', 'two', 'three', 'four'] as const;

/** "two things are", "one thing is" */
export function leftOf(state: Pick<PackageState, 'done'>): string {
  const left = steps.length - state.done.size;
  return left === 1 ? 'one thing is' : `${number[left]} things are`;
}

/** Document and numbers: "ICM process (F43, F45)"; the section is left out where one line has to do. */
export function sourceOf(rules: readonly string[], playbook: Playbook): string {
  const [document = ''] = cite(rules[0] ?? '', playbook).source.split(', ', 1);
  return `${document} (${rules.join(', ')})`;
}

/** As much as fits into a card, counted as it is sent: a line end takes two characters, and so does a quote. */
export const fits = (text: string, most: number): boolean => JSON.stringify(text).length <= most;

export const nameOfIcm = ({ escalation }: HeldPackage): string => `ICM ${oneLine(escalation.icmNumber, 40)}`;

export const checklistView = (state: PackageState, playbook: Playbook) => ({
  steps: steps.map((step) => ({ value: step, title: playbook.csatPackage.steps[step] })),
  done: steps.filter((step) => state.done.has(step)).join(','),
});

/** The card with titles, note and checklist (F43). */
export function packageReply(one: HeldPackage, { playbook }: Services, extras: Extras = {}): Reply {
  const { escalation, package: state } = one;
  const { tag, unknown, shiproom, tagWarning, loopIn } = playbook.csatPackage;
  const person = responsibleFor(one);
  const note = noteFor(escalation, playbook);
  const warning = openPoint(tagWarning, playbook);
  const approver = oneLine(escalation.decision?.by.name ?? '', 100);
  const left = steps.length - state.done.size;
  return cardReply(csatPackageCard, {
    escalation: escalation.id,
    revision: String(state.revision),
    name: person.name,
    teamsId: person.teamsId,
    headline: `${nameOfIcm(one)} is CSAT Impacting now: ${approver === '' ? 'an SME' : approver} approved it`,
    repeat: extras.repeat ?? false,
    ...(extras.notice === undefined ? {} : { notice: extras.notice }),
    summary:
      left === 0
        ? 'All four things are done. Thank you.'
        : `${left === steps.length ? 'Four things are to be done now' : `Still to be done: ${number[left]} of four`}. Tick what is done; I remind you of the rest.`,
    srLabel: `Title of support request ${oneLine(escalation.srNumber, 40)}, to copy`,
    copySr: withTag(oneLine(escalation.srTitle, 300), tag, unknown),
    icmLabel: `Title of ${nameOfIcm(one)}, to copy`,
    copyIcm: withTag(oneLine(escalation.icmTitle, 300), tag, unknown),
    tagWarning: `${warning.sides.at(-1)} ${warning.whoDecides}`,
    tagSource: `${tagWarning}; ${sourceOf(
      warning.citations.map(({ id }) => id),
      playbook,
    )}`,
    note: fits(note, 3_400) ? lines([note]) : [],
    isLong: !fits(note, 3_400),
    loopIn: escalation.exceptional ? [loopInView(one, loopIn, playbook)] : [],
    ...checklistView(state, playbook),
    shiproom: shiproom.text,
    shiproomSource: sourceOf(shiproom.cites, playbook),
    isClosed: state.closedAt !== undefined,
  });
}

/** Both sides of T6, and who judged the case to be exceptionally bad. */
function loopInView({ escalation }: HeldPackage, tension: string, playbook: Playbook) {
  const point = openPoint(tension, playbook);
  const judge = oneLine(escalation.judge?.name ?? escalation.requester.name, 100);
  return {
    title: point.title,
    sides: lines(point.sides),
    decides: point.whoDecides,
    judged: `${judge} judged this case to be exceptionally bad. If you loop them in, you do it in your own email to the customer; I write to no customer.`,
    source: `${tension}; ${sourceOf(
      point.citations.map(({ id }) => id),
      playbook,
    )}`,
  };
}

/** Stands for the addresses as they are shown, so that Send counts only for these. */
export function fingerprintOf({ recipients: { to, cc } }: CsatLetter): string {
  return createHash('sha256')
    .update(JSON.stringify([to, cc]))
    .digest('hex')
    .slice(0, 16);
}

/** Whether the bot can send it now: a server is set, nobody is missing, and it surely is not out. */
export function canSend({ package: state }: HeldPackage, letter: CsatLetter, { mail }: Services): boolean {
  return (
    mail.from !== undefined &&
    letter.recipients.missing.length === 0 &&
    (state.email.state === 'prepared' || state.email.state === 'failed') &&
    !state.done.has('email')
  );
}

/** The card with the email. Times in the zone of whoever acts. */
export async function emailReply(one: HeldPackage, now: Date, services: Services, extras: Extras = {}): Promise<Reply> {
  const { playbook, mail } = services;
  const letter = letterFor(one.escalation, playbook);
  const { to, cc, missing, leftOut } = letter.recipients;
  const link = mailtoFor(letter);
  const count = to.length + cc.length;
  const canBeSent = canSend(one, letter, services);
  return cardReply(csatEmailCard, {
    escalation: one.escalation.id,
    attempt: String(one.package.email.attempt),
    recipients: fingerprintOf(letter),
    heading: `Email about ${nameOfIcm(one)} to the engineering manager and the PMs`,
    repeat: extras.repeat ?? false,
    ...(extras.notice === undefined ? {} : { notice: extras.notice }),
    state: await stateLine(one, now, services),
    to: to.length > 0 ? to.join(', ') : 'nobody yet',
    cc: cc.length > 0 ? cc.join(', ') : 'nobody',
    warnings: lines([
      ...(missing.length > 0 ? [`${missing.join(' ')} Please address the email by hand.`] : []),
      ...leftOut,
    ]),
    subject: letter.subject,
    body: fits(letter.text, 4_200) ? lines([letter.text]) : [],
    isLong: !fits(letter.text, 4_200),
    source: sourceOf(playbook.csatPackage.email.cites, playbook),
    mailto: link.href,
    ...(link.cut === undefined ? {} : { cut: link.cut }),
    canSend: canBeSent,
    sendNote: canBeSent
      ? `I can send it for you: once, from ${mail.from}, to the ${count === 1 ? 'one address' : `${count} addresses`} above and nobody else. I never write to the customer.`
      : '',
  });
}

/** What became of the email, in a sentence or two. */
async function stateLine(one: HeldPackage, now: Date, services: Services): Promise<string> {
  const { email, done } = one.package;
  const by = oneLine(email.by?.name ?? 'somebody', 100);
  const at = email.at === undefined ? '' : ` ${await timeFor(one, email.at, now, services)}`;
  switch (email.state) {
    case 'prepared':
      return done.has('email') ? 'Somebody ticked that it is out.' : 'Not sent yet.';
    case 'asked':
    case 'sending':
      return `${by} pressed Send. I am sending it, and say here what became of it.`;
    case 'sent':
      return `Sent${at}, as ${by} asked. It went to: ${[...email.to, ...email.cc].filter((one) => !email.refused.includes(one)).join(', ')}.${refusedLine(email.refused)}`;
    case 'failed':
      return `Not sent: ${email.reason}`;
    case 'unknown':
      return `I do not know whether it is out. ${email.reason} ${whatNow(services)}`;
  }
}

export const refusedLine = (refused: readonly string[]): string =>
  refused.length === 0
    ? ''
    : ` The mail server refused: ${refused.join(', ')}. They did not get it; please forward it to them by hand.`;

/** What to do about an email of which nobody knows whether it is out. */
export const whatNow = ({ mail }: Services): string =>
  `I do not send it again by myself. Please ask the engineering manager whether it arrived${mail.from === undefined ? '' : `, or look in the mailbox of ${mail.from}`}. If it did, tick it; if not, send it from your own mail program.`;

/** A moment in the zone of whoever is expected to act. */
export async function timeFor(one: HeldPackage, at: Date, now: Date, services: Services): Promise<string> {
  const preference = await preferenceOf(services.records, responsibleFor(one));
  return showTime(at, zoneOf(preference, undefined, services), now);
}

/** A new message to whoever acts: what is left, or what became of the email. */
export function noticeReply(
  one: HeldPackage,
  services: Services,
  told: {
    readonly headline: string;
    readonly lines: readonly string[];
    readonly withChecklist: boolean;
    readonly repeat: boolean;
  },
): Reply {
  const person = responsibleFor(one);
  const { steps: choices, done } = checklistView(one.package, services.playbook);
  return cardReply(csatNoticeCard, {
    escalation: one.escalation.id,
    revision: String(one.package.revision),
    name: person.name,
    teamsId: person.teamsId,
    headline: told.headline,
    repeat: told.repeat,
    lines: lines(told.lines),
    steps: told.withChecklist ? choices : [],
    done: told.withChecklist ? done : '',
  });
}

/** What is not ticked yet, in the words of the checklist. */
export function missingSteps(state: Pick<PackageState, 'done'>, playbook: Playbook): string[] {
  return steps.filter((step) => !state.done.has(step)).map((step) => playbook.csatPackage.steps[step]);
}
