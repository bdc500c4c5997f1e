/** Parts of names that are words as well, or too short to be sure. */
const shortest = 3;

const partsOf = (names: readonly string[]): ReadonlySet<string> =>
  new Set(
    names.flatMap((name) => name.split(/\s+/)).filter((part) => part.length >= shortest && /^\p{Lu}/u.test(part)),
  );

/**
 * The first name of somebody who took part that stands in one of the texts: findings name nobody (F91). Names are found
 * as they are written, with their capital letter, so that "will" is no Will.
 */
export function namedIn(texts: readonly string[], names: readonly string[]): string | undefined {
  const parts = partsOf(names);
  return texts.flatMap((text) => text.match(/\p{L}+/gu) ?? []).find((word) => parts.has(word));
}

/** The same names taken out: for what was written before somebody took part. */
export function withoutNames(text: string, names: readonly string[]): string {
  const parts = partsOf(names);
  return text.replace(/\p{L}+/gu, (word) => (parts.has(word) ? 'somebody' : word));
}
