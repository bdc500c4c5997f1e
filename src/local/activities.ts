import { randomUUID } from 'node:crypto';
import type { Person, World } from './world.ts';

/** Where something happens: the personal chat, or the channel (a thread when `rootId` is given). */
export type Place = { readonly kind: 'personal' } | { readonly kind: 'channel'; readonly rootId?: string };

/** Who does it, where, when, and where the bot shall answer to. */
export interface Scene {
  readonly world: World;
  readonly person: Person;
  readonly place: Place;
  /** Base address of the connector, with its closing slash, as Teams writes it. */
  readonly serviceUrl: string;
  /** Milliseconds since 1970. */
  readonly at: number;
}

/** An activity as Teams posts it to the bot. */
export interface TeamsActivity {
  readonly type: string;
  readonly id: string;
  readonly timestamp: string;
  readonly channelId: 'msteams';
  readonly serviceUrl: string;
  readonly from: { readonly id: string; readonly aadObjectId: string; readonly name?: string };
  readonly recipient: { readonly id: string; readonly name: string };
  readonly conversation: {
    readonly id: string;
    readonly tenantId: string;
    readonly conversationType: 'personal' | 'channel';
    readonly isGroup?: true;
    readonly name?: string;
  };
  readonly [key: string]: unknown;
}

/** The action of a card with the inputs merged into `data`. */
export interface CardAction {
  readonly type: string;
  readonly id?: string;
  readonly title?: string;
  readonly verb?: string;
  readonly data?: unknown;
}

/** What somebody typed. `@Full Name` of the bot or of a person becomes a mention. */
export function messageActivity(
  scene: Scene,
  message: { readonly id?: string; readonly text: string; readonly value?: unknown; readonly replyToId?: string },
): TeamsActivity {
  const { text, entities } = withMentions(message.text, scene.world);
  return {
    ...base(scene, 'message', message.id ?? String(scene.at)),
    textFormat: 'plain',
    text,
    // Teams sends what was typed a second time as HTML. It is no file that somebody attached.
    attachments: [{ contentType: 'text/html', content: asHtml(message.text, scene.world) }],
    entities: [...entities, clientInfo(scene.person)],
    ...(message.value === undefined ? {} : { value: message.value }),
    ...(message.replyToId === undefined ? {} : { replyToId: message.replyToId }),
  };
}

/** A pressed `Action.Submit`: a message without text. */
export function submitActivity(
  scene: Scene,
  submit: { readonly id?: string; readonly data: unknown; readonly replyToId: string },
): TeamsActivity {
  return {
    ...base(scene, 'message', submit.id ?? String(scene.at)),
    replyToId: submit.replyToId,
    value: submit.data,
  };
}

/** Any invoke. Its id has another form than that of a message. */
export function invokeActivity(
  scene: Scene,
  invoke: { readonly id?: string; readonly name: string; readonly value: unknown; readonly replyToId?: string },
): TeamsActivity {
  const plain = base(scene, 'invoke', invoke.id ?? eventId());
  return {
    ...plain,
    name: invoke.name,
    value: invoke.value,
    ...(invoke.replyToId === undefined ? {} : { replyToId: invoke.replyToId }),
    channelData: { ...channelData(scene), source: { name: 'message' } },
  };
}

/** A pressed `Action.Execute` (manual), or the refresh of a card that the client asks for (automatic). */
export function cardActionActivity(
  scene: Scene,
  pressed: {
    readonly id?: string;
    readonly action: CardAction;
    readonly trigger?: 'manual' | 'automatic';
    readonly replyToId: string;
  },
): TeamsActivity {
  return invokeActivity(scene, {
    ...(pressed.id === undefined ? {} : { id: pressed.id }),
    name: 'adaptiveCard/action',
    value: { action: pressed.action, trigger: pressed.trigger ?? 'manual' },
    replyToId: pressed.replyToId,
  });
}

/** Where a message extension is called from. */
export type ExtensionContext = 'message' | 'compose' | 'commandBox';

/** Somebody opens the dialog of a message extension, on a message or without one; or presses a button in it. */
export function extensionActivity(
  scene: Scene,
  call: {
    readonly id?: string;
    readonly kind: 'fetchTask' | 'submitAction';
    readonly commandId: string;
    readonly context: ExtensionContext;
    /** The message that it is called on: who wrote it, and its HTML. */
    readonly message?: { readonly id: string; readonly from: string; readonly html: string };
    readonly data?: unknown;
  },
): TeamsActivity {
  const { message } = call;
  const messagePayload = message && {
    id: message.id,
    messageType: 'message',
    createdDateTime: new Date(scene.at).toISOString(),
    from: { user: { userIdentityType: 'aadUser', displayName: message.from } },
    body: { contentType: 'html', content: message.html },
    attachments: [],
    mentions: [],
  };
  return invokeActivity(scene, {
    ...(call.id === undefined ? {} : { id: call.id }),
    name: `composeExtension/${call.kind}`,
    value: {
      commandId: call.commandId,
      commandContext: call.context,
      requestId: randomUUID(),
      context: { theme: 'default' },
      ...(messagePayload ? { messagePayload } : {}),
      ...(call.data === undefined ? {} : { data: call.data }),
    },
  });
}

/** Somebody searches with a message extension; without `text` it was just opened. */
export function searchActivity(
  scene: Scene,
  call: {
    readonly id?: string;
    readonly commandId: string;
    readonly parameter: string;
    readonly text?: string;
    readonly skip?: number;
    readonly count?: number;
  },
): TeamsActivity {
  const { skip = 0, count = 25 } = call;
  return invokeActivity(scene, {
    ...(call.id === undefined ? {} : { id: call.id }),
    name: 'composeExtension/query',
    value: {
      commandId: call.commandId,
      parameters: [
        call.text === undefined ? { name: 'initialRun', value: 'true' } : { name: call.parameter, value: call.text },
      ],
      queryOptions: { skip, count },
    },
  });
}

/** Typed text as the HTML that Teams hands to a message extension. */
export function typedAsHtml(typed: string, world: World): string {
  let item = 0;
  const html = escapeHtml(typed).replace(mentionPattern(world), (_, name: string) => `<at id="${item++}">${name}</at>`);
  return `<p>${html.replaceAll('\n', '<br>')}</p>`;
}

/** The app is added to, or removed from, the personal chat or the team. */
export function installationUpdateActivity(scene: Scene, action: 'add' | 'remove', id?: string): TeamsActivity {
  return {
    ...base(scene, 'installationUpdate', id ?? eventId()),
    action,
    channelData: {
      ...channelData(scene),
      ...(scene.place.kind === 'channel' ? { settings: { selectedChannel: { id: scene.world.channel.id } } } : {}),
      source: { name: 'message' },
    },
  };
}

/** The bot became a member of the conversation. */
export function botAddedActivity(scene: Scene, id?: string): TeamsActivity {
  return {
    ...base(scene, 'conversationUpdate', id ?? eventId()),
    membersAdded: [{ id: scene.world.bot.id }],
    channelData: {
      ...channelData(scene),
      ...(scene.place.kind === 'channel' ? { eventType: 'teamMemberAdded' } : {}),
    },
  };
}

/** The id of a conversation as Teams writes it. */
export function conversationId(world: World, person: Person, place: Place): string {
  if (place.kind === 'personal') return person.chatId;
  return place.rootId === undefined ? world.channel.id : `${world.channel.id};messageid=${place.rootId}`;
}

/** Typed text as Teams delivers it: names in `<at>` and one entity for each mention. */
export function withMentions(typed: string, world: World): { text: string; entities: MentionEntity[] } {
  const entities: MentionEntity[] = [];
  const text = typed.replace(mentionPattern(world), (_, name: string) => {
    const tag = `<at>${name}</at>`;
    entities.push({ type: 'mention', mentioned: { id: idOf(name, world), name }, text: tag });
    return tag;
  });
  return { text, entities };
}

export interface MentionEntity {
  readonly type: 'mention';
  readonly mentioned: { readonly id: string; readonly name: string };
  readonly text: string;
}

function base(scene: Scene, type: string, id: string): TeamsActivity {
  const { world, person, place } = scene;
  return {
    type,
    id,
    timestamp: new Date(scene.at).toISOString(),
    localTimestamp: localTimestamp(scene.at, person.timeZone),
    localTimezone: person.timeZone,
    locale: person.locale,
    channelId: 'msteams',
    serviceUrl: scene.serviceUrl,
    from: { id: person.id, aadObjectId: person.aadObjectId, name: person.name },
    recipient: { id: world.bot.id, name: world.bot.name },
    conversation: {
      ...(place.kind === 'channel' ? { isGroup: true as const } : {}),
      conversationType: place.kind,
      tenantId: world.tenantId,
      id: conversationId(world, person, place),
    },
    entities: [clientInfo(person)],
    channelData: channelData(scene),
  };
}

function channelData({ world, place }: Scene): Record<string, unknown> {
  const tenant = { id: world.tenantId };
  if (place.kind === 'personal') return { tenant };
  return {
    teamsChannelId: world.channel.id,
    teamsTeamId: world.team.id,
    channel: { id: world.channel.id },
    team: { id: world.team.id, name: world.team.name, aadGroupId: world.team.aadGroupId },
    tenant,
  };
}

function clientInfo(person: Person): Record<string, unknown> {
  return {
    type: 'clientInfo',
    locale: person.locale,
    country: person.country,
    platform: 'Web',
    timezone: person.timeZone,
  };
}

/** `2026-03-02T14:30:00.000+05:30`: the wall clock of the sender with its distance from UTC. */
function localTimestamp(at: number, timeZone: string): string {
  const parts = new Intl.DateTimeFormat('en-US', { timeZone, timeZoneName: 'longOffset' }).formatToParts(at);
  const offset = parts.find((part) => part.type === 'timeZoneName')?.value.slice('GMT'.length) || '+00:00';
  const [hours = 0, minutes = 0] = offset.slice(1).split(':').map(Number);
  const shift = (offset.startsWith('-') ? -1 : 1) * (hours * 60 + minutes) * 60_000;
  return new Date(at + shift).toISOString().replace('Z', offset);
}

function asHtml(typed: string, world: World): string {
  let item = 0;
  const html = escapeHtml(typed)
    .replace(mentionPattern(world), (_, name: string) => {
      return `<span itemscope="" itemtype="http://schema.skype.com/Mention" itemid="${item++}">${name}</span>`;
    })
    .replaceAll('\n', '<br>');
  return `<p>${html}</p>`;
}

function escapeHtml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

function mentionPattern(world: World): RegExp {
  const names = [world.bot, ...world.people].map(({ name }) => name.replace(/[^\p{L}\p{N} ]/gu, '\\$&'));
  return new RegExp(`@(${names.join('|')})(?![\\p{L}\\p{N}])`, 'gu');
}

function idOf(name: string, world: World): string {
  return [world.bot, ...world.people].find((one) => one.name === name)?.id ?? '';
}

function eventId(): string {
  return `f:${randomUUID()}`;
}
