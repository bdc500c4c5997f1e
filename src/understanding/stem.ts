/** "tracked", "tracking" and "tracks" share a stem. Rough on purpose: it only has to be the same each time. */
export function stemOf(word: string): string {
  if (word.length > 5 && word.endsWith('ing')) return dropDouble(word.slice(0, -3));
  if (word.length > 4 && word.endsWith('ed')) return dropDouble(word.slice(0, -2));
  if (word.length > 4 && word.endsWith('es')) return word.slice(0, -2);
  if (word.length > 3 && word.endsWith('s') && !word.endsWith('ss')) return word.slice(0, -1);
  if (word.length > 4 && word.endsWith('e')) return word.slice(0, -1);
  return word;
}

function dropDouble(stem: string): string {
  return stem.at(-1) === stem.at(-2) ? stem.slice(0, -1) : stem;
}
