import type { Feature, TimelineEntry } from '../feature.ts';
import { actionsOf } from './action-store.ts';
import { begunOf, sharesOf } from './postmortem-store.ts';

/** That a postmortem was begun and shared, and what became of its actions. */
export const postmortemTimeline: NonNullable<Feature['timeline']> = async (icm, records) => {
  const begun = await begunOf(records, icm);
  const shares = await sharesOf(records, icm);
  const actions = await actionsOf(records, icm);
  return [
    ...(begun ? [{ at: begun.at, kind: 'decision' as const, text: 'Postmortem begun', by: begun.by }] : []),
    ...shares.map(({ at, by, revision }) => ({
      at,
      kind: 'decision' as const,
      text: `Postmortem shared with the leads (version ${revision})`,
      by,
    })),
    ...actions.flatMap((item): TimelineEntry[] => [
      {
        at: item.createdAt,
        kind: 'action',
        text: `Action ${item.seq}: ${item.what} (owner: ${item.owner.name})`,
        by: item.addedBy.name,
      },
      ...(item.ended
        ? [
            {
              at: item.ended.at,
              kind: 'action' as const,
              text: `Action ${item.seq} is ${item.status === 'done' ? 'done' : 'no longer needed'}`,
              by: item.ended.by,
            },
          ]
        : []),
    ]),
  ];
};
