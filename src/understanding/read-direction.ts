import { findAll, isNegation, matches, patterns, wordsBefore } from './token-pattern.ts';

const UP = patterns(`
  sev|case ~3 up|bumped|raised|upgraded|increased|increases|higher|escalated|rose|rises|bump|elevated
  bump|bumped|raise|raised|upgrade|upgraded|increase|increased|up|upped|elevate|elevated ~3 sev
  sev raise|upgrade|increase|bump
  icm ~2 be ~1 raised|bumped|upgraded|increased
  upgraded|bumped to critical
  got|just|was|been bumped|upgraded
  bumped|upgraded ~2 icm|case|it|ticket
  ^ upgraded|bumped
`);
const DOWN = patterns(`
  sev|case|icm ~3 down|lowered|downgraded|decreased|reduced|dropped|lower|deescalated|decreases
  lower|lowered|lowering|downgrade|downgraded|decrease|decreased|reduce|reduced|drop|dropped|deescalate ~3 sev|icm|it
  sev drop|downgrade|decrease
  ^ downgraded|lowered|downgrade
  ^ lower|drop|reduce to
  step down
`);

/** Which way a severity went, where no letter and no number tells it. */
export function readDirection(tokens: readonly string[]): 'up' | 'down' | undefined {
  if (tokens.includes('up') && tokens.includes('down')) return undefined;
  const up = matches(UP, tokens);
  const down = matches(DOWN, tokens);
  if (up === down) return undefined;
  const spans = findAll(up ? UP : DOWN, tokens);
  if (spans.every(({ start }) => wordsBefore(tokens, start, 3).some(isNegation))) return undefined;
  return up ? 'up' : 'down';
}
