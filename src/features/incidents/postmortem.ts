/** A field of a postmortem that people fill in. */
export interface FieldShape {
  readonly label: string;
  /** Longest text, in characters. */
  readonly most: number;
  readonly hint: string;
}

/** The fields, in the order in which they are read. The five questions are those of F88. */
export const FIELDS = {
  summary: { label: 'Summary', most: 1_200, hint: 'What happened, in two or three sentences' },
  impact: { label: 'Impact', most: 800, hint: 'Who was affected, and how' },
  problem: { label: 'Problem', most: 600, hint: 'What was wrong' },
  symptoms: { label: 'Symptoms', most: 600, hint: 'What people saw' },
  cause: { label: 'Root cause', most: 600, hint: 'What made it possible, not who' },
  solution: { label: 'Solution', most: 600, hint: 'How it was resolved' },
  verified: { label: 'How that was verified', most: 400, hint: 'How you know that it is resolved' },
  wentWell: { label: 'What went well', most: 900, hint: 'What to celebrate and to keep' },
  improve: { label: 'What to improve', most: 900, hint: 'Problems are opportunities' },
  knewWhat: { label: 'Did everyone know what to do?', most: 400, hint: '' },
  knewRoles: { label: 'Did everyone understand their roles?', most: 400, hint: '' },
  internal: { label: 'Was the internal communication clear?', most: 400, hint: '' },
  external: { label: 'Did external stakeholders feel informed?', most: 400, hint: '' },
  process: { label: 'Did the process work well for the team?', most: 400, hint: '' },
} as const satisfies Record<string, FieldShape>;

export type Field = keyof typeof FIELDS;
export type Fields = Readonly<Record<Field, string>>;
export const fieldNames = Object.keys(FIELDS) as readonly Field[];

/** The forms: each has as many fields as fit into one card. */
export const STEPS = {
  what: { title: 'What happened', fields: ['summary', 'impact'] },
  problem: { title: 'Problem, symptoms, solution', fields: ['problem', 'symptoms', 'cause', 'solution', 'verified'] },
  learned: { title: 'What we learned', fields: ['wentWell', 'improve'] },
  questions: { title: 'The five questions', fields: ['knewWhat', 'knewRoles', 'internal', 'external', 'process'] },
} as const satisfies Record<string, { readonly title: string; readonly fields: readonly Field[] }>;
export type Step = keyof typeof STEPS;

export const emptyFields = Object.fromEntries(fieldNames.map((name) => [name, ''])) as Fields;

/** Fields as they were kept: what an older version of the program did not have is empty. */
export function fieldsFrom(kept: unknown): Fields {
  const read = (typeof kept === 'object' && kept !== null ? kept : {}) as Readonly<Record<string, unknown>>;
  return Object.fromEntries(
    fieldNames.map((name) => [name, typeof read[name] === 'string' ? read[name] : '']),
  ) as Fields;
}

/** What becomes of two people's changes to the same fields. */
export interface Merge {
  /** Mine where I changed a field, theirs where only they did. */
  readonly fields: Fields;
  /** What both changed, each in another way: somebody has to look. */
  readonly conflicts: readonly Field[];
}

/** `base`: what both began with; `theirs`: what is kept now; `mine`: what is to be kept. */
export function mergeFields(base: Fields, theirs: Fields, mine: Fields): Merge {
  const fields = { ...theirs } as Record<Field, string>;
  const conflicts: Field[] = [];
  for (const name of fieldNames) {
    if (mine[name] === base[name] || mine[name] === theirs[name]) continue;
    fields[name] = mine[name];
    if (theirs[name] !== base[name]) conflicts.push(name);
  }
  return { fields, conflicts };
}
