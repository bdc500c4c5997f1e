import { oneLine } from '../csat-package/typed-text.ts';

/** Typed text inside a line of Markdown: one line, and nothing of it is read as Markdown or HTML. */
export function markdownLine(text: string, most = 2_000): string {
  return oneLine(text, most).replace(/[\\`*_[\]<>|#~]/g, '\\$&');
}
