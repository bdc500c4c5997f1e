import type { Queryable } from '../../store/database.ts';
import type { TimelineEntry } from '../feature.ts';
import type { Icm } from '../tracking/icm-store.ts';
import { isSame } from '../tracking/permission.ts';
import { roleTerms, type Role } from './role-store.ts';

export const ROLE_NAMES: Readonly<Record<Role, string>> = {
  commander: 'incident commander',
  communications: 'communications officer',
  scribe: 'scribe',
  sme: 'subject matter expert',
};

/** Who took which role, handed it over or stepped down (F66-F69): a handover is one entry. */
export async function roleTimeline(
  icm: Pick<Icm, 'tenantId' | 'id'>,
  records: Queryable,
): Promise<readonly TimelineEntry[]> {
  const terms = await roleTerms(records, icm);
  return terms.flatMap((term): TimelineEntry[] => {
    const called = ROLE_NAMES[term.role];
    const former = terms.find(({ role, ended }) => role === term.role && ended?.at.getTime() === term.since.getTime());
    const isHandedOn = terms.some(
      ({ role, since, id }) => role === term.role && id !== term.id && since.getTime() === term.ended?.at.getTime(),
    );
    const began =
      former && !isSame(former.person, term.person)
        ? `${term.person.name} took over as ${called} from ${former.person.name}.`
        : `${term.person.name} became ${called}.`;
    const ended = `${term.person.name} is not ${called} any more.`;
    return [
      { at: term.since, kind: 'role', text: began, by: term.by.name },
      ...(term.ended && !isHandedOn
        ? [{ at: term.ended.at, kind: 'role' as const, text: ended, by: term.ended.by }]
        : []),
    ];
  });
}
