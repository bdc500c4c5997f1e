import { existsSync, readFileSync } from 'node:fs';
import type { Intent, Understanding } from '../../src/understanding/intents.ts';

export interface KindLine {
  readonly kind: string;
  readonly text: string;
}

export interface LabelledLine {
  readonly text: string;
  readonly intent: Intent;
}

/** Rows of `kind | line`. */
export function table(rows: string): KindLine[] {
  return rows
    .trim()
    .split('\n')
    .map((row) => {
      const at = row.indexOf(' | ');
      return { kind: row.slice(0, at), text: row.slice(at + 3) };
    });
}

/** The labelled lines lie outside the repository: where they are missing there are none. */
export const LABELLED: readonly LabelledLine[] = readLines();

function readLines(): LabelledLine[] {
  const file = new URL('../../../shared/eval/utterances.jsonl', import.meta.url);
  if (!existsSync(file)) return [];
  const lines = readFileSync(file, 'utf8').split('\n');
  return lines.filter((line) => line.trim() !== '').map((line) => JSON.parse(line) as LabelledLine);
}

export function labelledAs(intent: Intent): string[] {
  return LABELLED.filter((line) => line.intent === intent).map(({ text }) => text);
}

export function shareOf<Line>(lines: readonly Line[], isRight: (line: Line) => boolean): number {
  return lines.filter(isRight).length / lines.length;
}

export function isUnderstoodAs(understanding: Understanding, text: string, intent: Intent): boolean {
  const reading = understanding.understand(text);
  if (reading.kind === 'clear') return reading.intent === intent;
  return reading.kind === 'either' && reading.intents.includes(intent);
}
