/**
 * Row H13, as a program of its own, so that a rejection nobody handles or an exception nobody catches ends it as it
 * would end the bot. Sends FUZZ_COUNT mutated activities to the bot: most of them straight to the handler of
 * activities with records in memory, every tenth over HTTP with PGlite and the connector stand-in. Prints one line of
 * JSON for the test.
 */
import { Pool } from 'undici';
import { createActivityHandler } from '../../src/bot/activity-handler.ts';
import { createChannel } from '../../src/bot/channel.ts';
import { createCardRenderer, maxCardLength, warmTemplates } from '../../src/bot/card-renderer.ts';
import type { Connector } from '../../src/bot/connector.ts';
import { localIdentity } from '../../src/bot/identity.ts';
import { createRouter } from '../../src/bot/router.ts';
import { AppError } from '../../src/errors.ts';
import { cards, features } from '../../src/features/index.ts';
import type { Dialog, Services } from '../../src/features/feature.ts';
import type { HttpAnswer } from '../../src/http/server.ts';
import {
  botAddedActivity,
  cardActionActivity,
  installationUpdateActivity,
  invokeActivity,
  messageActivity,
  submitActivity,
  type CardAction,
  type Place,
} from '../../src/local/activities.ts';
import { createLogger } from '../../src/logger.ts';
import { createMail } from '../../src/mail/mail.ts';
import { loadPlaybook } from '../../src/playbook/load.ts';
import type { Places } from '../../src/store/places.ts';
import type { ActivityKey, Turns } from '../../src/store/turns.ts';
import { loadUnderstanding } from '../../src/understanding/load.ts';
import { buttonsOf, Harness, type CardJson } from '../support/harness.ts';
import type { FuzzReport } from './fuzz-report.ts';
import { Dice, mutate, textsOf } from './mutate.ts';
import { prototypeNow } from './names.ts';

const count = Number(process.env['FUZZ_COUNT'] ?? 100_000);
const seed = Number(process.env['FUZZ_SEED'] ?? 20261120);
const overHttp = Math.floor(count / 10);

const faults: string[] = [];
const statuses: Record<string, number> = {};
/** Changes of checks that were kept: the mutations do not only knock at the door. */
let changes = 0;
const fault = (what: string, activity: unknown): void => {
  if (faults.length < 20) faults.push(`${what}: ${JSON.stringify(activity).slice(0, 2_000)}`);
};

/** Invokes that the bot answers. */
const KNOWN = new Set<unknown>([
  'adaptiveCard/action',
  'composeExtension/fetchTask',
  'composeExtension/submitAction',
  'composeExtension/query',
]);

/** What must hold of each answer; `read` says what of the activity the bot can read. */
function check(activity: Record<string, unknown>, status: number, body: string): void {
  statuses[status] = (statuses[status] ?? 0) + 1;
  const { type, name } = activity;
  const unknownInvoke = type === 'invoke' && !KNOWN.has(name);
  if (status === 501 ? !unknownInvoke : ![200, 400, 403, 413].includes(status)) fault(`HTTP ${status}`, activity);
  if (unknownInvoke && status === 200) fault('an unknown invoke got HTTP 200', activity);
  if (type !== 'invoke' || name !== 'adaptiveCard/action' || status !== 200) return;
  try {
    const answer = JSON.parse(body) as { statusCode?: unknown; type?: unknown; value?: unknown };
    const isCard = answer.type === 'application/vnd.microsoft.card.adaptive' && typeof answer.value === 'object';
    const isText = answer.type === 'application/vnd.microsoft.activity.message' && typeof answer.value === 'string';
    if (answer.statusCode !== 200 || !(isCard || isText)) fault(`not an answer to an invoke: ${body}`, activity);
    if (isCard) harvest(answer.value, activity as { from: unknown; conversation: unknown });
    if (body.length > maxCardLength + 200) fault(`an answer of ${body.length} characters`, activity);
  } catch {
    fault(`no JSON: ${body}`, activity);
  }
}

let crowded = 0;
/** What the bot must not say in the log: ERROR means that a person must act, and nothing here is worth that. */
function checkLog(lines: string[]): void {
  for (const line of lines.filter((one) => one.includes('"level":50'))) {
    // One person types many lines at once here, which no person does.
    if (line.includes('the dialog changed three times under the turn')) crowded += 1;
    else fault('ERROR in the log', line);
  }
  lines.length = 0;
}

// ---- real activities to begin with ----------------------------------------------------------------------------------

const before = prototypeNow();
const bot = await Harness.start();
const lines = [
  'should I open an ICM?',
  'sev A case, customer sees an outage in West Europe, open an ICM?',
  'help',
  'sev a?',
  'severity table',
  'a quota increase',
  'none',
  'back',
  'change',
  'start over',
  'cancel',
  'thanks',
  'zzz qqq',
];
const everyPlace: Place[] = [{ kind: 'personal' }, { kind: 'channel' }];
const activities: object[] = [];
for (const place of everyPlace) {
  const scene = bot.client.scene(bot.person('priya'), place);
  const mention = place.kind === 'channel' ? `@${bot.standIn.world.bot.name} ` : '';
  activities.push(
    ...lines.map((text) => messageActivity(scene, { text: mention + text })),
    installationUpdateActivity(scene, 'add'),
    installationUpdateActivity(scene, 'remove'),
    botAddedActivity(scene),
    invokeActivity(scene, { name: 'composeExtension/query', value: { commandId: 'x' } }),
  );
  for (const path of [[], ['A quota increase'], ['A question about a query', 'None of these'], ['Cancel']]) {
    await bot.database.query('UPDATE dialog SET is_open = false');
    const { message } = await bot.ask('priya', 'should I open an ICM?', place);
    for (const title of path) await bot.press('priya', message.id, title);
    collect(bot.cardFor('priya', message.id), message.id);
  }
  for (const line of ['help', 'sev a?', 'zzz qqq']) {
    const { message, card } = await bot.ask('lukas', line, { kind: 'channel' });
    collect(card, message.id);
  }
  function collect(card: CardJson, replyToId: string): void {
    const refresh = (card['refresh'] as { action?: CardAction } | undefined)?.action;
    if (refresh) activities.push(cardActionActivity(scene, { action: refresh, trigger: 'automatic', replyToId }));
    for (const button of buttonsOf(card)) {
      if (button['type'] !== 'Action.Execute') continue;
      activities.push(cardActionActivity(scene, { action: button as unknown as CardAction, replyToId }));
      const { data } = button['fallback'] as { data: unknown };
      activities.push(submitActivity(scene, { data, replyToId }));
    }
  }
}
const known = [
  ...new Set([...textsOf(activities), ...features.flatMap(({ actions = [] }) => actions.map(({ verb }) => verb))]),
];
const dice = new Dice(seed);
let made = 0;

/** Buttons of cards that the bot has just given, so that many mutations meet a check that is under way. */
const live: object[] = [];
const anyScene = bot.client.scene(bot.person('priya'), { kind: 'personal' });
const anyClick = cardActionActivity(anyScene, { action: { type: 'Action.Execute' }, replyToId: '1' });
const anySubmit = submitActivity(anyScene, { data: {}, replyToId: '1' });
function harvest(
  card: unknown,
  { from, conversation }: { readonly from: unknown; readonly conversation: unknown },
): void {
  for (const action of buttonsOf(card)) {
    if (action['type'] !== 'Action.Execute') continue;
    const { data } = (action['fallback'] ?? {}) as { data?: unknown };
    live.push(
      dice.chance(0.7)
        ? { ...anyClick, from, conversation, value: { action, trigger: 'manual' } }
        : { ...anySubmit, from, conversation, value: data },
    );
  }
  if (live.length > 100) live.splice(0, live.length - 100);
}
/** The cards of a message that the bot has posted. */
function harvestPost(message: unknown): void {
  const { recipient, conversation, attachments } = message as {
    recipient?: { id?: string };
    conversation?: { id?: string };
    attachments?: { content?: unknown }[];
  };
  const person = bot.standIn.world.people.find(({ id }) => id === recipient?.id);
  if (!person || !attachments) return;
  const { id, aadObjectId, name } = person;
  harvest(attachments[0]?.content, {
    from: { id, aadObjectId, name },
    conversation: { id: conversation?.id, conversationType: 'channel', tenantId: bot.standIn.world.tenantId },
  });
}

let last: Record<string, unknown> = {};
/** The next one to send: mutated, with an id of its own unless that was mutated too, and sometimes one once more. */
function next(): Record<string, unknown> {
  made += 1;
  if (dice.chance(0.02)) return last;
  const id = `fuzz-${made}`;
  if (live.length === 0 || dice.chance(0.4)) return (last = mutate(dice, { ...dice.pick(activities), id }, known));
  const activity: Record<string, unknown> = { ...structuredClone(dice.pick(live)), id };
  if (dice.chance(0.1)) return (last = activity);
  if (dice.chance(0.5)) return (last = mutate(dice, activity, known));
  // Everything is as it should be but the data of the button.
  return (last = { ...activity, value: mutate(dice, activity['value'] as object, known) });
}
const from = performance.now();

// ---- over HTTP, with the database -----------------------------------------------------------------------------------

const pool = new Pool(bot.url, { connections: 16 });
bot.standIn.requests.length = 0;
checkLog(bot.log);
let sent = 0;
await Promise.all(
  Array.from({ length: 16 }, async () => {
    while (sent < overHttp) {
      sent += 1;
      const activity = next();
      const response = await pool.request({
        method: 'POST',
        path: '/api/messages',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(activity),
      });
      check(activity, response.statusCode, await response.body.text());
      harvestPost(bot.standIn.requests.at(-1)?.body ?? {});
      if (sent % 500 === 0) {
        checkLog(bot.log);
        // A message that Teams would not take: too large, or with nothing in it.
        for (const { status, body } of bot.standIn.requests.splice(0))
          if (status === 400 || status === 413) fault(`the connector answered ${status}`, body);
      }
    }
  }),
);
await bot.app.settle();
checkLog(bot.log);
const httpMs = performance.now() - from;
const [first] = await bot.say('diego', 'sev a?', { kind: 'channel' });

// ---- straight to the handler, with records in memory ----------------------------------------------------------------

const log: string[] = [];
const services: Services = {
  playbook: loadPlaybook(),
  understanding: loadUnderstanding(),
  features,
  cards: new Map(cards.map((card) => [card.name, card])),
  answer: (turn) => router.message(turn),
  newId: () => crypto.randomUUID(),
  personalChat: (person) => places.personalChat(person),
  member: async () => undefined,
  records: bot.database,
  deliver: () => async () => true,
  takeBack: () => async () => true,
  mail: createMail(undefined),
};
const router = createRouter(features, services);
const places = placesInMemory();
await warmTemplates();
const renderer = createCardRenderer(new URL('../../cards/', import.meta.url));
const handler = createActivityHandler({
  identity: localIdentity(),
  scene: { router, services, renderer, channel: createChannel(renderer, strictConnector()), says: (text) => text },
  practice: async () => undefined,
  turns: turnsInMemory(),
  places,
  parking: { park: async () => undefined, unpark: async () => undefined },
  log: createLogger('debug', { write: (line: string) => void log.push(line) }),
  now: () => new Date(),
});
const fromDirect = performance.now();
for (let done = overHttp; done < count; done += 8) {
  const batch = Array.from({ length: Math.min(8, count - done) }, next);
  await Promise.all(
    batch.map(async (activity) => {
      const text = JSON.stringify(activity);
      let answer: HttpAnswer;
      try {
        answer = await handler.handle(JSON.parse(text) as Record<string, unknown>, '', 'fuzz');
      } catch (thrown) {
        if (!(thrown instanceof AppError)) return fault(`thrown: ${String(thrown)}`, activity);
        answer = { status: thrown.status };
      }
      check(activity, answer.status, answer.body ?? '');
    }),
  );
  if (done % 800 === 0) {
    checkLog(log);
    // Nothing else in this loop waits for more than a promise.
    await new Promise((resolve) => setImmediate(resolve));
  }
}
await handler.settle();
checkLog(log);
const directMs = performance.now() - fromDirect;

// ---- and the bot goes on --------------------------------------------------------------------------------------------

const after = prototypeNow();
const changed = Object.keys({ ...before, ...after }).filter((name) => before[name]?.value !== after[name]?.value);
const [answer] = await bot.say('diego', 'sev a?', { kind: 'channel' });
await pool.close();
await bot.stop();
const rate = (turns: number, ms: number) => Math.round((turns / ms) * 1_000);
process.stdout.write(
  `${JSON.stringify({
    count: made,
    seed,
    faults,
    changed,
    crowded,
    changes,
    answered: first !== undefined && answer !== undefined,
    statuses,
    seconds: Math.round((performance.now() - from) / 1_000),
    perSecond: { overHttp: rate(overHttp, httpMs), direct: rate(count - overHttp, directMs) },
  } satisfies FuzzReport)}\n`,
);

/** Takes what Teams would take, and holds everything else against the bot. */
function strictConnector(): Connector {
  let id = 0;
  const take = (json: string): void => {
    const { text, attachments } = JSON.parse(json) as { text?: unknown; attachments?: unknown };
    if ((text === undefined) === (attachments === undefined)) fault('neither text nor card, or both', json);
    if (text !== undefined && (typeof text !== 'string' || text === '')) fault('an empty text', json);
    harvestPost(JSON.parse(json));
    if (json.length > 14_000) fault(`a message of ${json.length} characters`, json);
  };
  const notHere = async (): Promise<never> => fault('a turn used the ways of the outbox', '') as never;
  return {
    counts: { requests: 0 },
    post: async (_serviceUrl, _conversationId, _replyTo, json) => {
      take(json);
      return String((id += 1));
    },
    replace: async (_serviceUrl, _conversationId, _activityId, json) => take(json),
    tryPost: notHere,
    tryNewThread: notHere,
    tryReplace: notHere,
    member: notHere,
    probe: notHere,
    close: async () => undefined,
  };
}

/** Records of turns as the database keeps them, as far as one process needs them. */
function turnsInMemory(): Turns {
  const inbox = new Map<string, { answer: unknown; answered: boolean }>();
  const dialogs = new Map<string, Dialog & { readonly tenantId: string }>();
  const nameOf = (key: ActivityKey) => JSON.stringify([key.tenantId, key.conversationId, key.activityId]);
  const json = (value: unknown): unknown => JSON.parse(JSON.stringify(value ?? null));
  const isHere = (key: ActivityKey) => (dialog: Dialog & { readonly tenantId: string }) =>
    dialog.tenantId === key.tenantId && dialog.place.conversationId === key.conversationId;
  const named = (key: ActivityKey, id: string | undefined) => {
    const dialog = id === undefined ? undefined : dialogs.get(id);
    return dialog && isHere(key)(dialog) ? dialog : undefined;
  };
  const of = (dialog: Dialog | undefined) => ({ dialog, drill: undefined });
  return {
    async begin(key, personId, dialogId) {
      const isOwn = (dialog: Dialog) => dialog.open && dialog.ownerId === personId;
      const dialog =
        dialogId === undefined
          ? [...dialogs.values()].findLast((one) => isHere(key)(one) && isOwn(one))
          : named(key, dialogId);
      const known = inbox.get(nameOf(key));
      if (known)
        return known.answered
          ? { kind: 'answered', answer: known.answer, ...of(dialog) }
          : { kind: 'taken', ...of(dialog) };
      inbox.set(nameOf(key), { answer: null, answered: false });
      return { kind: 'fresh', ...of(dialog) };
    },
    async look(key, dialogId) {
      const dialog = named(key, dialogId);
      const known = inbox.get(nameOf(key));
      return known?.answered
        ? { kind: 'answered', answer: known.answer, ...of(dialog) }
        : { kind: 'fresh', ...of(dialog) };
    },
    remembered: named,
    async readDialog(_tenantId, id) {
      return dialogs.get(id);
    },
    async commit(key, person, effect) {
      const { dialog } = effect;
      for (const change of effect.changes ?? []) if (!(await bot.database.transaction(change))) return 'moved';
      if (dialog?.kind !== 'update' && inbox.get(nameOf(key))?.answered) return 'repeat';
      if (dialog?.kind === 'start') {
        dialogs.set(dialog.id, {
          id: dialog.id,
          tenantId: key.tenantId,
          feature: dialog.feature,
          place: { conversationId: key.conversationId },
          ownerId: person.aadObjectId,
          ownerTeamsId: person.teamsId,
          ownerName: person.name,
          revision: 1,
          state: json(dialog.state),
          open: true,
          cardActivityId: undefined,
          drill: undefined,
        });
        // Enough for one person's newest to be there, and few enough to look through.
        if (dialogs.size > 50) dialogs.delete(dialogs.keys().next().value as string);
      } else if (dialog) {
        const now = dialogs.get(dialog.dialog.id);
        if (now?.revision !== dialog.dialog.revision) return 'moved';
        const { state, open, moveTo } = dialog;
        const stays = moveTo?.conversationId ?? now.place.conversationId;
        changes += 1;
        dialogs.set(now.id, {
          ...now,
          place: { conversationId: stays },
          revision: now.revision + 1,
          state: json(state),
          open,
        });
      }
      inbox.set(nameOf(key), { answer: json(effect.answer), answered: effect.answered });
      return 'kept';
    },
    answered(key, card) {
      const row = inbox.get(nameOf(key));
      if (row) row.answered = true;
      const dialog = card && dialogs.get(card.dialogId);
      if (dialog) dialogs.set(dialog.id, { ...dialog, cardActivityId: card.activityId });
    },
    release: async () => undefined,
    flush: async () => undefined,
  };
}

function placesInMemory(): Places {
  const introduced = new Set<string>();
  return {
    keepPersonalChat: async () => undefined,
    forgetPersonalChat: async () => undefined,
    personalChat: async () => undefined,
    introduceOnce: async (tenantId, conversationId) => {
      const name = JSON.stringify([tenantId, conversationId]);
      return !introduced.has(name) && introduced.add(name) !== undefined;
    },
    forgetIntroduction: async (tenantId, conversationId) =>
      void introduced.delete(JSON.stringify([tenantId, conversationId])),
  };
}
