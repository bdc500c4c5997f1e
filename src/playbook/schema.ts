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
  /** How people ask about it. */
  ask: z.array(one.max(200)).default([]),
  /** As in `topics`. */
  intent: one.optional(),
});

const topic = z.strictObject({
  title: one.max(60),
  /** Name of the group in `topicGroups`. */
  about: id,
  /** Meaning of a free line (`src/understanding/intents.ts`); the first topic of one is its general answer. */
  intent: one.optional(),
  /** It answers what a command of that intent does not, so it is asked before it. */
  ahead: z.boolean().default(false),
  text: one.max(600),
  more: text.optional(),
  facts: z.array(z.strictObject({ label: one.max(40), text: one.max(200) })).default([]),
  ask: z.array(one.max(200)).min(3),
  cites: z.array(id).default([]),
  tension: id.optional(),
  related: z.array(id).default([]),
  /** Names of commands. */
  commands: z.array(id).default([]),
  links: z.array(id).default([]),
});

const worksheet = z.strictObject({
  title: one.max(60),
  text: one.max(600),
  cites: z.array(id).default([]),
  parts: z
    .array(
      z.strictObject({
        label: one.max(60),
        /** What the guide says itself; it is not filled in. */
        given: text.optional(),
        fields: map(one.max(60)),
      }),
    )
    .min(1),
});

const days = z.number().int().min(1).max(3_650);
const retention = z
  .strictObject({
    activities: days.default(1),
    dialogs: days.default(30),
    deliveries: days.default(30),
    resolvedIcms: days.default(400),
    updates: days.default(400),
    consents: days.default(400),
    words: days.default(90),
    counts: days.default(400),
    trail: days.default(400),
    checklists: days.default(800),
    practice: days.default(90),
  })
  .prefault({});

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
  /** The same as fields of a form: what is asked for, and what may be left out. */
  intake: map(
    z.strictObject({
      label: one.max(60),
      hint: one.max(120).optional(),
      long: z.boolean().default(false),
      optional: z.boolean().default(false),
      /** `guid`: 8-4-4-4-12 hexadecimal digits. */
      kind: z.enum(['text', 'guid']).default('text'),
    }),
  ).default({}),
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
  /** The channel in which the SMEs are asked. */
  smeChannel: z
    .strictObject({
      tenantId: z.guid('a tenant id (GUID)'),
      channelId: z.string().regex(/^19:[^;\s]{1,200}$/, 'the id of a channel, like "19:...@thread.tacv2"'),
      /** Where Teams is reached for it; without it where the requester's messages come from. */
      serviceUrl: z.url('an https address').optional(),
      /**
       * Whether membership of the channel's team, asked of Teams at the moment of the click, is looked at: not at all; it
       * is `required` besides being named here; or it is `enough` by itself.
       */
      membership: z.enum(['not-asked', 'required', 'enough']).default('not-asked'),
    })
    .optional(),
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

const csatPackage = z.strictObject({
  /** What goes in front of both titles (F43). */
  tag: one.max(40),
  /** Stands in for a title that is not known. */
  unknown: one.max(40),
  note: z.strictObject({ approved: text, sentiment: text, why: text, improvement: text, smeAdds: text }),
  /** The template of F47 to F52. */
  email: z.strictObject({
    cites: z.array(id).min(1),
    subject: one.max(200),
    fields: z.strictObject({ icmTitle: text, icm: text, sr: text, contacts: text }),
    salutation: text,
    paragraphs: z.array(text).min(1).max(10),
    thanks: text,
    unnamed: z.strictObject({ em: text, pm: text }),
  }),
  mailDomains: z
    .array(z.string().regex(/^[a-z0-9-]{1,63}(\.[a-z0-9-]{1,63}){1,8}$/i, 'a domain like "contoso.com"'))
    .default([]),
  steps: z.strictObject({ srTitle: one.max(100), icmTitle: one.max(100), note: one.max(100), email: one.max(100) }),
  /** The same four where one of them is missing, for a list. */
  missing: z.strictObject({ srTitle: one.max(60), icmTitle: one.max(60), note: one.max(60), email: one.max(60) }),
  shiproom: remark,
  tagWarning: id,
  loopIn: id,
  remindAfter: z
    .array(minutes)
    .max(5)
    .refine(
      (all) => all.every((one, at) => at === 0 || one > (all[at - 1] ?? 0)),
      'minutes, each more than the one before',
    ),
});

const escalation = z.strictObject({
  nudgeAfter: minutes,
  offerAfter: minutes.optional(),
  expireAfter: minutes,
  linkHosts: z.array(z.string().regex(/^[a-z0-9.-]{3,100}$/, 'the name of a host')).default([]),
  texts: z.strictObject({ beforeClosing: text, whoDecides: text, exceptional: text }),
  steps: z.array(z.strictObject({ text, rule: id })).min(1),
});

/** Roles of an incident (F66-F69), and degrees of impact, urgency and priority (F61). */
const ROLE_NAMES = ['commander', 'communications', 'scribe', 'sme'] as const;
const DEGREES = ['low', 'medium', 'high', 'critical'] as const;
type Degree = (typeof DEGREES)[number];
const degree = z.enum(DEGREES);
const byDegree = <V extends z.ZodType>(value: V) =>
  z.strictObject(Object.fromEntries(DEGREES.map((name) => [name, value])) as Record<Degree, V>);
const incidentRoles = z.strictObject({
  roles: z.strictObject(
    Object.fromEntries(
      ROLE_NAMES.map((name) => [name, z.strictObject({ name: one.max(40), does: one.max(200), rule: id })]),
    ) as Record<(typeof ROLE_NAMES)[number], z.ZodObject<{ name: z.ZodString; does: z.ZodString; rule: z.ZodString }>>,
  ),
  /** Said where one person works on the fix and communicates, or takes notes as well. */
  separate: z.strictObject({ communications: remark, scribe: remark }),
  beforehand: remark,
});
const keyFields = z.strictObject({
  cites: z.array(id).min(1),
  /** Impact to urgency to priority: the team's own, since no document gives one. */
  priority: z.strictObject({ note: text, matrix: byDegree(byDegree(degree)) }),
});

const step = z.strictObject({ label: text, how: text, link: id.optional() });
const rung = z.strictObject({ label: text, text, rule: id, link: id.optional() });

const clicks = z.strictObject({ label: text, rule: id, steps: z.array(text).min(1) });

/** What a draft of a message is checked for; how each is found is code, what is said about it is data. */
export const MESSAGE_RULES = [
  'icm-word',
  'icm-number',
  'icm-link',
  'csat-tag',
  'backend-log',
  'restore-promise',
  'no-next-update',
  'vague',
  'premature-resolved',
] as const;
export type MessageRuleId = (typeof MESSAGE_RULES)[number];
export const MESSAGE_SEVERITIES = ['must-not-leave', 'should-change', 'consider'] as const;
export type MessageSeverity = (typeof MESSAGE_SEVERITIES)[number];

const messageRule = z.strictObject({
  title: one.max(60),
  severity: z.enum(MESSAGE_SEVERITIES),
  why: text,
  cites: z.array(id).min(1),
  tension: id.optional(),
  /** What is put in its place, or added; words in brackets are for the engineer to fill in. Empty: it is taken out. */
  replacement: z.string().trim().max(2_000),
});
/** Of messages to colleagues (F83). */
const internalRule = z.strictObject({ why: text, cites: z.array(id).min(1), replacement: text });
export const INTERNAL_RULES = ['no-next-update', 'vague', 'premature-resolved'] as const;
export type InternalRuleId = (typeof INTERNAL_RULES)[number];

const messageCheck = z.strictObject({
  severities: z.strictObject({ 'must-not-leave': one, 'should-change': one, consider: one }),
  rules: z.strictObject(
    Object.fromEntries(MESSAGE_RULES.map((name) => [name, messageRule])) as Record<MessageRuleId, typeof messageRule>,
  ),
  internal: z.strictObject(
    Object.fromEntries(INTERNAL_RULES.map((name) => [name, internalRule])) as Record<
      InternalRuleId,
      typeof internalRule
    >,
  ),
  /** More replacements, for wordings that the general one does not fit. */
  wordings: z.strictObject({
    request: one,
    requests: one,
    requestShort: one,
    system: one,
    team: one,
    csat: one,
    deployment: one,
    /** In place of a sentence that promises a repair without a time that could be taken out. */
    noTime: one,
  }),
});

/** What is asked about messages to customers; `what-to-share.ts` picks one. */
export const SHARING_ANSWERS = [
  'overview',
  'icm',
  'icm-slipped',
  'logs',
  'ids',
  'dates',
  'updates',
  'cadence',
  'csat',
  'resolved',
  'closing',
  'other',
] as const;
export type SharingAnswerId = (typeof SHARING_ANSWERS)[number];
const sharingAnswer = z.strictObject({
  title: one.max(120),
  lines: z.array(text).min(1),
  cites: z.array(id).min(1),
  tension: id.optional(),
});

/** Kinds of message that the bot writes, and the sentences that they are made of. */
export const DRAFT_VARIANTS = ['first-contact', 'progress', 'resolution', 'rca'] as const;
export type DraftVariant = (typeof DRAFT_VARIANTS)[number];
const DRAFT_PARTS = ['case', 'what', 'since', 'who', 'expect', 'how', 'verified', 'rca', 'next', 'last'] as const;
export type DraftPart = (typeof DRAFT_PARTS)[number];
const draftVariant = z.strictObject({
  label: one.max(40),
  intro: text,
  order: z.array(z.enum([...DRAFT_PARTS, 'intro'])).min(1),
});
const messageDrafts = z.strictObject({
  cites: z.array(id).min(1),
  greeting: text,
  greetingNobody: text,
  closing: text,
  signature: text,
  parts: z.strictObject({
    /** In place of `next` where an interval is promised. */
    interval: text,
    ...(Object.fromEntries(DRAFT_PARTS.map((name) => [name, text])) as Record<DraftPart, typeof text>),
  }),
  variants: z.strictObject(
    Object.fromEntries(DRAFT_VARIANTS.map((name) => [name, draftVariant])) as Record<DraftVariant, typeof draftVariant>,
  ),
});

/** The readiness checklist (F94) and what a team agrees on about its updates (F82, F83, F86). */
const readiness = z.strictObject({
  cites: z.array(id).min(1),
  /** By a name that stays: what is kept of an item hangs on it. They are counted in this order. */
  items: map(one.max(120)).refine((items) => Object.keys(items).length <= 15, 'at most 15 items'),
  standards: z.strictObject({
    cites: z.array(id).min(1),
    external: one.max(120),
    internal: one.max(120),
    interval: text,
    groups: map(one.max(80)),
  }),
});

/** Someone outside of the team who plays a stakeholder in a practice run (F87). */
const drillPart = z.strictObject({ label: one.max(40), hint: one.max(200) });
const drillInject = z.strictObject({
  /** Minutes after the start. */
  after: z.number().int().min(0).max(480),
  /** Name of the part that speaks. */
  who: id,
  text: one.max(600),
});
const scenario = z.strictObject({
  title: one.max(60),
  story: one.max(800),
  icm: z.strictObject({
    /** Invented; nobody looks it up. */
    number: z.string().regex(/^\d{7,10}$/, 'an invented ICM number in quotes, 7 to 10 digits'),
    title: one.max(100),
    caseSeverity: z.enum(['A', 'B', 'C']),
    icmSeverity: z.literal([1, 2, 3], '1, 2 or 3').optional(),
    outage: z.boolean().default(false),
  }),
  roles: z.array(one.max(200)).min(1).max(8),
  parts: map(drillPart),
  injects: z
    .array(drillInject)
    .min(1)
    .max(20)
    .refine(
      (all) => all.every(({ after }, at) => at === 0 || after >= (all[at - 1]?.after ?? 0)),
      'injects in the order of their minutes',
    ),
  good: z.array(one.max(300)).min(1).max(8),
  resolution: z.strictObject({ how: one.max(400), verified: one.max(400) }),
});
export type DrillScenario = z.output<typeof scenario>;
export const scenarioSchema = scenario;
/** Practice runs (F87 to F89). */
const drills = z.strictObject({
  cites: z.array(id).default([]),
  /** Names of topics: the process that is shared first. */
  process: z.array(id).max(5).default([]),
  /** The five questions (F88), and the words of the scores 1 to 5. */
  questions: z.array(one.max(120)).length(5),
  scale: z.array(one.max(40)).length(5),
  small: text,
  invite: z.strictObject({
    title: one.max(100),
    minutes: z.number().int().min(15).max(480),
    lines: z.array(text).min(1).max(10),
  }),
  scenarios: map(scenario).refine((all) => Object.keys(all).length > 0, 'at least one scenario'),
});
/** Parts of a status update (F75), with what is said on top to colleagues and at the end (F83, F84). */
export const UPDATE_PARTS = ['what', 'since', 'who', 'expect', 'steps', 'how', 'verified'] as const;
export type UpdatePart = (typeof UPDATE_PARTS)[number];
const updatePart = z.strictObject({
  name: one.max(60),
  /** The question of the form. */
  ask: one.max(80),
  /** In place of both once it is resolved. */
  resolved: z.strictObject({ name: one.max(60), ask: one.max(80) }).optional(),
  example: one.max(120),
  missing: text,
});
const updateAudience = z.strictObject({ label: one.max(40), line: text, cites: z.array(id).min(1) });
const statusUpdates = z.strictObject({
  audiences: z.strictObject({ external: updateAudience, internal: updateAudience }),
  closing: z.strictObject({ line: text, cites: z.array(id).min(1) }),
  /** Minutes from one update to the next by ICM severity, where the team has agreed on them. */
  every: z
    .strictObject({
      '1': minutes.optional(),
      '2': minutes.optional(),
      '3': minutes.optional(),
      none: minutes.optional(),
    })
    .default({}),
  parts: z.strictObject(
    Object.fromEntries(UPDATE_PARTS.map((name) => [name, updatePart])) as Record<UpdatePart, typeof updatePart>,
  ),
  texts: z.strictObject({ interval: text, next: text, last: text, resolved: text }),
});

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
  topicGroups: map(one.max(60)).default({}),
  topics: map(topic).default({}),
  /** Names of topics that a search offers before anything is typed, the first first. */
  mostAsked: z.array(z.string().max(100)).max(25).default([]),
  worksheets: map(worksheet).default({}),
  /** For how many days what is kept (`src/store/retention.ts`). */
  retention,
  tracking: map(clicks),
  trackingHelp: z.strictObject({
    /** The rule that tells when to track. */
    when: id,
    resolved: clicks,
    difference: remark,
    stopEmail: text,
    silent: text,
  }),
  reminders,
  incidentRoles,
  keyFields,
  messageCheck,
  csatPackage,
  escalation,
  sharing: z.strictObject(
    Object.fromEntries(SHARING_ANSWERS.map((name) => [name, sharingAnswer])) as Record<
      SharingAnswerId,
      typeof sharingAnswer
    >,
  ),
  messageDrafts,
  readiness,
  drills,
  statusUpdates,
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
export type Topic = z.output<typeof topic>;
export type Tension = z.output<typeof tension>;
export type Worksheet = z.output<typeof worksheet>;
export type Retention = z.output<typeof retention>;
