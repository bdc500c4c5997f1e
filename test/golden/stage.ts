import { readdirSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { temporaryFolder } from '../support/databases.ts';
import { Microsoft } from '../support/microsoft.ts';
import { Production } from '../support/production.ts';
import { NormalForm } from './normal-form.ts';

/** An activity as Teams sends it, and what has to come of it. */
export interface Golden {
  readonly about: string;
  /** Sent before it; ids of what came of them stand in the next ones as `<id-1>` and so on. */
  readonly before?: readonly Record<string, unknown>[];
  readonly activity: Record<string, unknown>;
  readonly expected?: Outcome;
}

/** In normal form. */
export interface Outcome {
  readonly status: number;
  /** Of the HTTP answer: JSON, or the text where it is none. */
  readonly body: unknown;
  /** Requests to the connector that belong to the conversation, those of `before` as well. */
  readonly calls: readonly { readonly method: string; readonly path: string; readonly body: unknown }[];
}

const folder = new URL('./', import.meta.url);

/** By name of the file, without its ending. */
export function readGolden(): ReadonlyMap<string, Golden> {
  const names = readdirSync(folder).filter((name) => name.endsWith('.json'));
  return new Map(
    names
      .sort()
      .map((name) => [name.replace(/\.json$/, ''), JSON.parse(readFileSync(new URL(name, folder), 'utf8')) as Golden]),
  );
}

const conversationOf = (activity: Record<string, unknown>) =>
  (activity['conversation'] as { id?: unknown } | undefined)?.id;

/**
 * Sends all of them through the door of a bot in production, signed, one after the other; asks it to end, so that all is
 * done; and gives what came of each. Each has a conversation of its own.
 */
export async function play(all: ReadonlyMap<string, Golden>): Promise<ReadonlyMap<string, Outcome>> {
  const { path, remove } = temporaryFolder();
  const microsoft = await new Microsoft(path).start();
  microsoft.keepsCalls = true;
  const settings = { ...microsoft.settings('SingleTenant'), DATA_DIR: `${path}/data`, LOG_LEVEL: 'warn' };
  const entry = process.env['GOLDEN_ENTRY'];
  const bot = await Production.spawn(settings, ...(entry ? [resolve(entry)] : []));
  try {
    await bot.ready();
    const answers = new Map<string, { form: NormalForm; status: number; text: string }>();
    const callsOf = ({ activity }: Golden) => {
      const id = conversationOf(activity);
      return microsoft.calls.filter((call) => call.path.split('/')[call.path.startsWith('/v3') ? 3 : 4] === id);
    };
    for (const [name, golden] of all) {
      const form = new NormalForm(JSON.stringify(golden));
      const send = async (activity: Record<string, unknown>): Promise<{ status: number; text: string }> => {
        const filled = form.fill(activity);
        const serviceUrl = typeof filled['serviceUrl'] === 'string' ? filled['serviceUrl'] : '';
        const response = await bot.post(filled, microsoft.authorization(serviceUrl));
        return { status: response.status, text: await response.text() };
      };
      for (const activity of golden.before ?? []) {
        const { text } = await send(activity);
        // Names the ids in the order of their coming: the post and its own id, then those of an answer.
        for (const call of callsOf(golden)) [call.id, call.body].map((part) => form.of(part));
        form.of(json(text));
        // What is written a little after the answer, such as which card shows a dialog, is there for the next one.
        await delay(300);
      }
      answers.set(name, { form, ...(await send(golden.activity)) });
    }
    await bot.stop();
    return new Map(
      [...all].map(([name, golden]) => {
        const { form, status, text } = answers.get(name) as { form: NormalForm; status: number; text: string };
        const calls = callsOf(golden).map(({ method, path: at, body }) => ({
          method,
          path: form.of(at) as string,
          body: form.of(body),
        }));
        return [name, { status, body: form.of(json(text)), calls }] as const;
      }),
    );
  } finally {
    await bot.stop('SIGKILL');
    await microsoft.stop();
    remove();
  }
}

function json(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
