/** What stands in brackets, with brackets of any kind, also several around each other. */
const bracketed =
  /[[({<【〔［（｛〈《「]{1,3}[^[\](){}<>【】〔〕［］（）｛｝〈〉《》「」]{1,60}[\])}>】〕］）｝〉》」]{1,3}/gu;
/** What may stand between a tag and a title, before or behind it. */
const leading = /^[\s:;,.|\-–—_]+/u;
const trailing = /[\s:;,|\-–—_]$/u;

/** Letters and digits alone, however they were written: "[csat-impacting]" is "csatimpacting". */
const fold = (text: string): string =>
  text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, '');

/**
 * A title with the tag in front, once, however and wherever it stood before: in other brackets or letters, with a
 * hyphen, several times, at the end. Without brackets it is taken for the tag at the beginning only; further on it is
 * a part of a sentence. `title` is one line, `placeholder` stands in for a title that is not known.
 */
export function withTag(title: string, tag: string, placeholder: string): string {
  const rest = withoutTag(title, fold(tag));
  return `${tag} ${rest === '' ? placeholder : rest}`;
}

function withoutTag(title: string, folded: string): string {
  let rest = title;
  // Something that was taken out may have stood between the halves of another one.
  for (let before; before !== rest;) {
    before = rest;
    rest = rest.replace(bracketed, (part) => (fold(part) === folded ? ' ' : part));
    rest = rest.slice(lengthOfTag(rest, folded)).replace(/ {2,}/g, ' ').trim().replace(leading, '');
    // "Job stuck - [tag]" leaves a dash behind.
    while (trailing.test(rest)) rest = rest.slice(0, -1);
  }
  return rest;
}

/** How many UTF-16 units at the beginning are the tag without brackets, and what parts it from the title; often 0. */
function lengthOfTag(title: string, folded: string): number {
  let seen = '';
  let length = 0;
  for (const character of title) {
    seen += fold(character);
    if (!folded.startsWith(seen)) return 0;
    length += character.length;
    if (seen === folded) break;
  }
  if (seen !== folded || folded === '') return 0;
  const rest = title.slice(length);
  // "CSAT impactingly" is another word.
  if (/^[\p{L}\p{N}]/u.test(rest)) return 0;
  return length + (leading.exec(rest)?.[0].length ?? 0);
}
