import type { DraftText, Stretch } from './draft-text.ts';
import type { Link } from './found.ts';
import { plainLetters } from './look-alikes.ts';

/** Addresses of pages and mailboxes in a draft, with the ICM portal's marked (F15). */
export function linksIn({ text }: DraftText): Link[] {
  const skeleton = plainLetters(text);
  const links: Link[] = [];
  for (const match of skeleton.matchAll(/\S+/g)) {
    const stretch = trimmed(match[0], match.index);
    const address = skeleton.slice(stretch.start, stretch.end);
    if (isAddress(address) || isIcmPage(address)) links.push({ ...stretch, isIcm: isIcmPage(address) });
  }
  for (const match of skeleton.matchAll(SPACED_PORTAL))
    if (!links.some(({ start, end }) => match.index < end && start < match.index + match[0].length))
      links.push({ start: match.index, end: match.index + match[0].length, isIcm: true });
  return links.sort((a, b) => a.start - b.start);
}

/** "portal . microsofticm . com": its dots set apart so that nothing recognises it. */
const SPACED_PORTAL =
  /(?:portal {0,2}(?:\.|\[\.\]|\(\.\)|\(dot\)|dot) {0,2})?microsoft ?icm {0,2}(?:\.|\[\.\]|\(\.\)|\(dot\)|dot) {0,2}com\S{0,500}/g;

/** Signs around an address that do not belong to it, such as those of Markdown and the full stop of the sentence. */
function trimmed(word: string, at: number): Stretch {
  let first = 0;
  const opening = word.search(/\]\((?=\S)|(?<=[("'<[*_])(?:https?:|www\.|portal\.|icm\.)/);
  if (opening >= 0) first = word.startsWith('](', opening) ? opening + 2 : opening;
  let last = word.length;
  while (first < last && LEADING.has(word.charAt(first))) first += 1;
  while (last > first && TRAILING.has(word.charAt(last - 1))) last -= 1;
  return { start: at + first, end: at + last };
}

const LEADING = new Set('("\'<[{*_`„“«‘');
const TRAILING = new Set('.,;:!?)"\'>]}*_`“”»’');

function isAddress(word: string): boolean {
  return (
    /^(?:https?|hxxps?|ftp|mailto|tel):/.test(word) ||
    /^(?:www\.|aka\.ms\/)/.test(word) ||
    /^[\w.+-]+@[\w-]+\.[\w.-]+$/.test(word) ||
    /^(?:[a-z0-9-]{1,63}\.){1,6}(?:com|net|org|io|de|eu|pl|uk|fr|edu|gov|info|dev|cloud|local)(?:[/:?#]\S*)?$/.test(
      word,
    )
  );
}

function isIcmPage(word: string): boolean {
  const address = decoded(word);
  return ICM_HOSTS.some((host) => host.test(address));
}

const ICM_HOSTS = [
  /(?<![a-z0-9])microsofticm(?![a-z0-9])/,
  /(?<![a-z0-9-])icm(?:portal|api|web|cdn)?\.(?:[a-z0-9-]{1,20}\.)?(?:msft|microsoft|azure|windows|msftcloudes)\b/,
  /(?<![a-z0-9])aka\.ms\/(?:[a-z0-9/_-]{0,40}[-/_])?icm(?![a-z]{3})/,
  /\/imp\/v\d\/(?:incidents|overview)\b/,
];

/** Percent signs may be encoded again by each redirect on the way. */
function decoded(word: string): string {
  let address = word.replace(/\[\.\]|\(\.\)|\(dot\)|\[dot\]|\\\./g, '.');
  for (let round = 0; round < 3 && address.includes('%'); round += 1)
    address = address.replace(/%([0-7][0-9a-f])/g, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)));
  return address.toLowerCase();
}
