import { fileURLToPath } from 'node:url';
import type { Feature } from '../../../src/features/feature.ts';
import type { Place } from '../../../src/local/activities.ts';
import type { StoredMessage } from '../../../src/local/conversations.ts';
import { loadPlaybook } from '../../../src/playbook/load.ts';
import type { Playbook } from '../../../src/playbook/schema.ts';
import type { Database } from '../../../src/store/database.ts';
import { Harness, wordsIn, type HarnessOptions } from '../../support/harness.ts';

export const channel: Place = { kind: 'channel' };
export const minute = 60_000;

/** The playbook of the local Teams: Mei is the SME of APAC, Amara of EMEA, Diego of the Americas and a lead. */
export const playbook = loadPlaybook(fileURLToPath(new URL('../../../src/local/playbook.yaml', import.meta.url)));

export const withPeople = (people: Partial<Playbook['people']>): Playbook => ({
  ...playbook,
  people: { ...playbook.people, ...people },
});

/** What comes after an approval is another feature's; here it says only that it was called. */
export const packages: Feature = {
  name: 'package-of-the-test',
  jobs: [
    {
      name: 'csat-package/post',
      run: async (delivery) =>
        Promise.resolve({
          kind: 'post',
          reply: { kind: 'text', text: `package of ${delivery.subject}` },
          summary: 'package',
        }),
    },
  ],
};

export const filled = (more: Record<string, string> = {}): Record<string, string> => ({
  number: '512345678',
  icmTitle: 'Job stuck in Starting',
  icmLink: 'https://portal.microsofticm.com/imp/v3/incidents/details/512345678/home',
  srNumber: '2411220050001234',
  srTitle: '',
  srLink: 'https://example.com/sr/2411220050001234',
  contacts: 'Priya Sharma, priya@example.com',
  ownerName: 'Olga Ivanova',
  ownerEmail: 'olga@example.com',
  region: 'EMEA',
  caseStatus: 'open',
  sentiment: 'Furious since Monday.',
  why: 'Nobody has called back twice.',
  improvement: 'A promised time for each update.',
  exceptional: 'false',
  ...more,
});

export interface EscalationRow {
  readonly id: string;
  readonly icm_number: string;
  readonly state: string;
  readonly revision: number;
  readonly region: string;
  readonly question: string | null;
  readonly is_offered: boolean;
  readonly sme_activity_id: string | null;
  readonly judge_name: string | null;
}

/** The bot, with what an escalation needs to be played. */
export class EscalationStage {
  readonly bot: Harness;
  private constructor(bot: Harness) {
    this.bot = bot;
  }

  static async start(database: Database, options: HarnessOptions = {}): Promise<EscalationStage> {
    return new EscalationStage(await Harness.start({ database, playbook, moreFeatures: [packages], ...options }));
  }

  words = (key: string, message: Pick<StoredMessage, 'id'>): string => wordsIn(this.bot.cardFor(key, message.id));

  /** Asks the SMEs on the form; gives the requester's card and the SMEs' message. */
  async request(
    key: string,
    more: Record<string, string> = {},
    place: Place = channel,
  ): Promise<{ card: StoredMessage; smes: StoredMessage }> {
    const { message } = await this.bot.ask(key, 'escalate this case', place);
    const before = new Set(this.bot.messages().map(({ id }) => id));
    const outcome = await this.bot.press(key, message.id, 'Ask the SMEs', filled(more));
    if (outcome.kind !== 'card') throw new Error(`Expected a card, got ${JSON.stringify(outcome)}`);
    await this.bot.pass(1_000);
    const smes = this.bot
      .messages()
      .find(({ id, rootId, content }) => !before.has(id) && rootId === id && content.attachments !== undefined);
    if (!smes) throw new Error(`Expected a message to the SMEs: ${this.words(key, message)}`);
    return { card: message, smes };
  }

  /** The SME opens their view, then presses. */
  async decide(key: string, message: StoredMessage, title: string, inputs: Record<string, string> = {}) {
    await this.bot.press(key, message.id, 'Decide (SMEs)');
    return this.bot.press(key, message.id, title, { avoided: '', reason: '', question: '', ...inputs });
  }

  async rows(): Promise<readonly EscalationRow[]> {
    return this.bot.database.query<EscalationRow>('SELECT * FROM escalation ORDER BY created_at, id');
  }

  async row(number = '512345678'): Promise<EscalationRow> {
    const found = (await this.rows()).filter(({ icm_number }) => icm_number === number).at(-1);
    if (!found) throw new Error(`Expected an escalation of ${number}`);
    return found;
  }

  async steps(number = '512345678'): Promise<readonly string[]> {
    const { id } = await this.row(number);
    const rows = await this.bot.database.query<{ step: string }>(
      'SELECT step FROM escalation_trail WHERE escalation_id = $1 ORDER BY id',
      [id],
    );
    return rows.map(({ step }) => step);
  }

  /** Deliveries of a job that are not taken back. */
  async deliveries(job: string): Promise<number> {
    const [row] = await this.bot.database.query<{ n: string }>(
      `SELECT count(*) AS n FROM outbox WHERE job = $1 AND state <> 'dropped'`,
      [job],
    );
    return Number(row?.n ?? 0);
  }
}

/** Tests of one home follow each other on one database; ICM numbers keep their requests apart. */
let next = 600_000_000;
export const newNumber = (): string => String((next += 1));
