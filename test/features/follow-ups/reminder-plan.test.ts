import { planReminders, type PlanContext } from '../../../src/features/follow-ups/reminder-plan.ts';

const hours = { zone: 'Europe/Berlin', from: '09:00', to: '18:00', days: [1, 2, 3, 4, 5] };
// A Friday, 12:00 in Berlin.
const noon = '2026-11-20T11:00Z';
const plan = (more: { due: string; from?: string; exempt?: boolean; snoozed?: string }): string[] => {
  const context: PlanContext = {
    dueAt: new Date(more.due),
    from: new Date(more.from ?? noon),
    ahead: 15,
    overdueAfter: 60,
    hours,
    exempt: more.exempt ?? false,
    snoozedUntil: more.snoozed === undefined ? undefined : new Date(more.snoozed),
  };
  return planReminders(context).map(({ stage, at }) => `${stage} ${at.toISOString().slice(5, 16)}`);
};

test.each([
  [
    'a promise for today: before, at, after',
    { due: '2026-11-20T15:00Z' },
    ['ahead 11-20T14:45', 'due 11-20T15:00', 'overdue 11-20T16:00'],
  ],
  [
    'a near promise is reminded of sooner, at a third of the time',
    { due: '2026-11-20T11:30Z' },
    ['ahead 11-20T11:20', 'due 11-20T11:30', 'overdue 11-20T12:30'],
  ],
  ['one in five minutes only at its time', { due: '2026-11-20T11:05Z' }, ['due 11-20T11:05', 'overdue 11-20T12:05']],
  [
    'what comes after in the evening waits for Monday morning',
    { due: '2026-11-20T16:30Z' },
    ['ahead 11-20T16:15', 'due 11-20T16:30', 'overdue 11-23T08:00'],
  ],
  [
    'but not for a Sev A case or an outage',
    { due: '2026-11-20T16:30Z', exempt: true },
    ['ahead 11-20T16:15', 'due 11-20T16:30', 'overdue 11-20T17:30'],
  ],
  [
    'a promise at night is kept: at its time, and after it in the morning',
    { due: '2026-11-20T22:00Z' },
    ['due 11-20T22:00', 'overdue 11-23T08:00'],
  ],
  [
    'just after the start of the day the one before comes at the start',
    { due: '2026-11-23T08:05Z' },
    ['ahead 11-23T08:00', 'due 11-23T08:05', 'overdue 11-23T09:05'],
  ],
  [
    'snoozed before its time: again, then at its time',
    { due: '2026-11-20T15:00Z', snoozed: '2026-11-20T12:00Z' },
    ['again 11-20T12:00', 'due 11-20T15:00', 'overdue 11-20T16:00'],
  ],
  [
    'snoozed behind its time: again, then the leads',
    { due: '2026-11-20T11:00Z', snoozed: '2026-11-20T11:15Z' },
    ['again 11-20T11:15', 'overdue 11-20T12:00'],
  ],
  [
    'snoozed behind everything: the leads at that moment',
    { due: '2026-11-20T09:00Z', snoozed: '2026-11-20T12:30Z' },
    ['overdue 11-20T12:30'],
  ],
  ['planned anew after it was due: only what is left', { due: '2026-11-20T10:30Z' }, ['overdue 11-20T11:30']],
  ['planned anew after everything: once more, now', { due: '2026-11-20T08:00Z' }, ['overdue 11-20T11:00']],
])('%s', (_title, context, expected) => {
  expect(plan(context)).toEqual(expected);
});
