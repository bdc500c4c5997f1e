import { z } from 'zod';
import { escalationsOfIcm } from '../escalation/escalation-store.ts';
import { action, asNewMessage, say, type Feature, type MessageTurn, type Outcome, type Services } from '../feature.ts';
import { zoneFor } from '../follow-ups/follow-up-steps.ts';
import { held, mayAct, whoMayAct } from './held-package.ts';
import { csatPackageJobs } from './package-jobs.ts';
import { close, guarded, opened, send, tick } from './package-steps.ts';
import { copyReplies, texts, textReplies } from './package-texts.ts';
import { openCases } from './shiproom.ts';
import { shiproomCsv, shiproomReply } from './shiproom-views.ts';
import { packageTimeline } from './package-timeline.ts';

const onPackage = z.object({ escalation: z.string().max(100) });
const revision = z.coerce.number().int();

const packageLine = /^(?:csat )?package(?: (?:of|for))?(?: icm)? ?#?(\d{7,10})$/i;
const shiproomLine = /^ship ?room\b/i;

type Reader = Pick<MessageTurn, 'person' | 'place' | 'now' | 'clientZone'>;

async function shiproom(turn: Reader, services: Services): Promise<Outcome> {
  const { zone } = await zoneFor(turn, services);
  return { reply: shiproomReply(await openCases(turn, services), zone, turn.now, services) };
}

/** "package 512345678": both cards of it, for whoever may act on it. */
async function showPackage(turn: MessageTurn, services: Services): Promise<Outcome> {
  const number = packageLine.exec(turn.text.trim())?.[1];
  if (number === undefined)
    return say('Of which ICM? Write “package” and the number of the ICM, for example “package 512345678”.');
  const known = await escalationsOfIcm(services.records, turn.person.tenantId, number);
  const approved = known.find(({ state }) => state === 'approved');
  const one = approved && (await held(approved, services));
  if (!one) return say(`No escalation of ICM ${number} is approved, so there is no package.`);
  if (!(await mayAct(one, turn.person, services))) return say(whoMayAct(one));
  return opened(one, turn.now, services);
}

/** What follows when an SME has approved an escalation (F43 to F52), and the list of all such cases (F50). */
export const csatPackageFeature: Feature = {
  name: 'csat-package',
  inPractice:
    'In a real case I would show the CSAT package here: titles, note and email. In a practice run no SME has approved anything, so there is none.',
  timeline: packageTimeline,
  commands: [
    {
      name: 'csat-package',
      title: 'Package of an escalation',
      summary: 'Titles, note, email and checklist of an approved CSAT escalation, once more.',
      examples: ['csat package', 'package 512345678'],
      run: showPackage,
    },
    {
      name: 'shiproom',
      title: 'Shiproom list',
      summary: 'All open CSAT Impacting cases: since when, whose, the last customer update, what is missing.',
      examples: ['shiproom', 'shiproom list', 'open CSAT impacting cases'],
      run: shiproom,
    },
  ],
  claims(text) {
    const line = text.trim();
    if (packageLine.test(line)) return 'csat-package';
    return shiproomLine.test(line) ? 'shiproom' : undefined;
  },
  jobs: csatPackageJobs,
  actions: [
    action({
      verb: 'csat-package/tick',
      data: onPackage.extend({
        revision,
        done: z.string().max(200).default(''),
        from: z.enum(['package', 'notice']),
      }),
      run: (turn, services) => guarded(turn, services, (one) => tick(one, turn, services)),
    }),
    action({
      verb: 'csat-package/send',
      data: onPackage.extend({ attempt: z.coerce.number().int(), recipients: z.string().max(100) }),
      run: (turn, services) => guarded(turn, services, (one) => send(one, turn, services)),
    }),
    action({
      verb: 'csat-package/close',
      data: onPackage.extend({ revision, closed: z.enum(['yes', 'no']) }),
      run: (turn, services) => guarded(turn, services, (one) => close(one, turn, services)),
    }),
    action({
      verb: 'csat-package/text',
      data: onPackage.extend({ what: z.enum(texts) }),
      run: (turn, services) =>
        guarded(turn, services, async (one): Promise<Outcome> => {
          const replies = await textReplies(one, turn.data.what, turn.now, services);
          return {
            reply: { kind: 'text', text: 'It is in the new message below.' },
            sends: replies.map((reply) => ({ to: 'here', reply })),
          };
        }),
    }),
    action({
      verb: 'csat-package/open',
      data: onPackage,
      run: (turn, services) =>
        guarded(turn, services, async (one) =>
          asNewMessage(await opened(one, turn.now, services), 'It is in the new messages below.'),
        ),
    }),
    action({ verb: 'shiproom/list', readOnly: true, data: z.object({}), run: shiproom }),
    action({
      verb: 'shiproom/export',
      data: z.object({}),
      async run(turn, services): Promise<Outcome> {
        const cases = await openCases(turn, services);
        if (cases.length === 0) return say('There is no open CSAT Impacting case, so there is nothing to export.');
        const replies = copyReplies(
          'Open CSAT Impacting cases as CSV',
          [
            'Copy it into a file that ends in .csv. It is text and not a link to a file, so that nobody else can open it.',
          ],
          'CSV to copy',
          shiproomCsv(cases, turn.now, services.playbook),
        );
        return {
          reply: { kind: 'text', text: 'The CSV is in the new message below.' },
          sends: replies.map((reply) => ({ to: 'here', reply })),
        };
      },
    }),
  ],
};
