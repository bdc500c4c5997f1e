import { readKeyFields } from '../../src/understanding/read-key-fields.ts';

const short = (line: string): unknown => {
  const request = readKeyFields(line);
  if (!request) return undefined;
  const { kind, moments, numbers, ...others } = request;
  return {
    ...(kind === 'show' ? { kind } : {}),
    ...Object.fromEntries(moments.map(({ moment, words }) => [moment, words])),
    ...others,
    ...(numbers.length > 0 ? { numbers } : {}),
  };
};
const numbers = ['512345678'];

describe('a line about key fields', () => {
  test.each<[line: string, said: object]>([
    ['began 512345678 at 05:20 UTC', { beganAt: '05:20 UTC', numbers }],
    ['detected at 05:30', { detectedAt: '05:30' }],
    ['first response 05:41', { firstResponseAt: '05:41' }],
    ['impact high urgency critical', { impact: 'high', urgency: 'critical' }],
    ['impact of 512345678 is high, urgency low', { impact: 'high', urgency: 'low', numbers }],
    [
      'incident started 5:20, detected 05:30 and first response at 05:41 for 512345678',
      { beganAt: '5:20', detectedAt: '05:30', firstResponseAt: '05:41', numbers },
    ],
    ['it began 20 minutes ago', { beganAt: '20 minutes ago' }],
    ['began Nov 19, 2026 22:10', { beganAt: 'Nov 19, 2026 22:10' }],
    ['resolved 512345678 at 07:10', { resolvedAt: '07:10', numbers }],
    ['closed 512345678 yesterday 18:00', { closedAt: 'yesterday 18:00', numbers }],
    ['512345678 reported by Contoso', { reportedBy: 'Contoso', numbers }],
    ['512345678 assigned to Ben Smith', { assignedTo: 'Ben Smith', numbers }],
    ['key fields 512345678', { kind: 'show', numbers }],
    ['show key fields of 512345678', { kind: 'show', numbers }],
  ])('“%s”', (line, said) => {
    expect(short(line)).toEqual(said);
  });

  test.each([
    'when did it start?',
    'has it been resolved at 5?',
    'resolved 512345678',
    'resolved',
    'what are key fields',
    'what is the impact',
    'impact on customers is high',
    'Is impact high or low?',
    'The outage began at 9:00, remind me at 17:00',
    'the customer said it began at 9:00',
    'started',
    'my job started failing at 9:00',
    'is the SLA for high urgency 4 hours?',
    '',
  ])('“%s” is none', (line) => {
    expect(short(line)).toBeUndefined();
  });
});
