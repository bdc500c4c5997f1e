import { cardActionActivity, messageActivity, type CardAction, type Scene } from '../../src/local/activities.ts';
import type { Person } from '../../src/local/world.ts';
import { drive, type Lane } from './load.ts';
import { world } from './people.ts';
import type { Post } from './stand-in.ts';

export const connections = 16;
const threads = 20;
const card = 'application/vnd.microsoft.card.adaptive';

/** A bot under test, and whether it has dialogs of its own to go through. */
export interface Target {
  readonly url: string;
  readonly standIn: string;
  /** Where the activities say that the bot shall answer to. */
  readonly serviceUrl: string;
  readonly authorizations: readonly string[];
  readonly ours: boolean;
}

export interface Scenario {
  readonly key: 'card' | 'step' | 'text';
  readonly title: string;
  /** Lanes for one round; fresh dialogs are made here, outside the measured time. */
  prepare(target: Target): Promise<readonly Lane[]>;
  /** Proves with a few turns that our bot answers what the scenario is about; throws when it does not. */
  check(target: Target): Promise<void>;
}

// Ids of messages are times in milliseconds in Teams; a counter keeps each of them fresh for the whole run.
let lastId = Date.now();
const freshId = (): string => String((lastId += 1));

function sceneIn(target: Target, person: Person, rootId: string): Scene {
  return { world, person, place: { kind: 'channel', rootId }, serviceUrl: target.serviceUrl, at: Date.now() };
}

/** The JSON of an activity in two parts with its id between them: building it anew on each turn would cost more. */
type Cut = readonly [string, string];

function cut(activity: { readonly id: string }): Cut {
  const [before, after] = JSON.stringify({ ...activity, id: '#id#' }).split('#id#');
  return [before as string, after as string];
}

const personAt = (at: number): Person => world.people[at % world.people.length] as Person;

/** The lines in every mix of 50 people and 20 threads, in an order that mixes both. */
function typed(target: Target, lines: readonly string[]): Lane[] {
  const roots = Array.from({ length: threads }, freshId);
  const cuts = Array.from({ length: threads * world.people.length }, (_, at) => {
    const root = roots[Math.floor(at / world.people.length)] as string;
    const text = `@${world.bot.name} ${lines[at % lines.length]}`;
    return cut(messageActivity(sceneIn(target, personAt(at), root), { text }));
  });
  let at = 0;
  const next = (): string => {
    at = (at + 7_919) % cuts.length;
    const [before, after] = cuts[at] as Cut;
    return before + freshId() + after;
  };
  return Array.from({ length: connections }, () => ({ next }));
}

/** Posts while `work` runs, by the message that each one answers. */
async function postsDuring(target: Target, work: () => Promise<unknown>): Promise<Map<string, Post>> {
  await fetch(`${target.standIn}/bench/record`);
  await work();
  const posts = (await (await fetch(`${target.standIn}/bench/posts`)).json()) as Post[];
  return new Map(posts.map((post) => [post.target, post]));
}

async function firstPost(target: Target, lines: readonly string[]): Promise<Post> {
  const [lane] = typed(target, lines);
  const posts = await postsDuring(target, () => drive({ ...target, lanes: [lane as Lane], limit: { turns: 1 } }));
  const [post] = posts.values();
  if (!post) throw new Error(`no answer to "${lines[0]}" reached the stand-in`);
  return post;
}

// ---- a dialog, pressed through ---------------------------------------------------------------------------------------

/** The buttons of a card, wherever they are. */
function actionsIn(node: unknown, found: CardAction[] = []): CardAction[] {
  if (Array.isArray(node)) node.forEach((item) => actionsIn(item, found));
  else if (typeof node === 'object' && node !== null) {
    if ((node as CardAction).type === 'Action.Execute') found.push(node as CardAction);
    for (const [key, value] of Object.entries(node))
      if (key !== 'refresh' && key !== 'fallback') actionsIn(value, found);
  }
  return found;
}

const isBack = (action: CardAction): boolean => action.verb === 'advice/back';
const isAnswer = (action: CardAction): boolean => action.verb === 'advice/answer';

/** A started dialog: the activities of a press, cut where the action goes in, and the card that is shown now. */
interface Started {
  readonly parts: readonly [string, string, string];
  actions: readonly CardAction[];
  forward: boolean;
}

function startedDialog(target: Target, person: Person, root: string, post: { id: string; content: unknown }): Started {
  const action = { type: '#action#' };
  const scene = sceneIn(target, person, root);
  const [before, after] = cut(cardActionActivity(scene, { action, replyToId: post.id }));
  const [middle, end] = after.split(JSON.stringify(action));
  return { parts: [before, middle as string, end as string], actions: actionsIn(post.content), forward: true };
}

/** Presses an answer, then "back", and so on: each press changes the state and names the revision it was drawn with. */
function dialogLane(dialogs: readonly Started[]): Lane {
  let at = 0;
  return {
    next() {
      at = (at + 1) % dialogs.length;
      const dialog = dialogs[at] as Started;
      const action = dialog.actions.find(dialog.forward ? isAnswer : isBack);
      if (!action) throw new Error(`no button to press: ${JSON.stringify(dialog.actions)}`);
      const [before, middle, end] = dialog.parts;
      return `${before}f:${freshId()}${middle}${JSON.stringify(action)}${end}`;
    },
    answered(answer) {
      const dialog = dialogs[at] as Started;
      const { type, value } = JSON.parse(answer) as { type: string; value: unknown };
      if (type !== card) throw new Error(`expected a card, got ${answer}`);
      dialog.forward = !dialog.forward;
      const actions = actionsIn(value);
      // The echo bot shows no buttons; the ones that were made up for it are pressed again.
      if (actions.length > 0) dialog.actions = actions;
    },
  };
}

const dialogsPerLane = 4;

/** Asks in fresh threads and reads what was posted: the dialogs to press through in this round. */
async function startDialogs(target: Target): Promise<Started[]> {
  const asked = Array.from({ length: connections * dialogsPerLane }, (_, at) => {
    const id = freshId();
    const root = String(Number(id) - 1_000_000 * (1 + (at % threads)));
    return { id, root, person: personAt(at * 7) };
  });
  if (!target.ours) {
    return asked.map(({ id, root, person }, at) => {
      const dialog = `00000000-0000-4000-9000-${String(at).padStart(12, '0')}`;
      const actions = ['answer', 'back'].map((name) => ({
        type: 'Action.Execute',
        verb: `advice/${name}`,
        title: name,
        data: { dialog, revision: 1, question: 'request-kind', answer: name },
      }));
      return startedDialog(target, person, root, { id, content: actions });
    });
  }
  let at = 0;
  const lane: Lane = {
    next() {
      const { id, root, person } = asked[at++] as (typeof asked)[number];
      const text = `@${world.bot.name} should I open an ICM?`;
      return JSON.stringify(messageActivity(sceneIn(target, person, root), { id, text }));
    },
  };
  const lanes = Array.from({ length: connections }, () => lane);
  const posts = await postsDuring(target, () => drive({ ...target, lanes, limit: { turns: asked.length } }));
  return asked.map(({ id, root, person }) => {
    const post = posts.get(id);
    if (!post) throw new Error('no card for a dialog reached the stand-in');
    return startedDialog(target, person, root, { id: post.id, content: JSON.parse(post.body) });
  });
}

// ---- the three -------------------------------------------------------------------------------------------------------

/** One severity question, whole. */
export function questionActivity(serviceUrl: string): string {
  const scene: Scene = {
    world,
    person: personAt(0),
    place: { kind: 'channel', rootId: freshId() },
    serviceUrl,
    at: Date.now(),
  };
  return JSON.stringify(messageActivity(scene, { id: freshId(), text: `@${world.bot.name} ${severityQuestions[0]}` }));
}

const severityQuestions = ['sev a?', 'which icm sev for a sev b case', 'sev c?'];

export const scenarios: readonly Scenario[] = [
  {
    key: 'card',
    title: '(a) severity question in a channel, answered by a card',
    prepare: async (target) => typed(target, severityQuestions),
    async check(target) {
      for (const question of severityQuestions) {
        const { body } = await firstPost(target, [question]);
        if (!body.includes(card) || !/sev/i.test(body)) throw new Error(`"${question}" got no severity card: ${body}`);
      }
    },
  },
  {
    key: 'step',
    title: '(b) step of a dialog by card action',
    async prepare(target) {
      const dialogs = await startDialogs(target);
      return Array.from({ length: connections }, (_, lane) =>
        dialogLane(dialogs.filter((_dialog, at) => at % connections === lane)),
      );
    },
    async check(target) {
      const [dialog] = await startDialogs(target);
      if (!dialog) throw new Error('no dialog was started');
      const seen = [JSON.stringify(dialog.actions)];
      const lane = dialogLane([dialog]);
      for (let press = 0; press < 4; press += 1) {
        await drive({ ...target, lanes: [lane], limit: { turns: 1 } });
        seen.push(JSON.stringify(dialog.actions));
      }
      if (new Set(seen).size !== seen.length) throw new Error(`a press changed nothing: ${seen.join('\n')}`);
    },
  },
  {
    key: 'text',
    title: '(c) plain text answer in a channel',
    prepare: async (target) => typed(target, ['thanks']),
    async check(target) {
      const { body } = await firstPost(target, ['thanks']);
      const { text, attachments } = JSON.parse(body) as { text?: string; attachments?: unknown };
      if (!text || attachments) throw new Error(`"thanks" got no plain text: ${body}`);
    },
  },
];
