import type { Place } from '../../../src/local/activities.ts';
import type { StoredMessage } from '../../../src/local/conversations.ts';
import type { Harness } from '../../support/harness.ts';
import { buttonsOf, cardOf, wordsIn } from '../../support/harness.ts';

export const minute = 60_000;
export const channel: Place = { kind: 'channel' };
export const MARK = 'PRACTICE RUN. Nothing here is real.';

export const titlesOf = (message: StoredMessage): string[] =>
  buttonsOf(cardOf(message)).map((button) => String(button['title']));

/** What a message says, card or text. */
export const wordsOf = ({ content }: StoredMessage): string =>
  content.attachments?.length ? wordsIn(content.attachments[0]?.content) : String(content.text);

export interface Begun {
  readonly place: Place;
  readonly rootId: string;
  /** The message that held the scenarios. */
  readonly chosen: StoredMessage;
  readonly briefing: StoredMessage;
  readonly icm: StoredMessage;
}

/** Starts a practice run in a new post, and lets the first posts come. */
export async function begin(bot: Harness, key = 'priya', scenario = 'Outage in a region'): Promise<Begun> {
  const { message } = await bot.ask(key, 'start a drill', channel);
  await bot.press(key, message.id, `Practise “${scenario}”`);
  const rootId = message.rootId as string;
  const posts = (await bot.pass(6_000)).filter((post) => post.rootId === rootId);
  const called = (words: string) => posts.find((post) => wordsOf(post).includes(words)) as StoredMessage;
  return {
    place: { kind: 'channel', rootId },
    rootId,
    chosen: message,
    briefing: called('Practice run: '),
    icm: called('Tracked in this thread.'),
  };
}
