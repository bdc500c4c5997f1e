import { appendFileSync, existsSync, readFileSync } from 'node:fs';

/** One measured figure, as `npm run bench` shows it. */
export interface Figure {
  /** The command that measures it alone. */
  readonly by: string;
  readonly what: string;
  /** With its unit. */
  readonly value: string;
  /** Against whatever it is compared with, with the interval where there is one. */
  readonly ratio?: string;
  /** The goal and whether it is reached, in these words: reached, MISSED. */
  readonly goal?: string;
}

/** Hands a figure to whoever runs all benches; alone it does nothing, the bench prints its own table. */
export function figure(one: Figure): void {
  const file = process.env['FIGURES_FILE'];
  if (file) appendFileSync(file, `${JSON.stringify(one)}\n`);
}

export function readFigures(file: string): Figure[] {
  if (!existsSync(file)) return [];
  const lines = readFileSync(file, 'utf8').split('\n').filter(Boolean);
  return lines.map((line) => JSON.parse(line) as Figure);
}

/** `<= 300 reached` or `<= 300 MISSED`. */
export const atMost = (value: number, goal: number): string => `<= ${goal} ${value <= goal ? 'reached' : 'MISSED'}`;
