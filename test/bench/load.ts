import { Client } from 'undici';
import { Latencies } from './statistics.ts';

/** One connection's own line of turns; it sends the next only when the last is answered. */
export interface Lane {
  next(): string;
  /** Reads the answer where the next turn depends on it. */
  answered?(answer: string): void;
}

export interface Drive {
  readonly url: string;
  readonly lanes: readonly Lane[];
  /** The headers that turns carry, one after the other; none: without one. */
  readonly authorizations: readonly string[];
  /** Ends after this time, or after so many turns. */
  readonly limit: { readonly seconds: number } | { readonly turns: number };
}

export interface Driven {
  readonly turns: number;
  readonly latencies: Latencies;
}

/** Connections to a bot, kept from round to round: a channel keeps its connections too. */
const clients = new Map<string, Client[]>();
let sent = 0;

function clientsFor(url: string, count: number): readonly Client[] {
  const { origin } = new URL(url);
  const open = clients.get(origin) ?? [];
  while (open.length < count) open.push(new Client(origin, { pipelining: 1 }));
  clients.set(origin, open);
  return open;
}

export async function closeConnections(): Promise<void> {
  await Promise.all([...clients.values()].flat().map((client) => client.destroy()));
  clients.clear();
}

/** Drives a bot in a closed loop, one connection for each lane. */
export async function drive(options: Drive): Promise<Driven> {
  const { lanes, limit } = options;
  const connections = clientsFor(options.url, lanes.length);
  const path = new URL(options.url).pathname;
  const json = { 'content-type': 'application/json; charset=utf-8' };
  const headers = options.authorizations.map((authorization) => ({ ...json, authorization }));
  const latencies = new Latencies();
  const end = 'seconds' in limit ? performance.now() + limit.seconds * 1_000 : Number.POSITIVE_INFINITY;
  const most = 'turns' in limit ? limit.turns : Number.POSITIVE_INFINITY;
  let turns = 0;

  const run = async (lane: Lane, client: Client): Promise<void> => {
    while (turns < most && performance.now() < end) {
      turns += 1;
      sent += 1;
      const body = lane.next();
      const from = performance.now();
      const response = await client.request({
        method: 'POST',
        path,
        headers: headers[sent % headers.length] ?? json,
        body,
      });
      const answer = await response.body.text();
      latencies.add(performance.now() - from);
      // A bot that refuses is quick; its figures would mean nothing.
      if (response.statusCode !== 200) throw new Error(`the bot answered ${response.statusCode}: ${answer}`);
      lane.answered?.(answer);
    }
  };
  await Promise.all(lanes.map((lane, at) => run(lane, connections[at] as Client)));
  return { turns, latencies };
}
