import { parseArgs } from 'node:util';
import { extensionActivity } from '../../src/local/activities.ts';
import { atMost, figure } from '../../scripts/figures.ts';
import { startChild } from './child.ts';
import { onPglite, onPostgres, type Home } from './contenders.ts';
import { closeConnections, drive, type Lane } from './load.ts';
import { world } from './people.ts';
import { Latencies } from './statistics.ts';

/**
 * `npm run bench:extension`: how long *Check customer message* takes through the protocol, on a message and from its
 * form. The goal is a p99 below 300 ms; Teams waits 5 s. It only prints; no time fails anything.
 */
const { values: options } = parseArgs({
  options: { turns: { type: 'string', default: '2000' }, connections: { type: 'string', default: '4' } },
});
const turns = Number(options.turns);
const connections = Number(options.connections);

const usual =
  'Hello Ana,\n\nI have opened an IcM, 512345678, for job fleet-eu, which has been late since 07:20 UTC today; only your drivers in Lyon are affected. The product team will fix it by 15:00. I will write to you again tomorrow at 09:00 CET.\n\nKind regards\nPriya';
/** Of row I10: what people paste by mistake, and what a check can make little of. */
const odd = [
  '.',
  '👩‍👩‍👧‍👦 🎉 👍🏽',
  '"" “” „“ «»',
  '> > >',
  'Bonjour Ana, 你好, Привет: der Job läuft wieder, gracias.',
  Buffer.from(usual.repeat(30)).toString('base64'),
];
const drafts: readonly (readonly [string, readonly string[]])[] = [
  ['a usual message (250 characters)', [usual]],
  ['odd ones (signs, emoji, base64)', odd],
  ['a long one (20,000 characters)', [usual.repeat(100).slice(0, 20_000)]],
  ['a hostile one (100 KB)', ['I C M '.repeat(17_000)]],
];

let lastId = Date.now();
const standIn = await startChild('./stand-in.ts');
const homes = [await onPostgres(), onPglite()].filter((home): home is Home => home !== undefined);
console.log(`Node ${process.version}, ${turns} turns over ${connections} connections each`);
console.log('home               kind          message                                p50 ms   p99 ms   max ms');
try {
  for (const home of homes) await measure(home);
} finally {
  await closeConnections();
  await standIn.stop();
  for (const home of homes) await home.remove();
}

async function measure({ contender }: Home): Promise<void> {
  const serviceUrl = `http://127.0.0.1:${standIn.port}/`;
  const child = await startChild(contender.file, { ...contender.env, STAND_IN: serviceUrl, LOG_LEVEL: 'info' });
  const url = `http://127.0.0.1:${child.port}/api/messages`;
  for (const [name, texts] of drafts) {
    const length = texts[0]?.length ?? 1;
    for (const kind of ['fetchTask', 'submitAction'] as const) {
      // Fewer of the long ones, which take longer.
      const few = Math.min(turns, Math.max(20, Math.ceil((turns * 500) / length)));
      const lanes = Array.from({ length: connections }, (_, at) => laneOf(kind, texts, at, serviceUrl));
      const run = (most: number) => drive({ url, lanes, authorizations: [], limit: { turns: most } });
      await run(Math.ceil(few / 10));
      const { latencies } = await run(few);
      const long = Latencies.quantile([latencies], 0.99);
      const goal = length < 1_000 ? { goal: atMost(Math.round(long), 300) } : {};
      const what = `check of ${name}, ${kind}, ${contender.name}`;
      figure({ by: 'bench:extension', what, value: `p99 ${long.toFixed(1)} ms`, ...goal });
      const [p50, p99, most] = [0.5, 0.99, 1].map((share) => Latencies.quantile([latencies], share).toFixed(1));
      console.log(
        `${contender.name.padEnd(18)} ${kind.padEnd(13)} ${name.padEnd(36)} ${p50?.padStart(8)} ${p99?.padStart(8)} ${most?.padStart(8)}`,
      );
    }
  }
  await child.stop();
}

function laneOf(kind: 'fetchTask' | 'submitAction', texts: readonly string[], at: number, serviceUrl: string): Lane {
  const person = world.people[at % world.people.length] as (typeof world.people)[number];
  return {
    next() {
      const scene = { world, person, place: { kind: 'channel' } as const, serviceUrl, at: Date.now() };
      lastId += 1;
      const text = texts[lastId % texts.length] ?? '';
      return JSON.stringify(
        extensionActivity(scene, {
          id: `f:${lastId}`,
          kind,
          commandId: 'checkCustomerMessage',
          context: kind === 'fetchTask' ? 'message' : 'compose',
          ...(kind === 'fetchTask'
            ? { message: { id: '1', from: person.name, html: `<p>${text.replaceAll('\n', '<br>')}</p>` } }
            : { data: { verb: 'message-check/check', text, audience: 'customer' } }),
        }),
      );
    },
    answered(answer) {
      if (!answer.includes('"type":"continue"') || (texts.length === 1 && !answer.includes('ICM')))
        throw new Error(`expected a dialog with findings, got ${answer.slice(0, 300)}`);
    },
  };
}
