import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { addEscalation, decideEscalation, trailOf } from '../../../src/features/escalation/escalation-store.ts';
import { askForEmail, freshPackage, packageOf } from '../../../src/features/csat-package/package-store.ts';
import { ConnectorStandIn } from '../../../src/local/connector-stand-in.ts';
import type { Database } from '../../../src/store/database.ts';
import { migrate } from '../../../src/store/migrate.ts';
import { createOutbox } from '../../../src/store/outbox.ts';
import { approver, escalationOf } from '../../support/approved.ts';
import { cardOf, wordsIn } from '../../support/harness.ts';
import { homes } from '../../support/homes.ts';
import { MailServer } from '../../support/mail-server.ts';
import { BotProcess, freePort } from '../../turns/process.ts';

let standIn: ConnectorStandIn;
let server: MailServer;
beforeAll(async () => {
  standIn = new ConnectorStandIn();
  await standIn.start();
  server = await new MailServer().start();
});
let bot: BotProcess | undefined;
afterEach(() => bot?.end('SIGKILL'));
afterAll(async () => {
  await standIn.stop();
  await server.stop();
});

describe.each(homes)('a bot on $name that is killed between Send and the answer of the mail server', ({ make }) => {
  test('sends each email at most once, and says of each whether it is out or not known', async () => {
    server.taken.length = 0;
    const home = await make();
    const cases = await pressedSend(await home.open(), 6);
    const noticeOf = (icm: string) =>
      standIn.conversations.messages.map((one) => wordsIn(cardOf(one))).filter((text) => text.includes(`ICM ${icm}`));
    const isOver = () => cases.every(({ icm }) => noticeOf(icm).length > 0);

    let kills = 0;
    let dying = false;
    let wake = () => {};
    server.onText = () => {
      // The server has the text and has not answered: whatever it does now, the bot cannot know.
      if (dying || (kills < 2 && server.taken.length % 2 === 1)) {
        if (!dying) void bot?.end('SIGKILL').then(() => wake());
        dying = true;
        return true;
      }
      return false;
    };
    standIn.conversations.on('change', () => wake());
    const settings = { ...home.settings, LOG_LEVEL: 'warn', SMTP_URL: server.url };
    while (!isOver()) {
      dying = false;
      bot = await new BotProcess('src/local.ts', { ...settings, PORT: String(await freePort()) }).running();
      await new Promise<void>((resolve) => {
        wake = () => {
          if (isOver() || (dying && bot?.child.signalCode === 'SIGKILL')) resolve();
        };
        wake();
      });
      if (dying) kills += 1;
    }
    await bot?.end('SIGTERM');
    server.onText = undefined;
    expect(kills).toBeGreaterThanOrEqual(1);

    const database = await home.open();
    const states: string[] = [];
    for (const { id, icm, tenantId } of cases) {
      const { email } = await packageOf(database, tenantId, id);
      const taken = server.taken.filter(({ raw }) => raw.includes(`Subject: ${icm} `)).length;
      states.push(email.state);
      expect(['sent', 'unknown']).toContain(email.state);
      expect({ icm, twice: taken > 1 }).toEqual({ icm, twice: false });
      if (email.state === 'sent') expect({ icm, taken }).toEqual({ icm, taken: 1 });
      const said = noticeOf(icm).join();
      expect(said).toContain(
        email.state === 'sent'
          ? `the email about ICM ${icm} is out`
          : `I do not know whether the email about ICM ${icm}`,
      );
      expect((await trailOf(database, id)).map(({ step }) => step)).toEqual([
        email.state === 'sent' ? 'email sent' : 'email: not known whether it is out',
      ]);
    }
    // What a kill cut off is not known, however often the bot is started after it.
    expect(states.filter((state) => state === 'unknown').length).toBeGreaterThanOrEqual(kills);
    await database.close();
    await home.drop();
  }, 120_000);
});

let number = 812_000_000;

/** Approved cases in which Send was pressed a moment ago: what the button keeps, and nothing is sent yet. */
async function pressedSend(database: Database, count: number) {
  await migrate(database);
  const outbox = createOutbox(database, async () => Promise.resolve());
  const { world, serviceUrl } = standIn;
  const priya = world.people[0]!;
  const requester = {
    tenantId: world.tenantId,
    aadObjectId: priya.aadObjectId,
    teamsId: priya.id,
    name: priya.name,
  };
  const place = {
    kind: 'personal',
    conversationId: priya.chatId,
    serviceUrl,
    botId: world.bot.id,
  } as const;
  const at = new Date();
  const cases: { id: string; icm: string; tenantId: string }[] = [];
  for (let one = 0; one < count; one += 1) {
    const icm = String((number += 1));
    const escalation = escalationOf(requester, place, at, { icmNumber: icm });
    const { id, tenantId } = escalation;
    await database.transaction(async (transaction) => {
      await addEscalation(escalation)(transaction);
      const by = approver(tenantId);
      await decideEscalation(escalation, { decision: 'approved', by, at, revision: 1, words: '' })(transaction);
      const to = ['erin.maddox@example.com', 'pablo.marin@example.com'];
      await askForEmail(freshPackage(tenantId, id), { by: requester, to, cc: [] }, at)(transaction);
      await outbox.add(transaction, [
        { tenantId, place, job: 'csat-package/email', subject: id, stage: '1', dueAt: at },
      ]);
    });
    cases.push({ id, icm, tenantId });
  }
  await database.close();
  return cases;
}
