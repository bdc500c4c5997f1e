import { logsIn } from './backend-log.ts';
import { endOfBody, startOfBody } from './body.ts';
import { hide, placeOf, readDraft, type Stretch } from './draft-text.ts';
import type { Draft } from './found.ts';
import { linksIn } from './links.ts';
import { sentencesIn } from './sentences.ts';

/** Reads a draft once for all rules. */
export function prepareDraft(typed: string): Draft {
  const draft = readDraft(typed);
  const links = linksIn(draft);
  // An address is no line of a log, however long it is.
  const logs = logsIn({
    ...draft,
    text: hide(draft.text, links),
    source: hide(
      draft.source,
      links.map((link) => placeOf(draft, link)),
    ),
  });
  const prose = hide(draft.text, [...links, ...logs, ...queriesIn(draft.text)]);
  const isCapitalAt = (index: number): boolean =>
    /^[\p{Lu}\p{Lt}]/u.test(draft.source.slice(draft.from[index] ?? 0, (draft.from[index] ?? 0) + 2));
  const sentences = sentencesIn(withoutQuotes(prose), isCapitalAt);
  return {
    ...draft,
    links,
    logs,
    sentences,
    startOfBody: startOfBody(draft.text, sentences),
    endOfBody: endOfBody(draft.text, sentences),
  };
}

/** Lines of a query tell nothing in sentences. */
function queriesIn(text: string): Stretch[] {
  return [...text.matchAll(/[^\n]+/g)]
    .filter(([line]) => isQuery(line.slice(0, 2_000).trimStart()))
    .map((match) => ({ start: match.index, end: match.index + match[0].length }));
}

function isQuery(line: string): boolean {
  if (/^(?:group by|create (?:table|function)|timestamp by) /.test(line)) return true;
  if (/^with \w{1,60} as\b/.test(line)) return true;
  return line.startsWith('select ') && (line.includes(' from ') || line.includes(' into '));
}

/** Longer quotes are read as the writer's own words. */
const LONGEST_QUOTE = 200;

/** What somebody else said, or a word that is spoken of, is not said by the writer: 'the word "fixed"'. */
function withoutQuotes(text: string): string {
  const quotes: Stretch[] = [];
  let open: number | undefined;
  for (const { index } of text.matchAll(/["“”„«»`]/g)) {
    const isClose = open !== undefined && index - open <= LONGEST_QUOTE && !text.slice(open, index).includes('\n');
    // A state in quotes is meant: it went to "resolved".
    const isWord = open !== undefined && /^[\p{L}]+$/u.test(text.slice(open + 1, index));
    if (open !== undefined && isClose && !isWord) quotes.push({ start: open + 1, end: index });
    open = isClose ? undefined : index;
  }
  return hide(text, quotes, '_');
}
