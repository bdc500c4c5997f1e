import { onceForEachLine } from './last-lines.ts';
import { correctSpelling } from './spelling.ts';
import { CONCEPT_OF_WORD, CONCEPT_OF_WORDING } from './vocabulary.ts';

/** Longer lines are cut: what somebody asks stands at the beginning, and time stays bounded. */
export const MAX_TEXT_LENGTH = 2_000;

/**
 * Turns a typed line into tokens: words in the team's own terms, numbers, and the few signs that carry meaning.
 *
 * "Shd I bump the IcM, cx went sev-B→A?" gives `should i bump the icm , customer went sev b -> a ?`. Letter case,
 * accents, full-width forms, invisible characters and surrounding white space make no difference.
 */
export const normalize: (text: string) => readonly string[] = onceForEachLine((text) =>
  mergeWordings(dropAbbreviationDots(scan(clean(text)).flatMap(toConcepts))),
);

/** The dot or dash of "Sev. A" and "ICM # 401234567" ends no sentence. */
function dropAbbreviationDots(tokens: readonly string[]): string[] {
  return tokens.filter((token, index) => {
    if (token === '#') return false;
    if (token !== '.' && token !== ':') return true;
    const before = tokens[index - 1];
    const after = tokens[index + 1] ?? '';
    return !((before === 'sev' && /^(?:[abc]|\d)$/.test(after)) || (before === 'case' && after === 'engineer'));
  });
}

/** Cuts, then folds case and look-alikes, and drops what cannot be seen. */
export function clean(text: string): string {
  return (
    text
      .trim()
      .slice(0, MAX_TEXT_LENGTH)
      .toWellFormed()
      .normalize('NFKC')
      // Up and down again: ß and the dotted capital I fold the same way whichever case was typed.
      .toUpperCase()
      .toLowerCase()
      .normalize('NFD')
      // Accents and stacked marks; zero-width, joining and direction characters.
      .replace(/[\p{M}\p{Cf}]/gu, '')
      .replace(/[\r\n\u2028\u2029]/g, ' . ')
      .replace(/\p{Cc}/gu, ' ')
      .slice(0, 2 * MAX_TEXT_LENGTH)
  );
}

/**
 * One pass over the text by one expression without nested repetition. In order: arrows, times and decimals, words
 * (an apostrophe inside belongs to the word), numbers, single signs, pictures.
 */
const PIECE =
  /[-=~]{0,3}>|[→⇒➔➜»]|24[x/]7|\d+[.:]\d+|\bw\/o?\b|\bw\/|\bf\/u\b|\bb4\b|\bp[0-5]\b|\p{L}[\p{L}'’`]*|\d+|[?!.,;:/=+&%<@#]|\p{Extended_Pictographic}|\p{Regional_Indicator}/gu;

/** Pieces that hold a sign or a digit and are words all the same. */
const SHORTHAND = new Map([
  ['w/', 'with'],
  ['w/o', 'without'],
  ['f/u', 'followup'],
  ['b4', 'before'],
  ['24/7', '24x7'],
  ['24x7', '24x7'],
]);

function scan(text: string): string[] {
  return text.match(PIECE) ?? [];
}

/** Words run together, contractions among them, and what they stand for. */
const GLUED = new Map([
  ['seva', ['sev', 'a']],
  ['sevb', ['sev', 'b']],
  ['sevc', ['sev', 'c']],
  ['casea', ['case', 'a']],
  ['caseb', ['case', 'b']],
  ['casec', ['case', 'c']],
  ['severitya', ['sev', 'a']],
  ['severityb', ['sev', 'b']],
  ['severityc', ['sev', 'c']],
  ['tumblingwindow', ['tumbling', 'window']],
  ['signoff', ['sign', 'off']],
  ['thankyou', ['thanks']],
  ['whatis', ['what', 'is']],
  ['openicm', ['open', 'icm']],
  ['newicm', ['new', 'icm']],
  ['icmsev', ['icm', 'sev']],
  ['casesev', ['case', 'sev']],
  ['idk', ['i', 'dont', 'know']],
  ['alot', ['a', 'lot']],
  ['gonna', ['going', 'to']],
  ['wanna', ['want', 'to']],
  ['whos', ['who', 'is']],
  ['whats', ['what', 'is']],
  ['wheres', ['where', 'is']],
  ['hows', ['how', 'is']],
  ['thats', ['that', 'is']],
  ['theres', ['there', 'is']],
  ['isnt', ['is', 'not']],
  ['arent', ['are', 'not']],
  ['wasnt', ['was', 'not']],
  ['werent', ['were', 'not']],
  ['dont', ['do', 'not']],
  ['doesnt', ['does', 'not']],
  ['didnt', ['did', 'not']],
  ['havent', ['have', 'not']],
  ['hasnt', ['has', 'not']],
  ['hadnt', ['had', 'not']],
  ['cant', ['can', 'not']],
  ['cannot', ['can', 'not']],
  ['couldnt', ['could', 'not']],
  ['shouldnt', ['should', 'not']],
  ['wouldnt', ['would', 'not']],
  ['wont', ['will', 'not']],
  ['lets', ['let', 'us']],
  ['im', ['i', 'am']],
  ['its', ['it', 'is']],
  ['ive', ['i', 'have']],
  ['youre', ['you', 'are']],
  ['weve', ['we', 'have']],
  ['theyre', ['they', 'are']],
]);

function toConcepts(piece: string): string[] {
  if (piece.endsWith('>') || /^[→⇒➔➜»]$/.test(piece)) return ['->'];
  if (piece === '&') return ['and'];
  const shorthand = SHORTHAND.get(piece);
  if (shorthand !== undefined) return [shorthand];
  if (/^p\d$/.test(piece)) return [piece];
  const first = piece.codePointAt(0) ?? 0;
  if (first > 127 && !/^\p{L}/u.test(piece)) return ['<picture>'];
  if (!/^\p{L}/u.test(piece)) return [piece];
  const word = piece.replace(/['’`]/g, '');
  const glued = GLUED.get(word);
  if (glued !== undefined) return glued;
  const known = CONCEPT_OF_WORD.get(word);
  if (known !== undefined) return [known];
  const corrected = correctSpelling(word);
  return GLUED.get(corrected) ?? [CONCEPT_OF_WORD.get(corrected) ?? corrected];
}

const LONGEST_WORDING = 4;
const BEGINS_WORDING = new Set([...CONCEPT_OF_WORDING.keys()].map((wording) => wording.split(' ', 1)[0] ?? ''));

function mergeWordings(tokens: readonly string[]): string[] {
  const merged: string[] = [];
  let index = 0;
  while (index < tokens.length) {
    let taken = 0;
    const longest = BEGINS_WORDING.has(tokens[index] ?? '') ? Math.min(LONGEST_WORDING, tokens.length - index) : 0;
    for (let length = longest; length > 1 && taken === 0; length -= 1) {
      const concept = CONCEPT_OF_WORDING.get(tokens.slice(index, index + length).join(' '));
      if (concept === undefined) continue;
      merged.push(concept);
      taken = length;
    }
    if (taken === 0) {
      merged.push(tokens[index] ?? '');
      taken = 1;
    }
    index += taken;
  }
  return merged;
}
