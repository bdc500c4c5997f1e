import { createWorld } from '../../src/local/world.ts';
import type { Playbook } from '../../src/playbook/schema.ts';

const world = createWorld();

/** The playbook with people of the local world as its leads. */
export const withLeads = (playbook: Playbook, ...keys: readonly string[]): Playbook => ({
  ...playbook,
  people: {
    ...playbook.people,
    leads: world.people
      .filter(({ key }) => keys.includes(key))
      .map(({ name, aadObjectId }) => ({ name, aadObjectId, tenantId: world.tenantId })),
  },
});
