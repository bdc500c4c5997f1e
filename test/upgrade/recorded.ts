import { readdirSync, readFileSync, writeFileSync } from 'node:fs';

/** A statement as a version said it; a time among its values is `{ "$date": ... }`. */
export interface Recorded {
  readonly sql: string;
  readonly values: readonly unknown[];
  /** Those with the same number were one transaction. */
  readonly transaction?: number;
}

/** Each text once, and what was said as [number of the text, values, number of the transaction or 0]. */
interface Kept {
  readonly texts: readonly string[];
  readonly said: readonly (readonly [text: number, values: readonly unknown[], transaction: number])[];
}

const folder = new URL('./statements/', import.meta.url);
const fileOf = (version: string): URL => new URL(`${version}.json`, folder);

/** The versions that were recorded, by the number of their newest migration. */
export function recordedVersions(): readonly string[] {
  return readdirSync(folder)
    .map((name) => name.slice(0, 4))
    .sort();
}

export function readRecorded(version: string): Recorded[] {
  const { texts, said } = JSON.parse(readFileSync(fileOf(version), 'utf8')) as Kept;
  return said.map(([text, values, transaction]) => ({
    sql: texts[text] as string,
    values,
    ...(transaction === 0 ? {} : { transaction }),
  }));
}

export function writeRecorded(version: string, recorded: readonly Recorded[]): void {
  const texts = [...new Set(recorded.map(({ sql }) => sql))];
  const lines = recorded.map(({ sql, values, transaction = 0 }) =>
    JSON.stringify([texts.indexOf(sql), values, transaction]),
  );
  const kept = `{\n"texts": ${JSON.stringify(texts)},\n"said": [\n${lines.join(',\n')}\n]\n}\n`;
  writeFileSync(fileOf(version), kept);
}
