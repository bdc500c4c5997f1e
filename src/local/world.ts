import { createHash } from 'node:crypto';

/** Somebody who can sit at the local Teams page. Nobody here exists. */
export interface Person {
  /** Short name used in `?as=priya`. */
  readonly key: string;
  readonly name: string;
  /** What the page shows behind the name: "engineer, Bengaluru". */
  readonly role: string;
  /** Region of an SME, in the playbook's words; undefined for people who are none. */
  readonly smeRegion?: string;
  readonly aadObjectId: string;
  /** Teams user id ("MRI"), the same for every conversation with this bot: `29:...`. */
  readonly id: string;
  /** IANA time zone of this person's client. */
  readonly timeZone: string;
  readonly locale: string;
  readonly country: string;
  /** `anonymous` is what the roster calls a guest. */
  readonly userRole: 'user' | 'anonymous';
  /** Conversation id of the personal chat with the bot. */
  readonly chatId: string;
  /** Whether the bot is in the personal chat when the world begins. */
  readonly installed: boolean;
}

/** One tenant with one team, one channel, one bot and some people. */
export interface World {
  readonly tenantId: string;
  readonly bot: { readonly id: string; readonly name: string };
  readonly team: { readonly id: string; readonly name: string; readonly aadGroupId: string };
  readonly channel: { readonly id: string; readonly name: string };
  readonly people: readonly Person[];
}

export interface WorldOptions {
  /** App id of the bot, without `28:`. */
  readonly botAppId?: string;
  readonly botName?: string;
  readonly tenantId?: string;
}

/**
 * The same options give the same ids in every process: a bot that was restarted finds its stored
 * conversation references valid, as it would in Teams.
 */
export function createWorld(options: WorldOptions = {}): World {
  const tenantId = options.tenantId ?? '5f1d7d0a-6a5c-4a53-9d0c-2b7a4c1f0e11';
  const appId = options.botAppId ?? '9a3c5e12-7f84-4b6d-8c1e-0d2f6b7a9c33';
  return {
    tenantId,
    bot: { id: `28:${appId}`, name: options.botName ?? 'ICM Guide' },
    team: {
      id: '19:7e0c2b6a51d84f0f9a4d3c8b2e1f6a70@thread.tacv2',
      name: 'Azure Data Support',
      aadGroupId: '3d8f6c1e-55b2-4f0a-9c77-61a2b8e4d905',
    },
    channel: { id: '19:b4a1f7d2c6e34c5a8f90d1e2a3b4c5d6@thread.tacv2', name: 'Stream Analytics' },
    people: [
      person(
        'priya',
        'Priya Sharma',
        'engineer, Bengaluru',
        'Asia/Kolkata',
        'IN',
        '1c0f8a52-3b7d-4e19-a6c4-8d2e5f7b9011',
      ),
      {
        ...person(
          'lukas',
          'Lukas Weber',
          'engineer, Munich',
          'Europe/Berlin',
          'DE',
          '2d1a9b63-4c8e-4f2a-b7d5-9e3f6a8c0122',
        ),
        installed: false,
      },
      sme('mei', 'Mei Tanaka', 'APAC', 'Asia/Tokyo', 'JP', '3e2bac74-5d9f-403b-88e6-af407b9d1233'),
      sme('amara', 'Amara Nowak', 'EMEA', 'Europe/Warsaw', 'PL', '4f3cbd85-6ea0-414c-99f7-b0518cae2344'),
      sme('diego', 'Diego Alvarez', 'Americas', 'America/Chicago', 'US', '5a4dce96-7fb1-425d-aa08-c1629dbf3455'),
    ],
  };
}

function person(
  key: string,
  name: string,
  role: string,
  timeZone: string,
  country: string,
  aadObjectId: string,
): Person {
  return {
    key,
    name,
    role,
    aadObjectId,
    id: `29:1${hash('person', aadObjectId)}`,
    timeZone,
    locale: 'en-US',
    country,
    userRole: 'user',
    chatId: `a:1${hash('chat', aadObjectId)}`,
    installed: true,
  };
}

function sme(
  key: string,
  name: string,
  region: string,
  timeZone: string,
  country: string,
  aadObjectId: string,
): Person {
  return { ...person(key, name, `SME, ${region}`, timeZone, country, aadObjectId), smeRegion: region };
}

/** Ids in Teams are long and opaque; a hash keeps them so and still the same in every process. */
function hash(kind: string, of: string): string {
  return createHash('sha256').update(`${kind}:${of}`).digest('base64url').replaceAll('_', '-');
}
