import assert from 'node:assert/strict';
import { cardActionActivity, messageActivity, type Place, type Scene } from '../../src/local/activities.ts';
import { buttonsOf, type CardJson, type Harness } from '../support/harness.ts';

export interface RawAnswer {
  readonly status: number;
  readonly text: string;
}

/** What an invoke was answered with; fails the test when Teams would show "unable to reach app". */
export function invokeAnswer({ status, text }: RawAnswer): { readonly card?: CardJson; readonly sentence?: string } {
  assert.equal(status, 200);
  const { statusCode, type, value } = JSON.parse(text) as { statusCode: unknown; type: unknown; value: unknown };
  assert.equal(statusCode, 200);
  if (type === 'application/vnd.microsoft.activity.message') {
    assert(typeof value === 'string' && value.trim() !== '', text);
    return { sentence: value };
  }
  assert.equal(type, 'application/vnd.microsoft.card.adaptive');
  const card = value as CardJson;
  assert(card['type'] === 'AdaptiveCard' && card['version'] === '1.5', text);
  return { card };
}

export const sceneOf = (bot: Harness, key: string, place: Place = { kind: 'personal' }): Scene => ({
  ...bot.client.scene(bot.person(key), place),
  at: bot.clock.now++,
});

let made = 0;

/** A typed line with an id of its own. */
export const messageFrom = (bot: Harness, key: string, text: string, place?: Place) =>
  messageActivity(sceneOf(bot, key, place), { id: `m${(made += 1)}`, text });

/** A pressed button with an id of its own. */
export const clickFrom = (bot: Harness, key: string, action: unknown, place?: Place, replyToId = '1') =>
  cardActionActivity(sceneOf(bot, key, place), {
    action: { type: 'Action.Execute', ...(action as object) },
    replyToId,
  });

export function buttonWith(card: CardJson, title: string): CardJson {
  const found = buttonsOf(card).find((button) => button['title'] === title);
  if (!found) throw new Error(`Expected a button "${title}"`);
  return found;
}

export interface DialogRow {
  readonly id: string;
  readonly owner_id: string;
  readonly revision: number;
  readonly state: unknown;
  readonly is_open: boolean;
}

/** Every dialog as it is kept, oldest first. */
export const dialogsOf = (bot: Harness) =>
  bot.database.query<DialogRow>('SELECT id, owner_id, revision, state, is_open FROM dialog ORDER BY created_at, id');

/** New messages of the bot so far, however the connector answered. */
export const postsOf = (bot: Harness) => bot.standIn.requests.filter(({ method }) => method === 'POST');

/** Lines of the log at level ERROR, which means that a person must act. */
export const errorsOf = (bot: Harness) => bot.log.filter((line) => line.includes('"level":50'));
