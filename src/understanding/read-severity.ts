import type { SeverityQuestion } from '../playbook/severity-question.ts';
import { letterMentions } from './letter-mentions.ts';
import { normalize } from './normalize.ts';
import { numberMentions } from './number-mentions.ts';
import { readDirection } from './read-direction.ts';
import { readLetters } from './read-letters.ts';
import { readNeed } from './read-need.ts';
import { readNumbers } from './read-numbers.ts';
import { readOutage, type OutageSaid } from './read-outage.ts';
import { isUnderPressure } from './read-pressure.ts';
import { onceForEach } from './once-for-each.ts';
import { findAll, patterns } from './token-pattern.ts';

/** What a typed line says about severities. What it does not clearly say stays undefined: asking costs less. */
export function readSeverityQuestion(text: string): SeverityQuestion {
  const tokens = normalize(text);
  const said = readSeverityTokens(tokens);
  // What counts as an outage is asked, not what to do in one.
  const asked = said.outage === undefined && findAll(ASKS_WHAT_AN_OUTAGE_IS, tokens).length > 0;
  return asked ? { ...said, outageUnclear: true } : said;
}

const ASKS_WHAT_AN_OUTAGE_IS = patterns(`
  is|are that|this|it|these|they ~4 outage
  count|counts|counted|qualify|qualifies|classed|treated ~2 outage
  what|when is|makes|counts|means ~3 outage
  how many ~4 outage
  make|makes ~2 outage
  definition|define|meaning of? ~2 outage
`);

/** The understanding asks, and then whoever answers. */
export const readSeverityTokens: (tokens: readonly string[]) => SeverityQuestion = onceForEach(readAfresh);

function readAfresh(tokens: readonly string[]): SeverityQuestion {
  const letters = letterMentions(tokens);
  const numbers = numberMentions(tokens);
  // "A B C to 1 2 3" asks about the whole table, not about one case.
  if (['a', 'b', 'c'].every((letter) => tokens.includes(letter))) return {};
  const outage = readOutage(tokens);
  const letter = readLetters(tokens, letters);
  const number = readNumbers(tokens, numbers, outage.meant || outage.ended);
  const direction =
    letter.before === undefined && letter.now === undefined && !number.changed ? readDirection(tokens) : undefined;
  const need = readNeed(tokens);
  const said = {
    outage: saidOutage(outage),
    ended: outage.ended ? true : undefined,
    caseSeverity: letter.now ?? number.caseSeverity,
    caseSeverityBefore: letter.before,
    direction,
    icmSeverity: number.icmSeverity,
    pressure: isUnderPressure(tokens, numbers) ? true : undefined,
    unclearOne: number.unclearOne ? true : undefined,
    need,
  };
  return Object.fromEntries(Object.entries(said).filter(([, value]) => value !== undefined));
}

function saidOutage(outage: OutageSaid): boolean | undefined {
  if (outage.now === true || outage.now === false) return outage.now;
  return outage.meant ? true : undefined;
}
