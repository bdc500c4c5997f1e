import { trailStepsOf } from '../escalation/escalation-timeline.ts';
import type { Feature, TimelineEntry } from '../feature.ts';

const told: Readonly<Record<string, string>> = {
  'checklist saved': 'Checklist of the CSAT case saved',
  'email asked for': 'Email about the CSAT case asked for',
  'email sent': 'Email about the CSAT case sent',
  'email not sent': 'Email about the CSAT case not sent',
  'email: not known whether it is out': 'Email about the CSAT case: it is not known whether it is out',
  'taken off the shiproom list': 'Taken off the shiproom list',
  'put back on the shiproom list': 'Put back on the shiproom list',
};

/** The steps that follow an approval (F43, F45). Of the checklist the words are the bot's own; addresses are left out. */
export const packageTimeline: NonNullable<Feature['timeline']> = async (icm, records) =>
  (await trailStepsOf(records, icm.tenantId, icm.number)).flatMap(({ at, step, by, words }): TimelineEntry[] => {
    if (!Object.hasOwn(told, step)) return [];
    const detail = step === 'checklist saved' && words !== '' ? `: ${words}` : '';
    return [{ at, kind: 'escalation', text: `${told[step]}${detail}`, by }];
  });
