import type { Feature } from '../../src/features/feature.ts';
import { offeredExtensions, type OfferedExtension } from '../../src/features/offered-extensions.ts';
import type { PackageSettings } from './app-settings.ts';
import { commandList } from './command-list.ts';

type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };
type Template = { readonly [key: string]: Json };

/** `value` with each `{{name}}` filled; in the values, not in the text of the file, so that no value can break it. */
function filled(value: Json, values: Readonly<Record<string, string>>): Json {
  if (typeof value === 'string')
    return value.replace(/\{\{(\w+)\}\}/g, (_, name: string) => {
      const put = values[name];
      if (put === undefined) throw new Error(`manifest/manifest.json asks for {{${name}}}, which nothing fills.`);
      return put;
    });
  if (Array.isArray(value)) return (value as readonly Json[]).map((item) => filled(item, values));
  if (value !== null && typeof value === 'object')
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, filled(item, values)]));
  return value;
}

/**
 * The manifest of the Teams app: the template, the settings, and what the features offer. It asks for no
 * resource-specific consent: the bot reads only what mentions it, and the members of its teams come with being in them.
 */
export function makeManifest(
  template: Template,
  features: readonly Feature[],
  settings: PackageSettings,
  version: string,
): Template {
  const manifest = filled(template, { ...settings, version }) as Template;
  const [bot] = manifest['bots'] as readonly [Template];
  const commands = commandList(features).map((command) => ({ ...command }));
  const extensions = offeredExtensions(features).map(extensionCommand);
  return {
    ...manifest,
    bots: [{ ...bot, commandLists: [{ scopes: ['personal', 'team'], commands }] }],
    ...(extensions.length === 0
      ? {}
      : {
          composeExtensions: [{ botId: settings.MicrosoftAppId, commands: extensions }],
        }),
  };
}

const extensionCommand = ({ contexts, ...rest }: OfferedExtension) => ({
  ...rest,
  context: [...contexts],
  ...(rest.type === 'action' ? { fetchTask: true } : { parameters: rest.parameters.map((one) => ({ ...one })) }),
});
