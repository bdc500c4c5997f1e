/**
 * The plain text of a message as a message extension gets it, in HTML or as it is. Read in one pass, so that hostile
 * HTML costs no more than its length. A tag inside a word leaves the word whole, and the address behind a link is
 * written after its words: both would hide what the reader of the message gets all the same.
 */
export function messageText(content: string, contentType: string | undefined): string {
  const text = contentType === 'html' ? fromHtml(content) : content;
  return text
    .replaceAll('\u00A0', ' ')
    .split('\n')
    .map((line) => line.trimEnd())
    .join('\n')
    .replace(/\n{3,}/g, '\n\n')
    .trim();
}

/** Each begins a line of its own. */
const blocks = new Set(['br', 'p', 'div', 'li', 'tr', 'h1', 'h2', 'h3', 'h4', 'h5', 'h6', 'blockquote', 'pre', 'hr']);
/** Nobody sees what is in these. */
const unseen = new Set(['style', 'script', 'head', 'template']);

function fromHtml(html: string): string {
  let parts: string[] = [];
  // The link and the mention that are open at the moment.
  let link: { readonly href: string; readonly from: number } | undefined;
  let isAddress = false;
  let hidden: string | undefined;
  let at = 0;
  const write = (more: string): void => {
    if (more !== '' && hidden === undefined) parts.push(more);
  };
  while (at < html.length) {
    const open = html.indexOf('<', at);
    write(decodeEntities(html.slice(at, open === -1 ? html.length : open)));
    if (open === -1) break;
    // What only looks like a tag is text: "a < b".
    const isTag = /^[a-z/!]/i.test(html.slice(open + 1, open + 2));
    const close = isTag ? html.indexOf('>', open) : -1;
    if (close === -1) {
      write('<');
      at = open + 1;
      if (!isTag) continue;
      // Without any further ">" nothing that follows is a tag.
      write(decodeEntities(html.slice(at)));
      break;
    }
    const tag = html.slice(open + 1, Math.min(close, open + 4_000));
    const name = /^\/?([a-z][a-z0-9]*)/i.exec(tag)?.[1]?.toLowerCase() ?? '';
    const isEnd = tag.startsWith('/');
    at = close + 1;
    if (hidden !== undefined) {
      if (isEnd && name === hidden) hidden = undefined;
    } else if (unseen.has(name)) {
      if (!isEnd) hidden = name;
    } else if (name === 'a') {
      if (link && link.href !== '' && !parts.slice(link.from).join('').includes(link.href)) write(` (${link.href})`);
      link = isEnd ? undefined : { href: attribute(tag, 'href') ?? '', from: parts.length };
    } else if (name === 'at') {
      // Whom a message is addressed to by a mention at its very beginning is no part of what it says.
      if (isEnd && isAddress) parts = [];
      isAddress = !isEnd && parts.length === 0;
    } else if (name === 'img' || name === 'emoji') {
      if (!isEnd) write(attribute(tag, 'alt') ?? '');
    } else if (name === 'td' || name === 'th') {
      if (isEnd) write(' ');
    } else if (blocks.has(name) && parts.length > 0 && !parts.at(-1)?.endsWith('\n')) write('\n');
    else if (name === 'br') write('\n');
  }
  return parts.join('');
}

function attribute(tag: string, name: string): string | undefined {
  const from = tag.toLowerCase().indexOf(`${name}=`);
  if (from === -1) return undefined;
  const start = from + name.length + 1;
  const quote = tag[start];
  if (quote === '"' || quote === "'") {
    const end = tag.indexOf(quote, start + 1);
    return decodeEntities(tag.slice(start + 1, end === -1 ? undefined : end));
  }
  return decodeEntities(/^[^\s>]*/.exec(tag.slice(start))?.[0] ?? '');
}

const named: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", nbsp: ' ' };

function decodeEntities(text: string): string {
  if (!text.includes('&')) return text;
  return text.replace(/&(?:#(\d{1,7})|#x([0-9a-f]{1,6})|([a-z]{2,5}));/gi, (all, decimal, hex, word) => {
    if (word !== undefined) return named[String(word).toLowerCase()] ?? all;
    const code = decimal === undefined ? Number.parseInt(String(hex), 16) : Number(decimal);
    return code > 0 && code <= 0x10ffff && !(code >= 0xd800 && code <= 0xdfff) ? String.fromCodePoint(code) : all;
  });
}
