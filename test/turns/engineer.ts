import assert from 'node:assert/strict';
import type { Pool } from 'undici';
import type { CardRenderer } from '../../src/bot/card-renderer.ts';
import { adviceFeature } from '../../src/features/advice/advice-feature.ts';
import type { Action, Command, Dialog, Outcome, Place, Reply, Services } from '../../src/features/feature.ts';
import {
  cardActionActivity,
  conversationId,
  messageActivity,
  submitActivity,
  type CardAction,
  type TeamsActivity,
} from '../../src/local/activities.ts';
import type { Person } from '../../src/local/world.ts';
import { buttonsOf, wordsIn, type CardJson, type Harness } from '../support/harness.ts';
import type { Dice } from './mutate.ts';
import { invokeAnswer, type RawAnswer } from './parts.ts';

/** What the engineers of one thread share. */
export interface Thread {
  readonly bot: Harness;
  readonly pool: Pool;
  readonly dice: Dice;
  readonly rootId: string;
  readonly renderer: CardRenderer;
  readonly services: Services;
}

const question = 'should I open an ICM?';
const words = ['back', 'change', 'start over', 'sev a', 'sev b', 'none', 'a quota increase', 'i am not sure'];

/**
 * One engineer with an own check in a thread. Beside what is done to the bot, each valid step of this engineer alone is
 * replayed through the feature itself, which is pure: no database, no other people, no order of arrival. What the
 * bot shows and keeps must equal that.
 */
export class Engineer {
  readonly person: Person;
  readonly #thread: Thread;
  readonly #place: Place;
  /** Every check of this engineer, as the steps alone lead to it; the last is the one at hand. */
  readonly checks: Dialog[] = [];
  /** The card that this engineer looks at. */
  card: CardJson | undefined;
  /** The message that holds it. */
  messageId = '1';
  /** Cards of before, for presses on what is old. */
  readonly #old: { readonly card: CardJson; readonly messageId: string }[] = [];
  readonly #sent: { readonly activity: TeamsActivity; readonly answer: RawAnswer; readonly effect: boolean }[] = [];
  turns = 0;

  constructor(person: Person, thread: Thread) {
    this.person = person;
    this.#thread = thread;
    const { world, serviceUrl } = thread.bot.standIn;
    this.#place = {
      kind: 'channel',
      conversationId: conversationId(world, person, { kind: 'channel', rootId: thread.rootId }),
      serviceUrl,
      botId: world.bot.id,
    };
  }

  /** Does one thing at random. */
  async step(others: readonly Engineer[]): Promise<void> {
    const { dice } = this.#thread;
    const check = this.checks.at(-1);
    if (!check || !this.card) return this.#start();
    const chance = dice.next();
    if (chance < 0.08) return this.#pressAnothers(others);
    if (chance < 0.16 && this.#old.length > 0) return this.#pressOld();
    if (chance < 0.24 && this.#sent.length > 0) return this.#redeliver();
    if (chance < 0.42 && check.open && (await this.#type(check))) return;
    if (!check.open && chance < 0.7) return this.#start();
    return this.#press(check);
  }

  async #start(): Promise<void> {
    const activity = this.#message(question);
    await this.#send(activity, true);
    const post = this.#postFor(activity);
    const { action } = post.card['refresh'] as { action: { data: { dialog: string } } };
    const command = adviceFeature.commands?.[0] as Command;
    const services = { ...this.#thread.services, newId: () => action.data.dialog };
    const turn = { ...this.#turn(), text: question, dialog: undefined };
    this.#apply(await command.run(turn, services));
    this.#look(post.card, post.messageId);
    assert.equal(JSON.stringify(post.card), this.#expected(await command.run(turn, services)));
  }

  /** A button of the own card: once, or several times at once, with one id or with many; some by Action.Submit. */
  async #press(check: Dialog): Promise<void> {
    const { dice } = this.#thread;
    const button = this.#anyButton(this.card as CardJson);
    if (!button) return this.#start();
    const data = this.#withInputs(button);
    const outcome = await this.#alone(button, data, check);
    const messageId = this.messageId;
    if (dice.chance(0.15)) {
      const activity = submitActivity(this.#scene(), {
        id: this.#id('s'),
        data: { ...(button['fallback'] as { data: object }).data, ...data },
        replyToId: messageId,
      });
      await this.#send(activity, outcome.dialog !== undefined);
      this.#apply(outcome);
      const post = this.#postFor(activity);
      assert.equal(JSON.stringify(post.card), this.#expected(outcome));
      return this.#look(post.card, post.messageId);
    }
    const click = this.#click(button, data, messageId);
    const clicks = [click];
    if (dice.chance(0.2)) clicks.push(click, { ...click, id: this.#id('f:') }, { ...click, id: this.#id('f:') });
    // Of several ids one has the effect, and nobody can say which.
    const effect = outcome.dialog !== undefined && clicks.length === 1;
    const answers = await Promise.all(clicks.map((one) => this.#send(one, effect)));
    this.#apply(outcome);
    const cards = answers.map((answer) => invokeAnswer(answer).card as CardJson);
    cards.forEach((card) => this.#isOwn(card));
    if (clicks.length > 1) assert.deepEqual(cards[1], cards[0]);
    const expected = this.#expected(outcome);
    const shown = cards.map((card) => JSON.stringify(card));
    if (clicks.length === 1) assert.equal(shown[0], expected);
    else assert(shown.includes(expected), `none of the answers is ${expected}`);
    this.#look(cards[shown.indexOf(expected)] as CardJson, messageId);
  }

  /** A typed answer, or a word that steers; false when the check would not take the line that was drawn. */
  async #type(check: Dialog): Promise<boolean> {
    const { dice, services } = this.#thread;
    const labels = buttonsOf(this.card).map((button) => String(button['title']));
    const text = dice.chance(0.6) && labels.length > 0 ? dice.pick(labels) : dice.pick(words);
    const turn = { ...this.#turn(), text, dialog: check };
    const outcome = adviceFeature.typed?.(turn, services);
    if (!outcome) return false;
    const activity = this.#message(text);
    const times = dice.chance(0.2) ? 3 : 1;
    await Promise.all(Array.from({ length: times }, () => this.#send(activity, outcome.dialog !== undefined)));
    this.#apply(outcome);
    const post = this.#postFor(activity);
    assert.equal(JSON.stringify(post.card), this.#expected(outcome));
    this.#isOwn(post.card);
    this.#look(post.card, post.messageId);
    return true;
  }

  /** What another sees of a card changes nothing, and says whose it is. */
  async #pressAnothers(others: readonly Engineer[]): Promise<void> {
    const other = this.#thread.dice.pick(others.filter((one) => one !== this && one.card));
    const button = other?.card && this.#anyButton(other.card);
    if (!other || !button) return;
    const answer = await this.#send(this.#click(button, this.#withInputs(button), other.messageId), false);
    assert(wordsIn(invokeAnswer(answer).card).includes(other.person.name), answer.text);
  }

  async #pressOld(): Promise<void> {
    const { card, messageId } = this.#thread.dice.pick(this.#old);
    const button = this.#anyButton(card);
    if (!button) return;
    const { dialog, revision } = button['data'] as { dialog: string; revision?: string };
    const check = this.checks.find(({ id }) => id === dialog) as Dialog;
    // An old card can be the card of the present revision: what only reads does not raise it.
    if (Number(revision) === check.revision) return;
    const answer = await this.#send(this.#click(button, this.#withInputs(button), messageId), false);
    this.#isOwn(invokeAnswer(answer).card as CardJson);
  }

  /** Teams sends something once more, sooner or later. */
  async #redeliver(): Promise<void> {
    const { activity, answer, effect } = this.#thread.dice.pick(this.#sent);
    const again = await this.#post(activity);
    if (activity.type === 'message') assert.equal(this.#postsFor(activity).length, 1);
    else if (!effect) invokeAnswer(again);
    else {
      assert.equal(again.text, answer.text);
    }
  }

  /** What a press comes to when nobody else is there. */
  async #alone(button: CardJson, data: object, dialog: Dialog): Promise<Outcome> {
    const action = adviceFeature.actions?.find(({ verb }) => verb === button['verb']) as Action;
    const turn = {
      ...this.#turn(),
      data: action.data.parse(data),
      automatic: false,
      inDialog: false,
      cardActivityId: this.messageId,
    };
    return action.run({ ...turn, dialog }, this.#thread.services);
  }

  #apply({ dialog: change }: Outcome): void {
    if (!change) return;
    const state: unknown = JSON.parse(JSON.stringify(change.state));
    if (change.kind === 'start') {
      this.checks.push({
        id: change.id,
        feature: change.feature,
        place: this.#place,
        ownerId: this.person.aadObjectId,
        ownerTeamsId: this.person.id,
        ownerName: this.person.name,
        revision: 1,
        state,
        open: true,
        cardActivityId: undefined,
        drill: undefined,
      });
    } else {
      this.checks.pop();
      this.checks.push({ ...change.dialog, revision: change.dialog.revision + 1, state, open: change.open });
    }
  }

  #expected({ reply }: Outcome): string {
    const { card, view } = reply as Extract<Reply, { kind: 'card' }>;
    return this.#thread.renderer.render(card, view);
  }

  #look(card: CardJson, messageId: string): void {
    if (this.card) this.#old.push({ card: this.card, messageId: this.messageId });
    this.card = card;
    this.messageId = messageId;
  }

  /** The card names this engineer and nobody else of the thread. */
  #isOwn(card: CardJson): void {
    const text = wordsIn(card);
    const named = this.#thread.bot.standIn.world.people.filter(({ name }) => text.includes(name));
    assert.deepEqual(
      named.map(({ name }) => name),
      [this.person.name],
    );
  }

  #anyButton(card: CardJson): CardJson | undefined {
    const { dice } = this.#thread;
    const buttons = buttonsOf(card).filter(
      ({ type, verb }) =>
        type === 'Action.Execute' &&
        verb !== 'advice/private' &&
        verb !== 'advice/own' &&
        // It opens a form below, for anybody, and does nothing to the check.
        verb !== 'tracking/form' &&
        (verb !== 'advice/cancel' || dice.chance(0.2)) &&
        (verb !== 'advice/restart' || dice.chance(0.4)),
    );
    return buttons.length > 0 ? dice.pick(buttons) : undefined;
  }

  /** The data of a button with some boxes ticked. */
  #withInputs(button: CardJson): object {
    const data = button['data'] as object;
    if (button['title'] !== 'Continue') return data;
    const { dice, services } = this.#thread;
    const { question: id } = data as { question: string };
    const options = Object.keys(services.playbook.questions[id]?.options ?? {});
    return { ...data, ticked: options.filter(() => dice.chance(0.3)).join(',') };
  }

  #click(button: CardJson, data: object, replyToId: string): TeamsActivity {
    const action = { ...button, data } as unknown as CardAction;
    return cardActionActivity(this.#scene(), { id: this.#id('f:'), action, replyToId });
  }

  #message(text: string): TeamsActivity {
    const mention = `@${this.#thread.bot.standIn.world.bot.name} `;
    return messageActivity(this.#scene(), { id: this.#id('m'), text: mention + text });
  }

  #scene() {
    return this.#thread.bot.client.scene(this.person, { kind: 'channel', rootId: this.#thread.rootId });
  }

  #turn() {
    const { aadObjectId, id, name } = this.person;
    const person = { tenantId: this.#thread.bot.standIn.world.tenantId, aadObjectId, teamsId: id, name };
    return {
      person,
      place: this.#place,
      now: new Date(this.#thread.bot.clock.now),
      correlationId: 'alone',
      clientZone: undefined,
      mentioned: [],
    };
  }

  #id(kind: string): string {
    this.turns += 1;
    return `${kind}${this.#thread.rootId}-${this.person.key}-${this.turns}`;
  }

  async #send(activity: TeamsActivity, effect: boolean): Promise<RawAnswer> {
    const answer = await this.#post(activity);
    assert.equal(answer.status, 200);
    if (!this.#sent.some((one) => one.activity.id === activity.id)) this.#sent.push({ activity, answer, effect });
    return answer;
  }

  async #post(activity: TeamsActivity): Promise<RawAnswer> {
    const response = await this.#thread.pool.request({
      method: 'POST',
      path: '/api/messages',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(activity),
    });
    return { status: response.statusCode, text: await response.body.text() };
  }

  #postsFor(activity: TeamsActivity) {
    return this.#thread.bot.standIn.requests.filter(
      ({ method, path }) => method === 'POST' && path.endsWith(`/activities/${activity.id}`),
    );
  }

  /** The one message with which the bot has answered. */
  #postFor(activity: TeamsActivity): { card: CardJson; messageId: string } {
    const posts = this.#postsFor(activity);
    assert.equal(posts.length, 1);
    const { attachments } = posts[0]?.body as { attachments: { content: CardJson }[] };
    const message = this.#thread.bot.messages().find(({ content }) => content.attachments === (attachments as unknown));
    return { card: attachments[0]?.content as CardJson, messageId: String(message?.id) };
  }
}
