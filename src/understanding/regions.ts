import type { Playbook } from '../playbook/schema.ts';
import { onceForEach } from './once-for-each.ts';

/** A region of Azure and how people write it. */
export interface Region {
  readonly name: string;
  readonly aliases: readonly string[];
}

/** The regions of the playbook, as the readers want them; made once for each playbook. */
export const regionsOf = onceForEach(({ regions }: Playbook): readonly Region[] =>
  Object.entries(regions).map(([name, aliases]) => ({ name, aliases })),
);
