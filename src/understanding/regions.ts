import type { Playbook } from '../playbook/schema.ts';

/** A region of Azure and how people write it. */
export interface Region {
  readonly name: string;
  readonly aliases: readonly string[];
}

const known = new WeakMap<Playbook, readonly Region[]>();

/** The regions of the playbook, as the readers want them; made once for each playbook. */
export function regionsOf(playbook: Playbook): readonly Region[] {
  let regions = known.get(playbook);
  if (!regions) {
    regions = Object.entries(playbook.regions).map(([name, aliases]) => ({ name, aliases }));
    known.set(playbook, regions);
  }
  return regions;
}
