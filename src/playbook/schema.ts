import { z } from 'zod';

/**
 * Shape of the playbook, `asa.yaml` or a team's own file. What each part means to a reader of the file is told at the
 * top of `asa.yaml`; cross references (a rule that is cited exists, a question that is needed is there) are checked
 * in `references.ts`.
 */

export const NEEDS = [
  'bug-fix',
  'quota-increase',
  'feature-request',
  'rca',
  'documentation-question',
  'query-question',
  'troubleshooting-help',
  'beyond-skills',
  'unknown',
] as const;
export const STEPS = ['asc', 'tsgs', 'existingIcms', 'outageCheck'] as const;
export const VERDICTS = [
  'open',
  'do-not-open',
  'investigate-first',
  'ask-colleagues',
  'ask-smes',
  'ask-collab-channel',
  'follow-existing',
] as const;

const CASES = ['A', 'B', 'C', '1', 'unknown'] as const;
const REQUESTERS = ['none', 'sme', 'sr-engineer', 'product-group', 'unknown'] as const;

/** What a value in a condition or in an answer may be. */
export type Value = string | boolean | number;

/** Facts that the options of a question set. */
export const FACT_VALUES = {
  need: NEEDS,
  outage: [true, false, 'unknown'],
  caseSeverity: CASES,
  severityOne: [true, false],
  bugEvidence: [true, false, 'unknown'],
  requestedBy: REQUESTERS,
  asc: [true, false],
  tsgs: [true, false],
  existingIcms: [true, false],
  outageCheck: [true, false],
  similarIcmFound: [true, false],
  askedColleagues: [true, false],
  askedSmes: [true, false],
  smesAvailable: [true, false],
} as const satisfies Record<string, readonly Value[]>;
export type FactName = keyof typeof FACT_VALUES;

/** What the conditions of a rule speak of: the facts, with the four steps drawn together as `investigation`. */
export const TERM_VALUES = {
  need: NEEDS,
  outage: [true, false, 'unknown'],
  caseSeverity: CASES,
  severityOne: [true, false],
  bugEvidence: [true, false, 'unknown'],
  requestedBy: REQUESTERS,
  investigation: ['complete', 'missing'],
  similarIcmFound: [true, false],
  askedColleagues: [true, false],
  askedSmes: [true, false],
  smesAvailable: [true, false],
} as const satisfies Record<string, readonly Value[]>;
export type Term = keyof typeof TERM_VALUES;

/** What is known once a rule has decided; conditions of disagreements and changes may speak of it as well. */
const RESULT_VALUES = {
  verdict: VERDICTS,
  icmSeverity: [1, 2, 3, 'none'],
  /** Whether one of the circumstances for opening is known to hold. */
  circumstance: [true, false],
} as const satisfies Record<string, readonly Value[]>;
export type ResultTerm = keyof typeof RESULT_VALUES | 'rule' | 'owner';

/** A fact is one of `values`, or, with `not`, is none of them. */
export interface Condition {
  readonly not: boolean;
  readonly values: readonly Value[];
}

const one = z.string().trim().min(1);
const text = one.max(2_000);
const id = z
  .string()
  .regex(/^[A-Za-z][A-Za-z0-9-]*$/, 'a name of letters, digits and hyphens that starts with a letter');
const map = <V extends z.ZodType>(value: V) => z.record(id, value);

const isMap = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** `value`, `[value, value]` or `{ not: ... }`; `allowed` undefined takes any word (its references are checked later). */
function condition(allowed?: readonly Value[]) {
  return z.unknown().transform((raw, context): Condition => {
    const not = isMap(raw) && Object.keys(raw).length === 1 && 'not' in raw;
    const inner: unknown = not ? (raw as { not: unknown }).not : raw;
    const values: unknown[] = Array.isArray(inner) ? inner : [inner];
    const fits = (value: unknown) => (allowed ? allowed.includes(value as Value) : typeof value === 'string');
    if (values.length === 0 || !values.every(fits)) {
      const words = allowed
        ? allowed
            .map((value) => (/^\d$/.test(String(value)) && typeof value === 'string' ? `"${value}"` : String(value)))
            .join(', ')
        : 'a name';
      context.addIssue({
        code: 'custom',
        message: `${allowed ? 'one of ' : ''}${words}, a list of them, or { not: ... }`,
      });
      return z.NEVER;
    }
    return { not, values: values as Value[] };
  });
}

type Conditions<K extends string> = Partial<Record<K, Condition>>;
const conditionsOf = <K extends string>(terms: Record<K, readonly Value[] | undefined>) =>
  z.strictObject(
    Object.fromEntries(
      Object.entries(terms).map(([term, allowed]) => [term, condition(allowed as Value[]).optional()]),
    ),
  ) as unknown as z.ZodType<Conditions<K>>;

const conditions = conditionsOf<Term>(TERM_VALUES);
const afterwards = conditionsOf<Term | ResultTerm>({
  ...TERM_VALUES,
  ...RESULT_VALUES,
  rule: undefined,
  owner: undefined,
});

const settings = z.strictObject({
  ...(Object.fromEntries(
    Object.entries(FACT_VALUES).map(([fact, allowed]) => [
      fact,
      z
        .custom<Value>((value) => (allowed as readonly unknown[]).includes(value), {
          message: `one of ${allowed.map((value) => (value === '1' ? '"1"' : String(value))).join(', ')}`,
        })
        .optional(),
    ]),
  ) as unknown as Record<FactName, z.ZodType<Value | undefined>>),
}) as unknown as z.ZodType<Partial<Record<FactName, Value>>>;

const link = z.strictObject({
  label: text,
  url: z.url({ protocol: /^https$/, error: 'an address that starts with https://' }),
});

const rule = z.strictObject({ text, source: text });

const tension = z.strictObject({
  title: text,
  sides: z.array(text).min(2),
  decides: text,
  cites: z.array(id).default([]),
});

const answer = z.strictObject({
  headline: text,
  lines: z.array(text).default([]),
  cites: z.array(id).default([]),
  tension: id.optional(),
  suggestions: z.array(z.strictObject({ label: one.max(40), text: one.max(120) })).default([]),
});

/** The kinds of answer about severity; `severity.ts` picks one. */
export const SEVERITY_ANSWERS = [
  'table',
  'case',
  'case-unknown',
  'case-one',
  'which-one',
  'a-is-not-one',
  'outage',
  'outage-changes',
  'outage-mismatch',
  'outage-meaning',
  'ended',
  'up',
  'up-done',
  'same',
  'down',
  'down-unknown',
  'up-unknown',
  'either-way',
  'matches',
  'mismatch',
  'pressure',
  'pressure-table',
  'icm-only',
  'no-such-severity',
  'need',
] as const;
export type SeverityAnswerId = (typeof SEVERITY_ANSWERS)[number];

const remark = z.strictObject({ text, cites: z.array(id).default([]) });

const tableRow = z.strictObject({
  label: text,
  icm: z.literal([1, 2, 3], '1, 2 or 3'),
  rule: id,
  also: z.array(id).default([]),
});

const severity = z.strictObject({
  table: z.strictObject({ outage: tableRow, A: tableRow, B: tableRow, C: tableRow }),
  /** Sentences of a verdict about its severity. */
  why: z.strictObject({ outage: text, case: text, undecided: text, unknown: text }),
  answers: z.strictObject(
    Object.fromEntries(SEVERITY_ANSWERS.map((name) => [name, answer])) as Record<SeverityAnswerId, typeof answer>,
  ),
  /** Lines that are added to an answer when they apply. */
  remarks: z.strictObject({ pressure: remark, need: remark, outage: remark, quotaOutage: remark }),
});

const template = z.strictObject({ title: one.max(200), details: text });

const owner = z.strictObject({
  name: text,
  /** The owner fits when one of these holds; the first owner of the file that fits is named. */
  when: z.array(conditions).min(1),
  rule: id,
  handles: text,
  required: z.array(text).min(1),
  note: text.optional(),
  tension: id.optional(),
  template,
});

const option = z.strictObject({
  label: one.max(80),
  set: settings.optional(),
  /** Several: what is set when the option is left unticked and nothing better is known. */
  otherwise: settings.optional(),
  /** Several: facts with which the option counts as ticked, where that is not just `set`. */
  ticked: z
    .partialRecord(
      z.enum(Object.keys(FACT_VALUES) as [FactName, ...FactName[]]),
      z.array(z.union([z.string(), z.boolean()])),
    )
    .optional(),
  /** Several: "none of these". */
  none: z.literal(true).optional(),
});

const question = z.strictObject({
  kind: z.enum(['choice', 'several']),
  /** What it is about, in a word or two, for lists of answers. */
  about: one.max(40),
  text,
  hint: text.optional(),
  options: map(option),
});

const decision = z.strictObject({
  when: conditions,
  ifKnown: conditions.optional(),
  verdict: z.enum(VERDICTS),
  because: text,
  cites: z.array(id).min(1),
  /** For `open`: where the ICM severity comes from. */
  severity: z.enum(['outage', 'case', 'undecided']).optional(),
  next: text.optional(),
  help: z.array(id).optional(),
  /** In a team's file: put this rule before that one. */
  before: id.optional(),
});

const disagreement = z.strictObject({
  tension: id,
  when: afterwards,
  alternative: z
    .strictObject({
      verdict: z.enum(VERDICTS),
      severity: z.enum(['outage', 'case', 'none']).optional(),
      owner: id.optional(),
    })
    .optional(),
});

const change = z.strictObject({ when: afterwards.optional(), if: text, set: settings });

const verdict = z.strictObject({
  name: text,
  /** Within a sentence: "open an ICM". */
  short: text,
  next: text,
  help: z.array(id).default([]),
});

const person = z.strictObject({
  name: text.optional(),
  email: z.email('an email address').optional(),
  aadObjectId: z.guid('an object id (GUID)').optional(),
});
const people = z.strictObject({
  engineeringManager: person.optional(),
  productManagers: z.array(person).default([]),
  aliases: z
    .strictObject({
      smes: z.email('an email address').optional(),
      productManagers: z.email('an email address').optional(),
    })
    .default({}),
  smes: z
    .array(
      z.strictObject({
        name: text.optional(),
        aadObjectId: z.guid('an object id (GUID)'),
        tenantId: z.guid('a tenant id (GUID)'),
        region: text,
        delegate: z.guid('an object id (GUID)').optional(),
      }),
    )
    .default([]),
  leads: z
    .array(
      z.strictObject({
        name: text.optional(),
        aadObjectId: z.guid('an object id (GUID)'),
        tenantId: z.guid('a tenant id (GUID)'),
      }),
    )
    .default([]),
});

const minutes = z.number().int().min(1).max(10_080);
const clockTime = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'a time of day like "09:00"');
const workingDays = z.array(z.number().int().min(1).max(7)).min(1);
const pace = z.strictObject({ ahead: minutes, overdueAfter: minutes, suggest: z.array(minutes).min(1).max(4) });
const reminders = z.strictObject({
  /** By ICM severity; `none` where it is not known. */
  severities: z.strictObject({ '1': pace, '2': pace, '3': pace, none: pace }),
  snooze: z.strictObject({ minutes: z.array(minutes).min(1).max(3), most: z.number().int().min(1).max(50) }),
  /** Zone of whoever has told none. */
  zone: text,
  hours: z.strictObject({ from: clockTime, to: clockTime, days: workingDays }),
  digest: z.strictObject({ at: clockTime, zone: text, days: workingDays }),
  texts: z.strictObject({ interval: text, lastUpdate: text }),
});

const step = z.strictObject({ label: text, how: text, link: id.optional() });
const rung = z.strictObject({ label: text, text, rule: id, link: id.optional() });

const clicks = z.strictObject({ label: text, rule: id, steps: z.array(text).min(1) });

export const playbookSchema = z.strictObject({
  name: text,
  links: map(link),
  rules: map(rule),
  tensions: map(tension),
  severity,
  opening: map(z.strictObject({ when: conditions, rule: id })),
  notAppropriate: map(z.strictObject({ when: conditions, rule: id })),
  investigation: z.strictObject({
    rule: id,
    steps: z.strictObject({ asc: step, tsgs: step, existingIcms: step, outageCheck: step }),
  }),
  ladder: map(rung),
  owners: map(owner),
  noOwner: z.strictObject({ why: text, template }),
  entryPoints: z.strictObject({
    rule: id,
    places: map(z.strictObject({ label: text, link: id.optional() })),
    note: text,
  }),
  tracking: map(clicks),
  trackingHelp: z.strictObject({
    /** The rule that tells when to track. */
    when: id,
    resolved: clicks,
    difference: remark,
    stopEmail: text,
    silent: text,
    escalate: remark,
  }),
  reminders,
  needs: z.strictObject(
    Object.fromEntries(NEEDS.map((need) => [need, text])) as Record<(typeof NEEDS)[number], typeof text>,
  ),
  questions: map(question),
  advice: z.strictObject({
    first: z.array(z.enum(Object.keys(TERM_VALUES) as [Term, ...Term[]])).default([]),
    rules: map(decision),
    disagreements: map(disagreement),
    changes: map(change),
    texts: z.strictObject({
      severity: text,
      severityOpen: text,
      owner: text,
      ownerOpen: text,
      change: text,
      askAgain: text,
      yes: text,
      no: text,
      notSaid: text,
    }),
  }),
  verdicts: z.strictObject(
    Object.fromEntries(VERDICTS.map((name) => [name, verdict])) as Record<(typeof VERDICTS)[number], typeof verdict>,
  ),
  people,
  /** Azure regions as people write them: name to other spellings. */
  regions: z.record(one, z.array(text)),
});

/** The playbook as the bot uses it: checked, overlay merged, never changed. */
export type Playbook = z.output<typeof playbookSchema>;
export type Question = z.output<typeof question>;
export type DecisionRule = z.output<typeof decision>;
export type QuestionOption = z.output<typeof option>;
