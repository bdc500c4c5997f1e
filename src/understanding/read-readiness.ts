import { normalize } from './normalize.ts';
import { spansIn } from './read-span.ts';
import { find, patterns, wordSet, type TokenPattern } from './token-pattern.ts';
import { prepare } from './time-text.ts';

/** What a line about the team's readiness checklist asks for (F94). Items count from 1. */
export type ReadinessRequest =
  | { readonly kind: 'show' }
  | { readonly kind: 'mark'; readonly item: number; readonly done: boolean }
  /** `other`: whoever the line mentions. */
  | { readonly kind: 'owner'; readonly item: number; readonly who: 'me' | 'other' | 'nobody' }
  | { readonly kind: 'note'; readonly item: number; readonly words: string }
  | { readonly kind: 'nudges'; readonly on: boolean }
  /** The agreed channel and interval of updates (F82, F83), as far as the line says them. */
  | {
      readonly kind: 'standards';
      readonly isInternal: boolean;
      readonly channel: string;
      readonly interval: string;
    };

const ITEM = 'item|point';
const DONE = 'done|complete|completed|finished|ticked';
const POLITE = '^ please? can|could? you? please?';

const SHOW = patterns(`
  ${POLITE} show|open|see me|us? the|our|my|teams? team|teams? readiness checklist|status? please? $
  ^ the|our|my|teams? team|teams? readiness checklist|status? please? $
  ^ is|are ${ITEM} # ${DONE}|open
  ^ who owns|has ${ITEM} #
`);
const MARK_DONE = patterns(`
  ${POLITE} mark|set|tick|check ${ITEM}? # as|to|off? ${DONE} please? $
  ${POLITE} tick ${ITEM}? # off|please? $
  ${POLITE} check|tick|cross off ${ITEM}? # $
  ${POLITE} check|cross ${ITEM}? # off $
  ${POLITE} finish|complete|close ${ITEM} # please? $
  ^ ${ITEM} # is|are|has? now|already|been? ${DONE} now|please? $
  ^ we|i have? now? ${DONE}|did ${ITEM} # $
  ^ ${DONE} with? ${ITEM} # $
`);
const MARK_OPEN = patterns(`
  ${POLITE} reopen|untick|uncheck|unmark ${ITEM} # please? $
  ${POLITE} untick|uncheck|unmark # please? $
  ${POLITE} mark|set ${ITEM}? # as|to? open|undone|todo please? $
  ^ ${ITEM} # is|are? again|still|now? open|undone again|now? $
  ^ ${ITEM} # is|are not ${DONE} yet? $
`);
const OWNER_NOBODY = patterns(`
  ^ nobody|no owns|owner ${ITEM} # $
  ^ ${ITEM} # has no owner
  ${POLITE} remove|clear|delete the? owner of|from|for ${ITEM} #
  ^ no owner for ${ITEM} #
`);
const OWNER_ME = patterns(`
  ${POLITE} i will|would|can? take|own|do|handle over? ${ITEM} # $|please
  ^ ill take|own|do|handle ${ITEM} #
  ^ ${ITEM} # is mine
  ${POLITE} assign|give ${ITEM} # to me $
  ^ the? owner of|for ${ITEM} # is me $
  ^ i am the? owner of ${ITEM} #
`);
const OWNER_OTHER = patterns(`
  ^ the? owner of|for ${ITEM} # is|:
  ${POLITE} assign|give|hand ${ITEM} # over? to
  ^ ${ITEM} # belongs|goes to
  ^ ${ITEM} # owner
  ^ ${ITEM} # is owned by
  ${POLITE} make|set ~5 owner of|for ${ITEM} #
`);
const NOTE = patterns(`
  ^ a? note for|on|to|of? ${ITEM} #
  ${POLITE} add|write|put|save|set a|the? note for|on|to|of ${ITEM} #
`);
const NUDGES_OFF = patterns(`
  ^ no more nudge|nudges|nudging please? $
  ${POLITE} stop nudging|nudge us|me|here? $|please
  ${POLITE} stop|mute|end|cancel|disable the|these|those|all|monthly? nudge|nudges please? $
  ^ do not nudge us|me? $|again|anymore|any
`);
const NUDGES_ON = patterns(`
  ${POLITE} nudge us|me|here? again please? $
  ${POLITE} start|resume|unmute|restart|enable the|these|all|monthly? nudge|nudges|nudging us|again? please? $
  ^ nudges on|again please? $
`);
const WHOSE = 'our|internal|external|stakeholder|stakeholders|customer|team|teams';
const STANDARDS = patterns(`
  ^ ${WHOSE} ${WHOSE}? updates|update go|goes|come|are|is|run ~3 to|in|on|every|out
  ^ we update|inform our? stakeholders|people|colleagues|team|leadership|engineers ~6 every
  ${POLITE} set|change|edit|show|open the|our? update|updates|communication|comms|teams? standard|standards please? $
  ^ our|the update|communication|comms|teams|team standard|standards please? $
`);
/** These lines ask or weigh, or are about one incident. */
const ASKS = wordSet('what how why when should which where if whether must');

const NUMBER_OF = new Map(
  'one two three four five six seven eight nine ten'.split(' ').map((word, at) => [word, String(at + 1)]),
);
/** Who writes more explains something. A note is as long as it is. */
const LONGEST = 40;

/** Reads a line whose form leaves no doubt; `undefined` for every other one, questions about the list among them. */
export function readReadiness(text: string): ReadinessRequest | undefined {
  const tokens = normalize(text).map((token) => NUMBER_OF.get(token) ?? token);
  const note = begins(NOTE, tokens);
  if (note) return { kind: 'note', item: itemIn(tokens), words: afterItem(text) };
  if (tokens.length > LONGEST || tokens.some((token) => ASKS.has(token) || /^\d{5,}/.test(token))) return undefined;
  const item = itemIn(tokens);
  if (begins(SHOW, tokens)) return { kind: 'show' };
  if (begins(NUDGES_OFF, tokens)) return { kind: 'nudges', on: false };
  if (begins(NUDGES_ON, tokens)) return { kind: 'nudges', on: true };
  if (tokens.includes('?')) return undefined;
  if (begins(MARK_OPEN, tokens)) return { kind: 'mark', item, done: false };
  if (begins(MARK_DONE, tokens)) return { kind: 'mark', item, done: true };
  if (begins(OWNER_NOBODY, tokens)) return { kind: 'owner', item, who: 'nobody' };
  if (begins(OWNER_ME, tokens)) return { kind: 'owner', item, who: 'me' };
  if (begins(OWNER_OTHER, tokens)) return { kind: 'owner', item, who: 'other' };
  if (begins(STANDARDS, tokens)) return standardsIn(text, tokens);
  return undefined;
}

const begins = (wordings: readonly TokenPattern[], tokens: readonly string[]): boolean =>
  wordings.some((one) => find(one, tokens)?.start === 0);

const itemIn = (tokens: readonly string[]): number => Number(tokens.find((token) => /^\d/.test(token)) ?? 0);

/** What stands behind "item 3:", as it was typed. */
function afterItem(text: string): string {
  const head = /\b(?:item|point)[ #]{0,3}\w{1,6}\b[ :,-]{0,5}/i.exec(text);
  return head ? text.slice(head.index + head[0].length).trim() : '';
}

function standardsIn(text: string, tokens: readonly string[]): ReadinessRequest {
  const isInternal = ['internal', 'colleagues', 'engineers'].some((word) => tokens.includes(word));
  return { kind: 'standards', isInternal, channel: channelIn(text), interval: intervalIn(text) };
}

/** "#asa-incidents", or what stands between "to" or "in" and "every". */
function channelIn(text: string): string {
  const tagged = /#[\p{L}\p{N}][\p{L}\p{N}_.-]{0,79}/u.exec(text);
  if (tagged) return tagged[0];
  const rest = /\b(?:go|goes|come|are|posted|run)(?: out)? (?:to|in|on) (?:the )?/i.exec(text);
  if (!rest) return '';
  const [name = ''] = text.slice(rest.index + rest[0].length).split(/ every | each |,|;|\. /i, 1);
  return name.trim().slice(0, 80);
}

const intervalIn = (text: string): string => {
  const at = text.toLowerCase().indexOf('every ');
  if (at < 0) return '';
  const [interval = ''] = text.slice(at + 6).split(/ (?:in|to|on) /i, 1);
  return interval.replace(/[.!]$/, '').trim().slice(0, 60);
};

/** An interval of updates in minutes, or why it cannot be taken. Empty text is no interval. */
export type IntervalReading =
  | { readonly kind: 'none' }
  | { readonly kind: 'minutes'; readonly minutes: number }
  | { readonly kind: 'refused'; readonly reason: string };

const WEEK = 10_080;
const example = 'Write it with its unit, for example “30 minutes” or “2 hours”.';

/** Reads "30 minutes", "every 2 hours", "hourly", "daily". At least a minute, at most a week. */
export function readInterval(text: string): IntervalReading {
  const line = text.trim().replace(/^every /i, '');
  if (line === '') return { kind: 'none' };
  if (/^(?:daily|day)$/i.test(line)) return { kind: 'minutes', minutes: 1_440 };
  if (/\b(?:twice|thrice|times)\b/i.test(line))
    return {
      kind: 'refused',
      reason: `“${line.slice(0, 60)}” does not say how long it is between two updates. ${example}`,
    };
  const found = spansIn(prepare(`every ${line}`).text);
  const [only, ...others] = found;
  if (!only || others.length > 0 || only.role === 'wrong' || only.role === 'past')
    return { kind: 'refused', reason: `I could not read “${line.slice(0, 60)}” as an interval. ${example}` };
  if (only.others.length > 0)
    return { kind: 'refused', reason: `“${line.slice(0, 60)}” can mean more than one length. ${example}` };
  const { months, workdays, days, elapsed } = only.span;
  const minutes = days * 1_440 + elapsed / 60_000;
  if (months > 0 || workdays > 0 || minutes < 1 || minutes > WEEK || !Number.isInteger(minutes))
    return { kind: 'refused', reason: `An interval is between a minute and a week, in whole minutes. ${example}` };
  return { kind: 'minutes', minutes };
}
