/** Brackets in a text, the words within them: places that the playbook's replacements leave for the engineer to fill in. */
export function gapsIn(text: string): string[] {
  return [...text.matchAll(/\[([^\][\n]{4,200})\]/g)].map((match) => match[1] ?? '');
}

/** Whether a bracket that is still to be filled in speaks of something: it counts as said until then. */
export function hasGap(text: string, word: RegExp): boolean {
  return gapsIn(text).some((gap) => word.test(gap));
}
