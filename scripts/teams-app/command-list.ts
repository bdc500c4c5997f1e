import type { Command, Feature } from '../../src/features/feature.ts';

/** What stands in the command list of Teams. Teams puts the title into the compose box, so it is a line to send. */
export interface ListedCommand {
  readonly title: string;
  readonly description: string;
}

/** Teams shows at most ten commands of a bot, with 32 characters each, and cuts what is longer. */
const most = 10;
const longestTitle = 32;

/**
 * The command list of the manifest, in the order of help. Where the features have more than Teams takes, each feature
 * gets its first one before any gets a second; help, the last feature, always stands in it, since it names all the
 * others.
 */
export function commandList(features: readonly Feature[]): ListedCommand[] {
  const rows = features
    .map((feature) => (feature.commands ?? []).flatMap((command) => listed(command) ?? []))
    .filter((row) => row.length > 0);
  const help = rows.at(-1)?.[0];
  const rounds = Array.from({ length: Math.max(0, ...rows.map((row) => row.length)) }, (_, round) =>
    rows.flatMap((row) => row[round] ?? []),
  ).flat();
  const taken = new Set([help, ...rounds].slice(0, most + 1));
  const chosen = new Set([...taken].slice(0, most));
  return rows.flat().filter((command) => chosen.has(command));
}

/** `undefined` where each example names an ICM or is too long: there is no line that can be sent as it stands. */
function listed(command: Command): ListedCommand | undefined {
  if (command.hidden || command.listed === false) return undefined;
  const title =
    command.listed ?? command.examples.find((example) => !/\d/.test(example) && example.length <= longestTitle);
  return title === undefined ? undefined : { title, description: command.summary };
}
