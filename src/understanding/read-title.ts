import { MAX_TEXT_LENGTH } from './normalize.ts';
import { joinDigitGroups } from './read-ticket-numbers.ts';

/** A title is cut out of a line with a number before anything else is read: its words are not the engineer's. */
export function cutTitle(text: string): { readonly rest: string; readonly title?: string } {
  const line = text.trim().slice(0, MAX_TEXT_LENGTH);
  // A single quote counts only where it is no apostrophe: at the edges of a word.
  const quoted =
    /["“„«]([^"“”„«»]{1,200})["“”»]/.exec(line) ?? /(?<=\s)['‘]([^'‘’]{1,200})['’](?=[\s,.;!]|$)/.exec(line);
  if (quoted === null) return { rest: line };
  const rest = `${line.slice(0, quoted.index)} ${line.slice(quoted.index + quoted[0].length)}`;
  const title = quoted[1]?.trim() ?? '';
  return title !== '' && /\d{7}/.test(joinDigitGroups(rest)) ? { rest, title } : { rest: line };
}
