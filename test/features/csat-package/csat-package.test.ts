import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { trailOf } from '../../../src/features/escalation/escalation-store.ts';
import type { Escalation } from '../../../src/features/escalation/escalation.ts';
import type { StoredMessage } from '../../../src/local/conversations.ts';
import { loadPlaybook } from '../../../src/playbook/load.ts';
import { approve, escalationOf, teamPlaybook } from '../../support/approved.ts';
import { buttonsOf, cardOf, Harness, wordsIn, type CardJson } from '../../support/harness.ts';
import { MailServer } from '../../support/mail-server.ts';

const minute = 60_000;
const hour = 60 * minute;
const channel = { kind: 'channel' } as const;

let server: MailServer;
let bot: Harness;
beforeAll(async () => {
  server = await new MailServer().start();
  bot = await Harness.start({ playbook: teamPlaybook(), smtp: server.settings, mailTimeoutMs: 1_500 });
}, 60_000);
afterAll(async () => {
  await bot.stop();
  await server.stop();
});
beforeEach(() => {
  bot.clock.now = Date.parse('2026-11-20T09:00:00Z');
});
afterEach(async () => {
  await bot.database.query('DELETE FROM outbox');
  await bot.database.query(`UPDATE route SET paced_to = '-infinity', not_before = '-infinity'`);
  server.taken.length = 0;
  server.refused.clear();
  server.withText = 'take';
});

let number = 712_000_000;
const inputOf = (card: CardJson, id: string) => {
  const found: CardJson[] = [];
  const walk = (node: unknown): void => {
    if (Array.isArray(node)) return node.forEach(walk);
    if (typeof node !== 'object' || node === null) return;
    if ((node as CardJson)['id'] === id) found.push(node as CardJson);
    Object.values(node).forEach(walk);
  };
  walk(card);
  return found[0]?.['value'] as string;
};
const titlesOf = (card: CardJson) => buttonsOf(card).map((button) => String(button['title']));
const words = (message: StoredMessage) => wordsIn(cardOf(message));
/** A message as it stands now. */
const now = (message: StoredMessage) => bot.standIn.conversations.message(message.id) as StoredMessage;
const state = async ({ id }: Escalation) =>
  (await bot.database.query<Record<string, unknown>>('SELECT * FROM csat_package WHERE escalation_id = $1', [id]))[0];

/** An escalation of Priya's that was just approved, and its two messages. */
async function approved(
  patch: Partial<Escalation> = {},
  options: { readonly key?: string; readonly place?: 'personal' | 'channel'; readonly on?: Harness } = {},
) {
  const { key = 'priya', place = 'channel', on = bot } = options;
  const person = on.person(key);
  const { world, serviceUrl } = on.standIn;
  const [hello] = await on.say(key, 'thanks', place === 'channel' ? channel : { kind: 'personal' });
  const thread = hello as StoredMessage;
  const requester = {
    tenantId: world.tenantId,
    aadObjectId: person.aadObjectId,
    teamsId: person.id,
    name: person.name,
  };
  const where = {
    kind: place,
    conversationId: place === 'channel' ? `${thread.conversationId};messageid=${thread.rootId}` : person.chatId,
    serviceUrl,
    botId: world.bot.id,
  };
  const at = new Date(on.clock.now);
  const escalation = escalationOf(requester, where, at, { icmNumber: String((number += 1)), ...patch });
  await approve(on.database, on.app.outbox, escalation, at, 'Call them daily.');
  const messages = await on.pass(5_000);
  expect(messages).toHaveLength(2);
  const [main, email] = messages as [StoredMessage, StoredMessage];
  return { escalation, main, email, icm: escalation.icmNumber };
}

describe('the package', () => {
  test('is posted where it was asked for, with a mention, both titles, the note and the email ready to copy', async () => {
    const { main, email, icm } = await approved();
    const card = cardOf(main);
    expect(words(main)).toContain(`<at>Priya Sharma</at> ICM ${icm} is CSAT Impacting now: Mei Tanaka approved it`);
    expect((card['msteams'] as { entities: unknown[] }).entities).toEqual([
      {
        type: 'mention',
        text: '<at>Priya Sharma</at>',
        mentioned: { id: bot.person('priya').id, name: 'Priya Sharma' },
      },
    ]);
    expect(inputOf(card, 'copySr')).toBe('[CSAT Impacting] Stream job does not start');
    expect(inputOf(card, 'copyIcm')).toBe('[CSAT Impacting] Job stuck in Starting');
    const note = inputOf(card, 'copyNote');
    for (const part of [
      'Current customer sentiment: Angry',
      'Why they feel that way: Three',
      'Update them when promised.',
    ])
      expect(note).toContain(part);
    expect(note).toContain('in the words of Mei Tanaka: Call them daily.');
    expect(words(main)).toContain('Titles of cases often become the subjects of emails');
    expect(words(main)).toContain('All CSAT Impacting cases will be reviewed during shiproom.');
    expect(words(main)).not.toContain('exceptionally bad');

    const mail = cardOf(email);
    expect(words(email)).toContain('dana@contoso.example, ali@contoso.example');
    expect(words(email)).toContain('olga@contoso.example, priya@contoso.example');
    expect(inputOf(mail, 'copySubject')).toBe(`${icm} : A CSAT Impacting IcM has been assigned to your component area`);
    expect(inputOf(mail, 'copyBody')).toContain('Dana Reyes & Ali Khan,');
    const link = buttonsOf(mail).find((button) => button['type'] === 'Action.OpenUrl');
    expect(String(link?.['url'])).toMatch(/^mailto:dana@contoso\.example,ali@contoso\.example\?cc=/);
    expect(words(email)).toContain('once, from bot@contoso.example, to the 4 addresses above');
  });

  test('says who judged an exceptionally bad case, and that the documents have two sides', async () => {
    const { main } = await approved({ exceptional: true, judge: { id: 'priya', name: 'Priya Sharma' } });
    expect(words(main)).toContain('Priya Sharma judged this case to be exceptionally bad.');
    expect(words(main)).toContain('By default product group members stay out');
  });

  test('hostile texts come out to the letter, cut nowhere, and mention nobody', async () => {
    const nasty =
      '**bold** <at>everyone</at> ${icmNumber} {{DATE(2026-01-01)}} \u202Eevil [x](https://e.example) "q"\\';
    const long = `${nasty} `.repeat(60).slice(0, 5_000);
    const { main, email } = await approved({
      icmTitle: nasty,
      srTitle: nasty,
      ownerName: nasty,
      contacts: nasty,
      sentiment: long,
      why: long,
      improvement: long,
    });
    const card = JSON.stringify(cardOf(main));
    expect(card).not.toMatch(/[\u202A-\u202E]/);
    expect((cardOf(main)['msteams'] as { entities: unknown[] }).entities).toHaveLength(1);
    expect(inputOf(cardOf(main), 'copyIcm')).toBe(`[CSAT Impacting] ${nasty.replace('\u202E', '')}`);
    expect(inputOf(cardOf(main), 'copyIcm')).toContain('${icmNumber}');
    expect(inputOf(cardOf(email), 'copyBody')).toContain('<at>everyone</at> ${icmNumber}');
    expect(JSON.stringify(cardOf(email))).not.toContain('more characters');
    // The note does not fit into the card, and is posted whole on demand.
    expect(words(main)).toContain('The note is too long for this card.');
    await bot.press('priya', main.id, 'Show the note');
    const parts = bot.messages().filter((one) => one.content.attachments && words(one).includes('Note for ICM'));
    const note = parts.map((part) => inputOf(cardOf(part), 'copyText')).join('');
    expect(note.length).toBeGreaterThan(14_000);
    for (const label of ['Current customer sentiment', 'Why they feel that way', 'What could have been done'])
      expect(note).toContain(`${label}`);
    expect(note.replace(/\s+/g, ' ')).toContain(long.replaceAll('\u202E', '').trim());
  });

  test('a hostile text of any kind leaves every text to copy uncut', async () => {
    for (const unit of ['"', '\\', '\n', 'ü', '👩‍👩‍👧', '<', '\u0000']) {
      const typed = `x${unit.repeat(5_000 / unit.length)}`;
      const { main, email } = await approved({
        icmTitle: typed,
        srTitle: typed,
        contacts: typed,
        ownerName: typed.slice(0, 500),
        sentiment: typed,
        why: typed,
        improvement: typed,
      });
      for (const message of [main, email]) expect(JSON.stringify(cardOf(message))).not.toContain('more characters)');
    }
  });

  test('what the playbook does not name is said plainly, and nothing is offered to be sent', async () => {
    const other = await Harness.start({ playbook: loadPlaybook(), smtp: server.settings });
    const { email } = await approved({}, { on: other });
    expect(words(email)).toContain('The playbook has no address of the engineering manager.');
    expect(words(email)).toContain('The playbook has no address of a product manager.');
    expect(words(email)).toContain('To:** nobody yet');
    expect(titlesOf(cardOf(email))).toEqual(['Open in my mail program', 'As an .eml file to copy']);
    await other.stop();
  });

  test('goes to the personal chat as well when it could not be posted in the channel', async () => {
    bot.standIn.onRequest = ({ path }) =>
      path.includes('/activities') && path.includes('tacv2')
        ? { status: 403, body: { error: { code: 'BotNotInConversationRoster', message: 'gone' } } }
        : undefined;
    const person = bot.person('priya');
    await bot.say('priya', 'thanks', { kind: 'personal' });
    const requester = {
      tenantId: bot.standIn.world.tenantId,
      aadObjectId: person.aadObjectId,
      teamsId: person.id,
      name: person.name,
    };
    const where = {
      kind: 'channel',
      conversationId: `${bot.standIn.world.channel.id};messageid=1`,
      serviceUrl: bot.standIn.serviceUrl,
      botId: bot.standIn.world.bot.id,
    } as const;
    const at = new Date(bot.clock.now);
    const escalation = escalationOf(requester, where, at, { icmNumber: String((number += 1)) });
    await approve(bot.database, bot.app.outbox, escalation, at);
    const messages = await bot.pass(10_000);
    bot.standIn.onRequest = undefined;
    expect(messages.map(({ conversationId }) => conversationId)).toEqual([person.chatId, person.chatId]);
    await bot.app.outbox.unpark(requester.tenantId, bot.standIn.world.channel.id);
    await bot.database.query('DELETE FROM outbox');
  });
});

describe('the checklist', () => {
  test('keeps what is ticked, for everybody to see, with who ticked it in the trail', async () => {
    const { main, escalation } = await approved();
    await bot.press('priya', main.id, 'Save what is done', { done: 'srTitle,note' });
    expect(words(now(main))).toContain('Priya Sharma saved it: 2 of 4 done.');
    expect(inputOf(cardOf(now(main)), 'done')).toBe('srTitle,note');
    expect(await state(escalation)).toMatchObject({ sr_title: true, icm_title: false, note: true, email: false });
    const trail = await trailOf(bot.database, escalation.id);
    expect(trail.at(-1)).toMatchObject({ actor: { name: 'Priya Sharma' }, step: 'checklist saved' });
    expect(trail.at(-1)?.words).toContain('Ticked: The new title is in the support request; The note is in the ICM.');
  });

  test('is for whoever asked and whoever looks after the ICM, and for nobody else', async () => {
    const { main, escalation, icm } = await approved();
    const outcome = await bot.press('diego', main.id, 'Save what is done', { done: 'srTitle' });
    expect(outcome).toMatchObject({ kind: 'notice' });
    expect(String((outcome as { text: string }).text)).toContain('Only Priya Sharma');
    expect(await state(escalation)).toBeUndefined();
    await bot.say('lukas', `track ${icm} sev A`, channel);
    await bot.press('lukas', main.id, 'Save what is done', { done: 'srTitle' });
    expect(await state(escalation)).toMatchObject({ sr_title: true });
  });

  test('a card that is out of date shows how things are and changes nothing', async () => {
    const { main, escalation } = await approved();
    const [save] = buttonsOf(cardOf(main)).filter((button) => button['title'] === 'Save what is done');
    await bot.press('priya', main.id, 'Save what is done', { done: 'srTitle,note' });
    const old = { ...save, type: 'Action.Execute', data: { ...(save?.['data'] as object), done: '' } };
    await bot.client.press(bot.person('priya'), main.id, old);
    expect(wordsIn(bot.cardFor('priya', main.id))).toContain('That card was out of date');
    expect(await state(escalation)).toMatchObject({ sr_title: true, note: true, revision: 2 });
  });

  test.each([
    { escalation: 'not-an-id', revision: '0', done: 'note', from: 'package' },
    { escalation: '7d1c1c1e-0000-4000-8000-000000000009', revision: '0', done: 'note', from: 'package' },
    { escalation: '', revision: '0', done: ['note'], from: 'package' },
    { revision: '0', done: 'note', from: 'package' },
    { escalation: 'own', revision: 'x', done: 'note', from: 'package' },
    { escalation: 'own', revision: '0', done: 'everything', from: 'package', closedAt: 'now', email_state: 'sent' },
  ])('forged data changes nothing: %j', async (data) => {
    const { main, escalation } = await approved();
    const forged = { ...data, ...(data.escalation === 'own' ? { escalation: escalation.id } : {}) };
    const action = { type: 'Action.Execute', verb: 'csat-package/tick', title: 'Save', data: forged };
    const outcome = await bot.client.press(bot.person('priya'), main.id, action);
    expect(['card', 'notice']).toContain(outcome.kind);
    expect(await state(escalation)).toBeUndefined();
  });

  test('what is not ticked is reminded of at the times of the playbook, and no more when all is', async () => {
    const { main, icm } = await approved();
    expect(await bot.pass(118 * minute)).toEqual([]);
    const [first, ...none] = await bot.pass(2 * minute);
    expect(none).toEqual([]);
    expect(words(first!)).toContain(`<at>Priya Sharma</at> four things are still to be done for ICM ${icm}`);
    expect(words(first!)).toContain('Not ticked yet: The note is in the ICM.');
    // It can be ticked there as well, and the package shows it.
    await bot.press('priya', first!.id, 'Save what is done', { done: 'srTitle,icmTitle,note' });
    await bot.pass(2_000);
    expect(words(now(first!))).toContain('one thing is still to be done');
    expect(words(now(main))).toContain('Still to be done: one of four');
    await bot.press('priya', main.id, 'Save what is done', { done: 'srTitle,icmTitle,note,email' });
    expect(words(now(main))).toContain('All four things are done.');
    expect(await bot.pass(72 * hour)).toEqual([]);
  });

  test('reminders never come outside of working hours, and the last one says that it is the last', async () => {
    bot.clock.now = Date.parse('2026-11-20T16:30:00Z');
    const { main } = await approved();
    expect(await bot.pass(63 * hour)).toEqual([]);
    // Friday 16:30 and two hours is Monday morning; from there they keep their distance, and skip the night.
    const rest = await bot.pass(100 * hour);
    expect(rest.map(({ at }) => new Date(at).toISOString().slice(0, 13))).toEqual([
      '2026-11-23T09',
      '2026-11-23T15',
      '2026-11-24T09',
    ]);
    expect(rest.map((one) => words(one).includes('This is my last reminder'))).toEqual([false, false, true]);
    expect(words(now(main))).toContain('Four things are to be done');
  });

  test('unticking after all was done begins the reminders anew', async () => {
    const { main } = await approved();
    await bot.press('priya', main.id, 'Save what is done', { done: 'srTitle,icmTitle,note,email' });
    await bot.press('priya', main.id, 'Save what is done', { done: 'srTitle,icmTitle,note' });
    const [first] = await bot.pass(3 * hour);
    expect(words(first!)).toContain('one thing is still to be done');
  });
});

describe('Send', () => {
  const sent = async (email: StoredMessage) => {
    await bot.press('priya', email.id, 'Send it now');
    return bot.pass(4_000);
  };

  test('answers at once, sends once, says it, ticks it and keeps it in the trail', async () => {
    const { main, email, escalation, icm } = await approved();
    await bot.press('priya', email.id, 'Send it now');
    expect(words(now(email))).toContain('Priya Sharma pressed Send. I am sending it');
    expect(titlesOf(cardOf(now(email)))).not.toContain('Send it now');
    expect(server.taken).toEqual([]);
    const [told] = await bot.pass(4_000);
    expect(server.taken).toHaveLength(1);
    expect(server.taken[0]?.to).toEqual([
      'dana@contoso.example',
      'ali@contoso.example',
      'olga@contoso.example',
      'priya@contoso.example',
    ]);
    expect(words(told!)).toContain(`the email about ICM ${icm} is out`);
    expect(words(now(email))).toContain('Sent today 09:00 (Etc/UTC, UTC+0), as Priya Sharma asked.');
    expect(inputOf(cardOf(now(main)), 'done')).toBe('email');
    const trail = await trailOf(bot.database, escalation.id);
    expect(trail.map(({ step, actor }) => [step, actor?.name])).toEqual([
      ['email asked for', 'Priya Sharma'],
      ['email sent', undefined],
    ]);
  });

  test('pressed by ten at once and from old cards, it is sent once', async () => {
    const { email, escalation } = await approved();
    const button = buttonsOf(cardOf(email)).find((one) => one['title'] === 'Send it now') as never;
    const press = () => bot.client.press(bot.person('priya'), email.id, button);
    await Promise.all(Array.from({ length: 10 }, press));
    await bot.app.settle();
    await bot.pass(4_000);
    await press();
    await bot.app.settle();
    await bot.pass(60_000);
    expect(server.taken).toHaveLength(1);
    expect(await state(escalation)).toMatchObject({ email_state: 'sent', email_attempt: 1 });
  });

  test('is for nobody but whoever may act', async () => {
    const { email, escalation } = await approved();
    const outcome = await bot.press('diego', email.id, 'Send it now');
    expect(outcome).toMatchObject({ kind: 'notice' });
    await bot.pass(4_000);
    expect(server.taken).toEqual([]);
    expect(await state(escalation)).toBeUndefined();
  });

  test('a card that showed other addresses does not count', async () => {
    const { email } = await approved();
    const [button] = buttonsOf(cardOf(email)).filter((one) => one['title'] === 'Send it now');
    const data = { ...(button?.['data'] as object), recipients: '0123456789abcdef' };
    await bot.client.press(bot.person('priya'), email.id, { ...button, data } as never);
    expect(wordsIn(bot.cardFor('priya', email.id))).toContain('The addresses have changed');
    await bot.pass(4_000);
    expect(server.taken).toEqual([]);
  });

  test('after a tick that the email is out it is not sent', async () => {
    const { main, email } = await approved();
    const button = buttonsOf(cardOf(email)).find((one) => one['title'] === 'Send it now') as never;
    await bot.press('priya', main.id, 'Save what is done', { done: 'email' });
    await bot.client.press(bot.person('priya'), email.id, button);
    await bot.pass(4_000);
    expect(server.taken).toEqual([]);
    expect(words(now(email))).toContain('Somebody ticked that it is out.');
  });

  test('what surely failed is said in plain words, and can be sent again', async () => {
    const { email, escalation } = await approved();
    server.withText = 'refuse';
    const [told] = await sent(email);
    expect(words(told!)).toContain('was not sent');
    expect(words(told!)).toContain('The mail server refused the email (it said 554). Nothing was sent.');
    server.withText = 'take';
    const [again] = await sent(email);
    expect(words(again!)).toContain('is out');
    expect(server.taken).toHaveLength(1);
    expect(await state(escalation)).toMatchObject({ email_state: 'sent', email_attempt: 2, email: true });
  });

  test.each([
    ['refusesLogin', 'The mail server did not accept the user name or password that I am set up with (it said 535).'],
    ['saysNothing', 'The mail server did not answer in time. Nothing was sent.'],
  ] as const)('a mail server that %s is told of in plain words, and nothing counts as sent', async (fault, said) => {
    const { email, escalation } = await approved();
    server[fault] = true;
    const [told] = await sent(email);
    server[fault] = false;
    expect(words(told!)).toContain(said);
    expect(words(now(email))).toContain(`Not sent: ${said}`);
    expect(server.taken).toEqual([]);
    expect(await state(escalation)).toMatchObject({ email_state: 'failed', email: false });
    expect(bot.log.join()).not.toContain(server.settings.password);
  });

  test('a refused recipient is named, and the email does not count as done', async () => {
    const { email, escalation } = await approved();
    server.refused.add('dana@contoso.example');
    const [told] = await sent(email);
    expect(words(told!)).toContain('The mail server refused: dana@contoso.example. They did not get it');
    expect(await state(escalation)).toMatchObject({ email_state: 'sent', email: false });
    expect(titlesOf(cardOf(now(email)))).not.toContain('Send it now');
  });

  test('when the answer to the text is lost, it is unknown for good and said so', async () => {
    const { email, escalation } = await approved();
    server.withText = 'take and hang up';
    const [told] = await sent(email);
    expect(words(told!)).toContain('I do not know whether the email about');
    expect(words(told!)).toContain('I do not send it again by myself.');
    expect(titlesOf(cardOf(now(email)))).not.toContain('Send it now');
    await bot.pass(2 * hour);
    expect(server.taken).toHaveLength(1);
    expect(await state(escalation)).toMatchObject({ email_state: 'unknown', email: false });
  });

  test('a process that died while sending leaves it unknown, and nobody sends it again', async () => {
    const { email, escalation } = await approved();
    await bot.press('priya', email.id, 'Send it now');
    // As a killed process leaves it: taken, and nothing more.
    await bot.database.query(`UPDATE csat_package SET email_state = 'sending' WHERE escalation_id = $1`, [
      escalation.id,
    ]);
    expect(await bot.pass(5_000)).toEqual([]);
    const [told] = await bot.pass(30_000);
    expect(words(told!)).toContain('I do not know whether the email about');
    expect(words(told!)).toContain('I was stopped while I was sending it');
    expect(server.taken).toEqual([]);
    expect((await trailOf(bot.database, escalation.id)).at(-1)?.step).toBe('email: not known whether it is out');
  });

  test('what waited for more than an hour is not sent behind anybody’s back', async () => {
    const { email, escalation } = await approved();
    await bot.press('priya', email.id, 'Send it now');
    bot.clock.now += 2 * hour;
    const [told] = await bot.pass(4_000);
    expect(words(told!)).toContain('more than an hour after Send was pressed');
    expect(server.taken).toEqual([]);
    expect(await state(escalation)).toMatchObject({ email_state: 'failed' });
  });

  test('the .eml text is a draft to the same people', async () => {
    const { email } = await approved();
    await bot.press('priya', email.id, 'As an .eml file to copy');
    const eml = inputOf(cardOf(bot.messages().at(-1) as StoredMessage), 'copyText');
    expect(eml).toContain('X-Unsent: 1');
    expect(eml.replace(/\n\s+/g, ' ')).toContain('To: dana@contoso.example, ali@contoso.example');
    expect(server.taken).toEqual([]);
  });
});

describe('shiproom', () => {
  test('lists open cases with age, owner, last customer update and what is missing; a case that is over is not in it', async () => {
    await bot.database.query(
      `INSERT INTO csat_package (escalation_id, tenant_id, closed_at) SELECT id, tenant_id, now() FROM escalation
       ON CONFLICT (escalation_id) DO UPDATE SET closed_at = now()`,
    );
    const { main, icm } = await approved();
    const { main: second, icm: over } = await approved();
    await bot.say('priya', `next update on ${icm} in 3 hours`, channel);
    await bot.say('priya', `update sent ${icm}`, channel);
    await bot.press('priya', main.id, 'Save what is done', { done: 'srTitle,icmTitle,email' });
    bot.clock.now += 26 * hour;
    const { card } = await bot.ask('diego', 'shiproom', channel);
    const text = wordsIn(card);
    expect(text).toContain(`ICM ${icm} · Job stuck in Starting`);
    expect(text).toContain('Open for 1 day 2 h, since');
    expect(text).toContain('ICM owner: Olga Petrova · CSS engineer: Priya Sharma');
    expect(text).toContain('Missing: note in the ICM; a promised next update');
    expect(text).toMatch(/Last customer update: (today|\w{3} \d+ \w{3} \d{4},) \d\d:\d\d \(America/);
    expect(text).toContain(`ICM ${over}`);
    await bot.press('priya', second.id, 'The case is over: off the shiproom list');
    expect(wordsIn((await bot.ask('diego', 'shiproom', channel)).card)).not.toContain(`ICM ${over}`);
    await bot.press('priya', second.id, 'Back on the shiproom list');
    expect(wordsIn((await bot.ask('diego', 'shiproom', channel)).card)).toContain(`ICM ${over}`);
    await bot.say('priya', `resolve ${icm}`, channel);
    expect(wordsIn((await bot.ask('diego', 'shiproom', channel)).card)).not.toContain(`ICM ${icm}`);
  });

  test('tells of a case out of a personal chat only its number, its age and what is missing', async () => {
    const { icm } = await approved({ icmTitle: 'CANARY title' }, { place: 'personal' });
    await bot.database.query(
      `INSERT INTO csat_package (escalation_id, tenant_id, closed_at)
       SELECT id, tenant_id, now() FROM escalation WHERE icm_number <> $1
       ON CONFLICT (escalation_id) DO UPDATE SET closed_at = now()`,
      [icm],
    );
    const { message, card } = await bot.ask('diego', 'shiproom', channel);
    expect(wordsIn(card)).toContain(`ICM ${icm}`);
    expect(wordsIn(card)).toContain('Asked for in a personal chat. Priya Sharma can tell more.');
    const before = bot.messages().length;
    await bot.press('diego', message.id, 'Export as CSV');
    const told = JSON.stringify([card, ...bot.messages().slice(before).map(cardOf)]);
    expect(told).not.toMatch(/CANARY|Olga|2411220050001234/);
    expect(wordsIn((await bot.ask('priya', 'shiproom', channel)).card)).toContain('CANARY title');
  });

  test('is exported as CSV to copy, in which no cell is a formula', async () => {
    const { icm } = await approved({ icmTitle: '=HYPERLINK("https://e.example")', ownerName: '@SUM(A1)' });
    const { message } = await bot.ask('diego', 'shiproom', channel);
    const before = new Set(bot.messages().map(({ id }) => id));
    await bot.press('diego', message.id, 'Export as CSV');
    const parts = bot.messages().filter(({ id }) => !before.has(id));
    const csv = parts.map((part) => inputOf(cardOf(part), 'copyText')).join('');
    const row = csv.split('\n').find((line) => line.includes(icm)) as string;
    expect(row).toContain(`"'=HYPERLINK(""https://e.example"")"`);
    expect(row).toContain(`"'@SUM(A1)"`);
    expect(csv.split('\n')[0]).toMatch(/^"ICM","ICM title"/);
  });

  test('"package" and a number shows the package once more, to whoever may act on it', async () => {
    const { icm } = await approved();
    const messages = await bot.say('priya', `package ${icm}`, channel);
    expect(messages.map((one) => words(one))).toEqual([
      expect.stringContaining(`ICM ${icm} is CSAT Impacting now`),
      expect.stringContaining(`Email about ICM ${icm}`),
    ]);
    const [refused] = await bot.say('diego', `package ${icm}`, channel);
    expect(String(refused?.content.text)).toContain('Only Priya Sharma');
  });
});
