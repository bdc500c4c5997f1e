import { clean, normalize } from './normalize.ts';
import type { Region } from './regions.ts';

/** Regions named in the line, in the order of the list, each once. The longest name wins: "East US 2" is not "East US". */
export function readRegions(tokens: readonly string[], regions: readonly Region[]): string[] {
  const wordings = regions
    .flatMap((region) =>
      [region.name, ...region.aliases].map((wording) => ({ name: region.name, words: normalize(wording) })),
    )
    .filter(({ words }) => words.length > 0)
    .sort((a, b) => b.words.length - a.words.length);
  const taken = new Set<number>();
  const named = new Set<string>();
  for (const { name, words } of wordings) {
    for (let start = 0; start + words.length <= tokens.length; start += 1) {
      const places = words.map((_, offset) => start + offset);
      if (!words.every((word, offset) => tokens[start + offset] === word) || places.some((at) => taken.has(at)))
        continue;
      for (const at of places) taken.add(at);
      named.add(name);
    }
  }
  return regions.map(({ name }) => name).filter((name) => named.has(name));
}

/** Support requests have 16 digits and begin with 1 or 2. */
export function readSrNumbers(text: string): string[] {
  return unique(numbersIn(text).filter((digits) => digits.length === 16 && /^[12]/.test(digits)));
}

/** ICMs have 8 or 9 digits. */
export function readIcmNumbers(text: string): string[] {
  return unique(numbersIn(text).filter((digits) => digits.length === 8 || digits.length === 9));
}

function numbersIn(text: string): string[] {
  return clean(text).match(/\d+/g) ?? [];
}

function unique(values: readonly string[]): string[] {
  return [...new Set(values)];
}
