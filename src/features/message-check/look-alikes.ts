/**
 * Letters of other alphabets and signs that look like the letters of "ICM" and "CSAT". The text is folded before, so
 * that full-width and mathematical letters, circles and accents are gone.
 *
 * Source: the shapes in common fonts; Unicode's own list of confusable characters names many more that no keyboard has.
 */
const LOOK_ALIKES: ReadonlyMap<string, string> = new Map(
  Object.entries({
    i: 'ιіӏıɩɪꓲǀ∣│ⲓⵏ',
    c: 'сσςϲᴄꓚꮯⲥ©¢ↄ',
    m: 'мμϻᴍꓟꮇⲙ',
    s: 'ѕꜱꓢ',
    a: 'аαᴀꓮⲁ',
    t: 'тτᴛꓔⲧ',
  }).flatMap(([letter, others]) => [...others].map((one): [string, string] => [one, letter])),
);

/** Letters in black circles and boxes, and those that flags are made of. */
const BOXED = [0x1f150, 0x1f170, 0x1f1e6];

/** The same text in Latin letters where a letter only looks like one; every unit keeps its place. */
export function plainLetters(text: string): string {
  if (!/[^\u0000-\u007f]/.test(text)) return text;
  return text.replace(/[^\u0000-\u007f]/gu, (character) => {
    const boxed = boxedLetter(character.codePointAt(0) ?? 0);
    return boxed === undefined ? (LOOK_ALIKES.get(character) ?? character) : boxed.padEnd(character.length, '\u00ad');
  });
}

function boxedLetter(point: number): string | undefined {
  const first = BOXED.find((start) => point >= start && point < start + 26);
  return first === undefined ? undefined : String.fromCharCode(97 + point - first);
}
