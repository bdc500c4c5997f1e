import { cleanText } from '../../clean-text.ts';

/** Typed text as one line, so that it can open no line of its own in a letter. */
export function oneLine(text: string, most = 1_000): string {
  const line = cleanText(text.slice(0, most * 4))
    .replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ')
    .replace(/ {2,}/g, ' ')
    .trim();
  return line.length <= most ? line : `${line.slice(0, most).toWellFormed()}…`;
}

/** Typed text under a heading: its further lines are indented, so that none of them can pass for a heading. */
export function indented(text: string): string {
  return cleanText(text)
    .trim()
    .split('\n')
    .map((line, at) => (at === 0 ? line.trimEnd() : `    ${line.trimEnd()}`))
    .join('\n');
}

/** An address that is safe to show and to open, or nothing. */
export function httpsOnly(link: string): string | undefined {
  const trimmed = link.trim();
  if (!/^https:\/\//i.test(trimmed) || trimmed.length > 1_000 || !URL.canParse(trimmed)) return undefined;
  const url = new URL(trimmed);
  return url.username === '' && url.password === '' ? url.href : undefined;
}
