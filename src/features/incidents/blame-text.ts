/** A word of the text: folded, as typed, and where it stands. */
export interface Word {
  readonly word: string;
  readonly typed: string;
  readonly from: number;
  readonly to: number;
}

/** Parts of names as they stand in a sentence; parts of two letters are too common. */
export function namesIn(people: readonly string[]): ReadonlySet<string> {
  return new Set(
    people.flatMap((name) =>
      name
        .normalize('NFC')
        .toLowerCase()
        .split(/[\s,.()]+/)
        .filter((part) => [...part].length > 2),
    ),
  );
}

/** With a capital, as names have it: "Will" is one, "will" is not. */
export const isName = ({ word, typed }: Word, names: ReadonlySet<string>): boolean =>
  names.has(word) && !/^\p{Ll}/u.test(typed);

const CONTRACTIONS: readonly (readonly [RegExp, readonly string[]])[] = [
  [/^(did|do|does|is|are|was|were|has|have|had|should|could|would)n['’]?t$/, ['$1', 'not']],
  [/^(can|won)['’]?t$/, ['can', 'not']],
  [/^(should|could|would)['’]ve$/, ['$1', 'have']],
  [/^(should|could)(?:a| of)$/, ['$1', 'have']],
  [/^(you|they|we|i)['’](?:ve|d)$/, ['$1', 'had']],
  [/^(you|they|we)['’]re$/, ['$1', 'are']],
];

/** The words of each clause; what stands between commas belongs together, since a subject may be far from its verb. */
export function clausesOf(text: string): readonly (readonly Word[])[] {
  const clauses: Word[][] = [[]];
  for (const match of text.matchAll(/[\p{L}\p{N}@][\p{L}\p{M}\p{N}'’-]*|[.!?;:\n,()]/gu)) {
    const typed = match[0].normalize('NFC');
    if (/^[.!?;:\n]$/.test(typed)) {
      clauses.push([]);
      continue;
    }
    const at = { from: match.index, to: match.index + match[0].length };
    const folded = typed.toLowerCase().replace(/^@/, '');
    for (const word of expanded(folded)) clauses.at(-1)?.push({ word, typed: typed.replace(/^@/, ''), ...at });
  }
  return clauses;
}

function expanded(word: string): readonly string[] {
  for (const [wording, parts] of CONTRACTIONS) {
    const found = wording.exec(word);
    if (found) return parts.map((part) => part.replace('$1', found[1] ?? ''));
  }
  // "Ben's" is Ben, with the sign of the owner kept in what was typed.
  return [word.replace(/['’]s?$/, '')];
}
