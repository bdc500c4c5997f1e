import type { Feature, Person, Place, Services } from '../features/feature.ts';
import { organisationOf } from '../practice.ts';
import type { PracticeRuns } from '../store/practice-runs.ts';
import { type CardRenderer } from './card-renderer.ts';
import { createChannel, type Channel } from './channel.ts';
import type { Connector } from './connector.ts';
import { markCard, markSummary, markText } from './practice-mark.ts';
import { createRouter, type Router } from './router.ts';

/** What a turn or a delivery runs on. */
export interface Scene {
  readonly router: Router;
  readonly services: Services;
  readonly renderer: CardRenderer;
  readonly channel: Channel;
  /** The text as it is said here. */
  readonly says: (text: string) => string;
}

/** What the scene of a practice run is made of. */
export interface PracticeOptions {
  readonly everyday: Scene;
  readonly connector: Connector;
  readonly runs: PracticeRuns;
  /** Somebody speaks in a thread where nothing was posted any more: what was held back goes out. */
  readonly unpark: (tenantId: string, conversationId: string) => Promise<void>;
  /** Composes letters and sends none. */
  readonly mail: Services['mail'];
}

/** The scene of a practice run, by its tenant: its own records, nobody outside, no email, and everything marked. */
export type PracticeScenes = (tenantId: string, person?: Person) => Promise<Scene | undefined>;

/** How many practice runs a process keeps at hand; one is made anew in about a millisecond. */
const mostKept = 50;

export function createPracticeScenes({ everyday, connector, runs, unpark, mail }: PracticeOptions): PracticeScenes {
  const features = everyday.services.features.map(inPractice);
  // One for all practice runs: what is made of a playbook (the topics) is made once for each.
  const playbook = withoutPeople(everyday.services.playbook);
  const kept = new Map<string, Pick<Scene, 'router' | 'services'>>();

  const partsOf = (tenantId: string, place: Place): Pick<Scene, 'router' | 'services'> => {
    const known = kept.get(tenantId);
    if (known) return known;
    if (kept.size >= mostKept) kept.delete(kept.keys().next().value as string);
    const { services: real } = everyday;
    const services: Services = {
      ...real,
      features,
      playbook,
      answer: (turn) => router.message(turn),
      // What would be said in private is said in the thread, where everybody practises.
      personalChat: () => Promise.resolve(place),
      async member(where, _tenantId, id) {
        const member = await real.member(where, organisationOf(tenantId), id);
        return member && { ...member, tenantId };
      },
      deliver: (deliveries) =>
        real.deliver(deliveries.filter((delivery) => delivery.place.conversationId === place.conversationId)),
      mail,
    };
    const router = createRouter(features, services);
    const parts = { router, services };
    kept.set(tenantId, parts);
    return parts;
  };

  return async (tenantId, person) => {
    const run = await runs.enter(tenantId, person);
    if (!run) return undefined;
    // The engine unparks under the organisation; what is practised waits under its own tenant.
    if (person) await unpark(tenantId, run.place.conversationId);
    const mayMention = new Set(run.participants);
    const renderer: CardRenderer = {
      ...everyday.renderer,
      render: (card, view) => markCard(everyday.renderer.render(card, view), mayMention),
    };
    const channel = createChannel(renderer, connector, markText);
    return {
      ...partsOf(tenantId, run.place),
      renderer,
      says: markText,
      channel: {
        ...channel,
        async say(place, reply, to) {
          return place.conversationId === run.place.conversationId ? channel.say(place, reply, to) : undefined;
        },
        tryPost: (place, reply, summary) =>
          place.conversationId === run.place.conversationId
            ? channel.tryPost(place, reply, markSummary(summary))
            : Promise.resolve(stays),
        tryNewThread: () => Promise.resolve(stays),
      },
    };
  };
}

const stays = { kind: 'refused', status: 404, why: 'a practice run stays in its thread' } as const;

/** Nobody is asked, told or written to in a practice run who has not come by themselves. */
const withoutPeople = (playbook: Services['playbook']): Services['playbook'] => ({
  ...playbook,
  people: { productManagers: [], aliases: {}, smes: [], leads: [] },
});

/** The feature as it is in a practice run. */
function inPractice(feature: Feature): Feature {
  const { inPractice: said } = feature;
  if (said === undefined) return feature;
  const run = () => ({ reply: { kind: 'text', text: said } }) as const;
  return {
    name: feature.name,
    ...(feature.commands ? { commands: feature.commands.map((command) => ({ ...command, run })) } : {}),
    ...(feature.actions ? { actions: feature.actions.map((action) => ({ ...action, run })) } : {}),
    ...(feature.claims ? { claims: feature.claims } : {}),
    ...(feature.interrupts ? { interrupts: feature.interrupts } : {}),
  };
}
