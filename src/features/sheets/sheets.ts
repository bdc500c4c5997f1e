import type { Playbook } from '../../playbook/schema.ts';
import { isUuid } from '../../store/uuid.ts';

export interface Field {
  readonly name: string;
  readonly label: string;
  readonly hint: string;
  readonly long: boolean;
  readonly optional: boolean;
  readonly kind: 'text' | 'guid';
}

/** Something to fill in and take along as text. */
export interface Sheet {
  readonly id: string;
  readonly title: string;
  readonly lines: readonly string[];
  readonly cites: readonly string[];
  readonly fields: readonly Field[];
  /** All of the fields are wanted (an owner's), or as many as there are (a worksheet). */
  readonly isComplete: boolean;
  readonly toText: (values: Values) => string;
}

export type Values = Readonly<Record<string, string>>;

/** Every sheet of the playbook: owners first, then worksheets. */
export function sheetsOf(playbook: Playbook): ReadonlyMap<string, Sheet> {
  const sheets = [...ownerSheets(playbook), ...worksheets(playbook)];
  return new Map(sheets.map((sheet) => [sheet.id, sheet]));
}

function ownerSheets(playbook: Playbook): Sheet[] {
  return Object.entries(playbook.owners).flatMap(([name, owner]) => {
    const fields = Object.entries(owner.intake).map(([field, entry]) => ({ name: field, hint: '', ...entry }));
    if (fields.length === 0) return [];
    return {
      id: `owner ${name}`,
      title: `${owner.name}: ${owner.handles}`,
      lines: [`What ${owner.name} needs: ${owner.required.join('; ')}.`, ...(owner.note ? [owner.note] : [])],
      cites: [owner.rule],
      fields: fields.map((field) => ({ ...field, hint: field.hint ?? '' })),
      isComplete: true,
      toText: (values) =>
        [
          `Owner: ${owner.name}`,
          ...fields.flatMap(({ name: key, label, optional }) => {
            const value = valueOf(values, key);
            return value === '' && optional ? [] : [`${label}: ${value === '' ? '<missing>' : value}`];
          }),
        ].join('\n'),
    };
  });
}

function worksheets(playbook: Playbook): Sheet[] {
  return Object.entries(playbook.worksheets).map(([name, sheet]) => ({
    id: `worksheet ${name}`,
    title: sheet.title,
    lines: [sheet.text, ...sheet.parts.flatMap(({ label, given }) => (given ? [`${label}: ${given}`] : []))],
    cites: sheet.cites,
    fields: sheet.parts.flatMap(({ fields }) =>
      Object.entries(fields).map(([field, label]) => ({
        name: field,
        label,
        hint: '',
        long: false,
        optional: true,
        kind: 'text' as const,
      })),
    ),
    isComplete: false,
    toText: (values) =>
      [
        sheet.title,
        ...sheet.parts.flatMap(({ label, given, fields }) => [
          '',
          label,
          ...(given ? [given] : []),
          ...Object.entries(fields).map(([field, title]) => `${title}: ${valueOf(values, field)}`),
        ]),
      ].join('\n'),
  }));
}

export function valueOf(values: Values, name: string): string {
  return (Object.hasOwn(values, name) ? (values[name] ?? '') : '').trim();
}

/** What is missing or wrong, a sentence each; empty when the text can go out as it is. */
export function problemsOf(sheet: Sheet, values: Values): string[] {
  return sheet.fields.flatMap(({ name, label, optional, kind }) => {
    const value = valueOf(values, name);
    if (value === '') return optional ? [] : [`${label} is missing.`];
    if (kind === 'guid' && !value.split(/[\s,;]+/).every((one) => isUuid(one)))
      return [
        `${label}: that is no id of the form 00000000-0000-0000-0000-000000000000. Copy it from the Azure portal; several are fine, with commas between.`,
      ];
    return [];
  });
}
