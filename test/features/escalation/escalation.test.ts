import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import type { StoredMessage } from '../../../src/local/conversations.ts';
import { testDatabases } from '../../support/databases.ts';
import type { Harness } from '../../support/harness.ts';
import { buttonsOf, cardOf, wordsIn } from '../../support/harness.ts';
import { channel, EscalationStage, filled, minute, newNumber, playbook, withPeople } from './stage.ts';

describe.each(testDatabases)('a CSAT escalation on $name', ({ open }) => {
  let stage: EscalationStage;
  let bot: Harness;
  beforeAll(async () => {
    stage = await EscalationStage.start(await open());
    bot = stage.bot;
  });
  afterAll(() => bot.stop());
  // What an earlier test has left open must not be reminded of in a later one.
  afterEach(async () => {
    bot.standIn.onRequest = undefined;
    await bot.database.query(`UPDATE outbox SET state = 'dropped' WHERE state IN ('waiting', 'parked')`);
    await bot.database.query('UPDATE route SET parked_reason = NULL');
  });

  const titles = (key: string, { id }: Pick<StoredMessage, 'id'>) =>
    buttonsOf(bot.cardFor(key, id)).map((button) => String(button['title']));
  const newest = () => bot.messages().at(-1) as StoredMessage;

  test('is asked for, questioned, answered and approved; the package follows', async () => {
    const number = newNumber();
    const { card, smes } = await stage.request('priya', { number });
    expect(smes.rootId).toBe(smes.id);
    expect(wordsIn(cardOf(smes))).toContain('<at>Amara Nowak</at>');
    expect(JSON.stringify(cardOf(smes))).toContain(bot.person('amara').id);
    expect(wordsIn(cardOf(smes))).toContain('Furious since Monday.');
    expect(titles('lukas', smes)).toEqual(['Open the ICM', 'Open the support request', 'Decide (SMEs)', 'History']);
    expect(stage.words('priya', card)).toContain('Waiting for an SME of EMEA.');

    await stage.decide('amara', smes, 'Send the question', { question: 'Since when exactly?' });
    expect(await stage.row(number)).toMatchObject({ state: 'open', revision: 2, question: 'Since when exactly?' });
    const [asked] = await bot.pass(1_000);
    expect(asked?.rootId).toBe(card.rootId);
    expect(wordsIn(cardOf(asked!))).toContain('<at>Priya Sharma</at>');
    expect(wordsIn(cardOf(asked!))).toContain('Since when exactly?');
    expect(stage.words('lukas', card)).toContain('Waiting for an answer of Priya Sharma.');

    await bot.press('priya', asked!.id, 'Send the answer', { answer: 'Since Monday, 9 am.' });
    expect(await stage.row(number)).toMatchObject({ revision: 3, question: null });
    const [answered] = await bot.pass(1_000);
    expect(answered?.rootId).toBe(smes.id);
    expect(wordsIn(cardOf(answered!))).toContain('<at>Amara Nowak</at>');
    expect(wordsIn(cardOf(answered!))).toContain('Since Monday, 9 am.');
    expect(stage.words('lukas', smes)).toContain('Priya Sharma answers: Since Monday, 9 am.');

    await stage.decide('amara', smes, 'Approve', { avoided: 'Call back in time.' });
    expect(await stage.row(number)).toMatchObject({ state: 'approved', revision: 4 });
    const after = await bot.pass(1_000);
    expect(after.map(({ content, rootId }) => ({ text: content.text, rootId }))).toEqual([
      { text: `package of ${(await stage.row(number)).id}`, rootId: card.rootId },
    ]);
    for (const message of [card, smes]) {
      expect(stage.words('lukas', message)).toContain('Approved by Amara Nowak');
      expect(stage.words('lukas', message)).toContain('Call back in time.');
    }
    expect(titles('lukas', smes)).not.toContain('Decide (SMEs)');
    expect(await stage.steps(number)).toEqual(['requested', 'asked', 'answered', 'approved']);
    expect(await bot.pass(72 * 60 * minute)).toEqual([]);

    const { card: history } = await bot.ask('lukas', `history ${number}`, channel);
    for (const words of ['Asked for by Priya Sharma', 'Since when exactly?', 'Approved by Amara Nowak', 'UTC'])
      expect(wordsIn(history)).toContain(words);
  });

  test('is decided by the button of an older client just as well, and by nobody else', async () => {
    const number = newNumber();
    const { smes } = await stage.request('priya', { number });
    const { id } = await stage.row(number);
    const submit = (key: string) =>
      bot.client.press(bot.person(key), smes.id, {
        type: 'Action.Submit',
        data: { verb: 'escalation/approve', escalation: id, revision: '1', avoided: 'Call.' },
      });
    await submit('priya');
    await submit('mei');
    expect(await stage.row(number)).toMatchObject({ state: 'open', revision: 1 });
    await submit('amara');
    expect(await stage.row(number)).toMatchObject({ state: 'approved', revision: 2 });
  });

  test('is declined with a reason, which the requester is told', async () => {
    const number = newNumber();
    const { card, smes } = await stage.request('priya', { number });
    await stage.decide('amara', smes, 'Decline the request', { avoided: 'kept' });
    expect(stage.words('amara', smes)).toContain('Please write why');
    expect(stage.words('amara', smes)).toContain('kept');
    expect(await stage.row(number)).toMatchObject({ state: 'open', revision: 1 });
    await bot.press('amara', smes.id, 'Decline the request', { avoided: '', reason: 'No risk *yet*', question: '' });
    expect(await stage.row(number)).toMatchObject({ state: 'declined' });
    const [told] = await bot.pass(1_000);
    expect(told?.rootId).toBe(card.rootId);
    expect(wordsIn(cardOf(told!))).toContain('Declined by Amara Nowak');
    expect(wordsIn(cardOf(told!))).toContain('No risk *yet*');
    const again = await stage.request('priya', { number });
    expect(again.smes.id).not.toBe(smes.id);
    expect((await stage.rows()).filter(({ icm_number }) => icm_number === number)).toHaveLength(2);
    const { card: history } = await bot.ask('lukas', `history ${number}`, channel);
    expect(wordsIn(history)).toContain('Before that, newest first: declined (asked by Priya Sharma).');
  });

  test('is withdrawn by the requester alone', async () => {
    const number = newNumber();
    const { card, smes } = await stage.request('priya', { number });
    await bot.press('lukas', card.id, 'Withdraw');
    expect(stage.words('lukas', card)).toContain('Only Priya Sharma');
    expect(await stage.row(number)).toMatchObject({ state: 'open', revision: 1 });
    await bot.press('priya', card.id, 'Withdraw');
    expect(await stage.row(number)).toMatchObject({ state: 'withdrawn' });
    await bot.pass(1_000);
    expect(stage.words('lukas', smes)).toContain('Withdrawn');
    expect(titles('lukas', smes)).toEqual(['Open the ICM', 'Open the support request', 'History']);
  });

  test('a second request for the same ICM leads to the first', async () => {
    const number = newNumber();
    await stage.request('priya', { number });
    const { card } = await bot.ask('lukas', `escalate ${number}`, channel);
    expect(wordsIn(card)).toContain('Priya Sharma has asked for it already. Nothing new was sent.');
    const { message } = await bot.ask('lukas', 'escalate this case', channel);
    await bot.press('lukas', message.id, 'Ask the SMEs', filled({ number }));
    expect(stage.words('lukas', message)).toContain('Nothing new was sent.');
    expect((await stage.rows()).filter(({ icm_number }) => icm_number === number)).toHaveLength(1);
  });

  test('what is missing is named field by field, and what was typed stays', async () => {
    const { message } = await bot.ask('priya', 'escalate 512345678', channel);
    expect(wordsIn(cardOf(message))).toContain('512345678');
    await bot.press('priya', message.id, 'Ask the SMEs', {
      ...filled(),
      icmLink: 'http://icm',
      srNumber: '512345678',
      why: '  ',
      region: 'Mars',
      ownerEmail: 'olga',
    });
    const words = stage.words('priya', message);
    for (const label of ['ICM link', 'SR number', 'Why they feel that way', 'Region', 'Email of the ICM owner'])
      expect(words).toContain(`• **${label}:**`);
    for (const typed of ['http://icm', 'Furious since Monday.', 'Job stuck in Starting', 'olga'])
      expect(words).toContain(typed);
    expect(words).not.toContain('• **ICM title:**');
    expect((await stage.rows()).filter(({ icm_number }) => icm_number === '512345678')).toEqual([]);
  });

  test('a case that is over goes no further unless an SME is asked first', async () => {
    const number = newNumber();
    const { message } = await bot.ask('priya', 'escalate this case', channel);
    await bot.press('priya', message.id, 'Ask the SMEs', filled({ number, caseStatus: 'resolved' }));
    expect(stage.words('priya', message)).toContain('The case is resolved already');
    expect(stage.words('priya', message)).toContain('Escalate the ICM before the case is closed/resolved.');
    expect((await stage.rows()).filter(({ icm_number }) => icm_number === number)).toEqual([]);
    await bot.press('priya', message.id, 'Ask an SME first', filled({ number, caseStatus: 'resolved' }));
    await bot.pass(1_000);
    expect(wordsIn(cardOf(newest()))).toContain('The case is resolved already');
    expect(await stage.row(number)).toMatchObject({ state: 'open' });
  });

  test('who judged it to be exceptionally bad is in the trail and on the card', async () => {
    const number = newNumber();
    const { smes } = await stage.request('priya', { number, exceptional: 'true' });
    expect(wordsIn(cardOf(smes))).toContain('Exceptionally bad: Priya Sharma judged it so');
    expect(await stage.row(number)).toMatchObject({ judge_name: 'Priya Sharma' });
    expect(await stage.steps(number)).toEqual(['requested', 'judged exceptionally bad']);
  });

  test('whoever changes the request does not decide on it, and the card from before decides nothing', async () => {
    const number = newNumber();
    // Diego is a lead, so he may change it; as an SME of the Americas he would decide.
    const { card, smes } = await stage.request('priya', { number, region: 'Americas' });
    await bot.press('diego', smes.id, 'Decide (SMEs)');
    expect(titles('diego', smes)).toContain('Approve');
    const old = buttonsOf(bot.cardFor('diego', smes.id)).find(({ title }) => title === 'Approve')!;
    await bot.press('diego', card.id, 'Withdraw').catch(() => undefined);
    expect(await stage.row(number)).toMatchObject({ state: 'withdrawn' });
    const second = await stage.request('priya', { number, region: 'Americas' });
    await bot.press('priya', second.card.id, 'Change details');
    await bot.press(
      'priya',
      second.card.id,
      'Save the changes',
      filled({ number: '', region: 'Americas', why: 'Other.' }),
    );
    expect(await stage.row(number)).toMatchObject({ revision: 2 });
    await bot.pass(1_000);
    expect(wordsIn(bot.cardFor('lukas', second.smes.id))).toContain('Other.');
    const { id } = await stage.row(number);
    const press = (data: object) =>
      bot.client.press(bot.person('diego'), second.smes.id, {
        type: 'Action.Execute',
        verb: String(old['verb']),
        data: { ...(old['data'] as object), ...data },
      });
    await press({ escalation: id, revision: '1' });
    expect(stage.words('diego', second.smes)).toContain('It has changed since your card was drawn');
    expect(await stage.row(number)).toMatchObject({ state: 'open', revision: 2 });
    // Now he changes it himself: he is out.
    await bot.database.query('INSERT INTO escalation_editor (escalation_id, person_id) VALUES ($1, $2)', [
      id,
      bot.person('diego').aadObjectId,
    ]);
    await press({ escalation: id, revision: '2' });
    expect(stage.words('diego', second.smes)).toContain('somebody else has to decide');
    expect(await stage.row(number)).toMatchObject({ state: 'open', revision: 2 });
  });

  test('time reminds, offers it to other regions and ends it visibly', async () => {
    const number = newNumber();
    const { card, smes } = await stage.request('priya', { number });
    const [reminder, ...none] = await bot.pass(121 * minute);
    expect(none).toEqual([]);
    expect(reminder?.rootId).toBe(smes.id);
    expect(wordsIn(cardOf(reminder!))).toContain('still waits for a decision');
    await bot.press('mei', smes.id, 'Decide (SMEs)');
    expect(titles('mei', smes)).not.toContain('Approve');
    const [offered] = await bot.pass(121 * minute);
    expect(offered?.rootId).toBe(smes.id);
    expect(wordsIn(cardOf(offered!))).toContain('an SME of any region may decide now');
    expect(wordsIn(cardOf(offered!))).toContain('<at>Mei Tanaka</at>');
    await bot.press('mei', smes.id, 'Decide (SMEs)');
    expect(titles('mei', smes)).toContain('Approve');
    const late = await bot.pass(50 * 60 * minute);
    expect(late.map((message) => message.rootId)).toEqual([smes.id, card.rootId]);
    expect(wordsIn(cardOf(late[1]!))).toContain('no SME decided in time');
    expect(await stage.row(number)).toMatchObject({ state: 'expired', is_offered: true });
    expect(stage.words('lukas', smes)).toContain('Expired');
    expect(await stage.steps(number)).toEqual([
      'requested',
      'reminded the SMEs',
      'offered to the SMEs of other regions',
      'reminded the SMEs',
      'expired',
    ]);
    await bot.press('mei', smes.id, 'History');
    expect(stage.words('mei', smes)).toContain('Expired without a decision');
  });

  test('an SME who has never met the bot is looked up in the roster, mentioned and remembered', async () => {
    await bot.database.query('DELETE FROM preference');
    const { smes } = await stage.request('priya', { number: newNumber(), region: 'APAC' });
    expect(wordsIn(cardOf(smes))).toContain('<at>Mei Tanaka</at>');
    const [known] = await bot.database.query<{ teams_id: string }>(
      'SELECT teams_id FROM preference WHERE person_id = $1',
      [bot.person('mei').aadObjectId],
    );
    expect(known?.teams_id).toBe(bot.person('mei').id);
    expect((bot.cardFor('lukas', smes.id)['refresh'] as { userIds: string[] }).userIds).toEqual([bot.person('mei').id]);
  });

  test('without a roster the SMEs are named, not mentioned, and asked all the same', async () => {
    await bot.database.query('DELETE FROM preference');
    bot.standIn.onRequest = ({ path }) => (path.includes('/members/') ? { status: 503 } : undefined);
    const { smes } = await stage.request('priya', { number: newNumber(), region: 'APAC' });
    expect(wordsIn(cardOf(smes))).toContain('Also asked, without a mention: Mei Tanaka.');
    expect(JSON.stringify(cardOf(smes))).not.toContain('"type":"mention"');
  });

  test('what cannot be posted to the SMEs is told to the requester, with the email instead', async () => {
    const { message } = await bot.ask('priya', 'escalate this case');
    bot.standIn.onRequest = ({ path, method }) =>
      method === 'POST' && path === '/v3/conversations'
        ? { status: 403, body: { error: { code: 'MessageWritesBlocked', message: 'no' } } }
        : undefined;
    await bot.press('priya', message.id, 'Ask the SMEs', filled({ number: newNumber() }));
    const [told, ...none] = await bot.pass(5_000);
    expect(none).toEqual([]);
    expect(told?.conversationId).toBe(bot.person('priya').chatId);
    expect(wordsIn(cardOf(told!))).toContain('I could not post your request in the SMEs’ channel.');
    expect(wordsIn(cardOf(told!))).toContain('Please review: CSAT escalation');
  });

  test('a post of which nobody knows whether it is out is followed by one that shows how it ended', async () => {
    const number = newNumber();
    let isFirst = true;
    bot.standIn.onRequest = ({ path, method }) => {
      if (method !== 'POST' || path !== '/v3/conversations' || !isFirst) return undefined;
      isFirst = false;
      return { status: 500, afterEffect: true };
    };
    const { smes } = await stage.request('priya', { number });
    expect(await stage.row(number)).toMatchObject({ sme_activity_id: null });
    await stage.decide('amara', smes, 'Approve');
    const second = (await bot.pass(60_000)).find(({ rootId, id }) => rootId === id);
    expect(wordsIn(cardOf(second!))).toContain('This may be a repeat');
    expect(wordsIn(cardOf(second!))).toContain('Approved by Amara Nowak');
    await bot.press('amara', smes.id, 'Decide (SMEs)').catch(() => undefined);
    await bot.press('mei', smes.id, 'Decide (SMEs)');
    expect(stage.words('mei', smes)).toContain('Approved by Amara Nowak');
  });

  test('what is asked for in a personal chat is told to nobody else, but to the SMEs', async () => {
    const number = newNumber();
    const { smes } = await stage.request('priya', { number }, { kind: 'personal' });
    for (const line of [`history ${number}`, `escalate ${number}`, `status of escalation ${number}`]) {
      const { card } = await bot.ask('mei', line);
      expect(wordsIn(card)).toContain('Priya Sharma has asked for it in a personal chat.');
      expect(wordsIn(card)).not.toContain('Furious');
    }
    expect(wordsIn((await bot.ask('priya', `history ${number}`)).card)).toContain('Furious');
    await stage.decide('amara', smes, 'Approve');
    expect((await bot.pass(1_000)).map(({ conversationId }) => conversationId)).toEqual([bot.person('priya').chatId]);
  });

  test('a request is filled in from the tracked ICM, by its button too', async () => {
    const number = newNumber();
    const { message } = await bot.ask('priya', `track ${number} for SR 2411220050001234 "Job stuck"`, channel);
    await bot.press('priya', message.id, 'CSAT escalation');
    for (const words of [number, 'Job stuck', '2411220050001234', 'Priya Sharma'])
      expect(wordsIn(cardOf(newest()))).toContain(words);
    const elsewhere = await bot.ask('priya', `track ${newNumber()} "Secret"`);
    const secret = /\d{9}/.exec(wordsIn(elsewhere.card))![0];
    expect(wordsIn((await bot.ask('lukas', `escalate ${secret}`, channel)).card)).not.toContain('Secret');
  });

  test.each([
    ['this customer is really upset, escalate', 'CSAT escalation: ask the SMEs'],
    ['who approves a csat escalation?', 'Approval of a CSAT escalation'],
    ['csat escalation steps', 'CSAT Impacting, step by step'],
  ])('“%s” is answered with “%s”', async (line, title) => {
    expect(wordsIn((await bot.ask('mei', line)).card)).toContain(title);
  });

  test('typed lines withdraw, tell the state and ask which one', async () => {
    const [first, second] = [newNumber(), newNumber()];
    await bot
      .say('diego', 'my escalations')
      .then(([answer]) => expect(answer?.content.text).toContain('no escalation'));
    await stage.request('diego', { number: first });
    expect(wordsIn((await bot.ask('diego', 'status of my escalation')).card)).toContain('Waiting for an SME of EMEA');
    await stage.request('diego', { number: second });
    const [which] = await bot.say('diego', 'withdraw my csat request');
    expect(which?.content.text).toContain(`${second}, ${first}`);
    const { card } = await bot.ask('diego', `withdraw escalation ${first}`);
    expect(wordsIn(card)).toContain('Withdrawn');
    expect(await stage.row(first)).toMatchObject({ state: 'withdrawn' });
    expect(wordsIn((await bot.ask('lukas', `withdraw escalation ${second}`, channel)).card)).toContain(
      'Only Diego Alvarez',
    );
    const [list] = await bot.say('diego', 'my escalations');
    expect(list?.content.text).toContain(`ICM ${first}: withdrawn`);
  });

  test('the email to the SMEs is there as text to copy', async () => {
    const number = newNumber();
    const { card } = await stage.request('priya', { number });
    await bot.press('priya', card.id, 'Email to the SMEs');
    const words = stage.words('priya', card);
    for (const part of [
      'asa-smes@example.com',
      `Please review: CSAT escalation of ICM ${number}`,
      'Furious since Monday.',
    ])
      expect(words).toContain(part);
    await bot.press('priya', card.id, 'Back');
    expect(stage.words('priya', card)).toContain('Waiting for an SME');
  });
});

describe('with a playbook that names', () => {
  const play = async (people: Parameters<typeof withPeople>[0], work: (stage: EscalationStage) => Promise<void>) => {
    const stage = await EscalationStage.start(await testDatabases[0]!.open(), { playbook: withPeople(people) });
    try {
      await work(stage);
    } finally {
      await stage.bot.stop();
    }
  };
  const { smeChannel, smes } = playbook.people;

  test.each([
    ['no channel', { smeChannel: undefined }, 'No channel of the SMEs is set up here'],
    ['no SMEs', { smes: [] }, 'No SMEs are named here'],
    [
      'SMEs of another organisation only',
      { smes: smes.map((sme) => ({ ...sme, tenantId: sme.aadObjectId })) },
      'No SMEs',
    ],
  ])('%s, the text of an email is given and nothing is posted', async (_what, people, said) => {
    await play(people, async (stage) => {
      const { message } = await stage.bot.ask('priya', 'escalate this case', channel);
      await stage.bot.press('priya', message.id, 'Ask the SMEs', filled());
      expect(stage.words('priya', message)).toContain(said);
      expect(stage.words('priya', message)).toContain('Furious since Monday.');
      expect(await stage.rows()).toEqual([]);
      expect(await stage.bot.pass(1_000)).toEqual([]);
    });
  });

  test('somebody who stands in for an SME, they decide; not where the SME has asked', async () => {
    const delegate = { ...smes[1]!, delegate: '1c0f8a52-3b7d-4e19-a6c4-8d2e5f7b9011' };
    await play({ smes: [delegate], leads: [] }, async (stage) => {
      const { bot } = stage;
      const first = await stage.request('lukas', { number: '512345671' });
      await stage.decide('priya', first.smes, 'Approve');
      expect(await stage.row('512345671')).toMatchObject({ state: 'approved' });
      const second = await stage.request('amara', { number: '512345672' });
      await bot.press('priya', second.smes.id, 'Decide (SMEs)');
      expect(buttonsOf(bot.cardFor('priya', second.smes.id)).map(({ title }) => title)).not.toContain('Approve');
    });
  });

  test('membership as required, whoever has left the team decides no more, and silence of Teams lets nobody in', async () => {
    await play({ smeChannel: { ...smeChannel!, membership: 'required' } }, async (stage) => {
      const { bot } = stage;
      const { smes: message } = await stage.request('priya');
      await bot.press('amara', message.id, 'Decide (SMEs)');
      const answers: [status: number, said: string][] = [
        [404, 'Only members of the SMEs’ team'],
        [503, 'Please try again in a minute'],
      ];
      for (const [status, said] of answers) {
        bot.standIn.onRequest = ({ path }) => (path.includes('/members/') ? { status } : undefined);
        await bot.press('amara', message.id, 'Approve', { avoided: 'x' });
        expect(stage.words('amara', message)).toContain(said);
        expect(await stage.row()).toMatchObject({ state: 'open', revision: 1 });
        bot.standIn.onRequest = undefined;
        await bot.press('amara', message.id, 'Decide (SMEs)').catch(() => undefined);
      }
      await bot.press('amara', message.id, 'Approve', { avoided: 'x' });
      expect(await stage.row()).toMatchObject({ state: 'approved' });
    });
  });

  test('membership as enough, any member but the requester decides', async () => {
    await play({ smes: [], smeChannel: { ...smeChannel!, membership: 'enough' } }, async (stage) => {
      const { smes: message } = await stage.request('priya', { region: '' });
      await stage.bot.press('priya', message.id, 'Decide (SMEs)');
      expect(stage.words('priya', message)).not.toContain('Your decision');
      await stage.decide('lukas', message, 'Approve');
      expect(await stage.row()).toMatchObject({ state: 'approved' });
    });
  });

  test('an SME no more between the post and the click, they are refused', async () => {
    const database = await testDatabases[0]!.open();
    const stage = await EscalationStage.start(database);
    const { smes: message } = await stage.request('priya');
    await stage.bot.press('amara', message.id, 'Decide (SMEs)');
    const later = await EscalationStage.start(
      { ...database, close: async () => Promise.resolve() },
      {
        standIn: stage.bot.standIn,
        playbook: withPeople({ smes: smes.filter(({ region }) => region !== 'EMEA') }),
      },
    );
    await later.bot.press('amara', message.id, 'Approve', { avoided: '' });
    expect(later.words('amara', message)).toContain('Only the SMEs of EMEA can decide');
    expect(await stage.row()).toMatchObject({ state: 'open' });
    await later.bot.app.stop(1_000);
    await stage.bot.stop();
  });

  test('a hundred SMEs, six are mentioned and at most sixty get a view of their own', async () => {
    const many = Array.from({ length: 100 }, (_one, at) => ({
      name: `SME ${at}`,
      aadObjectId: `00000000-0000-4000-8000-${String(at).padStart(12, '0')}`,
      tenantId: smes[0]!.tenantId,
      region: 'EMEA',
    }));
    await play({ smes: many }, async (stage) => {
      for (const { aadObjectId, name } of many)
        await stage.bot.database.query(
          'INSERT INTO preference (tenant_id, person_id, teams_id, name) VALUES ($1, $2, $3, $4)',
          [smes[0]!.tenantId, aadObjectId, `29:${name.padEnd(20)}`, name],
        );
      const { smes: message } = await stage.request('priya');
      const card = cardOf(message);
      expect((card['refresh'] as { userIds: string[] }).userIds).toHaveLength(60);
      expect((card['msteams'] as { entities: unknown[] }).entities).toHaveLength(6);
      expect(wordsIn(card)).toContain('and 89 more');
    });
  });
});
