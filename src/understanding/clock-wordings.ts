import { NUMBER_WORDS } from './time-words.ts';
import type { Rule } from './traced-text.ts';

const DAY = '(?:monday|tuesday|wednesday|thursday|friday|saturday|sunday)';
const UNIT = '(?:second|minute|hour|day|week|month|year|h|m)';
const HOUR_BEFORE =
  '(?:at|by|until|till|(?<!(?:minute|hour|day|week|\\d ?[hmdw]) )before|around|about|um|gegen|bis|a las|a la|para las|alle|@|~)';

const MINUTE_WORDS = new Map([
  ['thirty', '30'],
  ['fifteen', '15'],
]);

/** "Move it to 5": what a reminder is moved to is a time. */
const MOVED = /\b(?:move|change|push|reschedule|shift|postpone|set|snooze)\b/;

/**
 * The ways to tell the time become "at 5", "17:30" and "5pm", in this order, after `DAY_WORDINGS`. Every expression is
 * linear, without nested repetition.
 */
export const CLOCK_WORDINGS: readonly Rule[] = [
  [/\b(\d{1,2})(?:[:.]|\s?h\s?)([0-5]\d) ?(?:uhr|hours?|hrs)\b/g, (match) => `${match[1]}:${match[2]}`],
  [/\b(\d{1,2}) ?uhr(?: (\d\d))?\b/g, (match) => `${pad(match[1])}:${match[2] ?? '00'}`],
  [
    new RegExp(
      `(?:\\b|(?=@))(?:at|um|gegen|a las|a la|para las|@|(?:by|until|till|bis) (?=\\d{1,2}h)) ?(\\d{1,2}) ?(?:h|hour)(?:([0-5]\\d))?\\b(?! \\d| ?(?:from|later))`,
      'g',
    ),
    (match) => `at ${pad(match[1])}:${match[2] ?? '00'}`,
  ],
  [
    /(?<=(?:today|tomorrow|day),? (?:a |at )?)(\d{1,2})h([0-5]\d)?\b/g,
    (match) => `${pad(match[1])}:${match[2] ?? '00'}`,
  ],
  [
    new RegExp(
      `\\b(at|by|until|till|before|past|to|half) (${[...NUMBER_WORDS.keys()].join('|')})\\b(?! (?:the|of|icm|sr|customer))`,
      'g',
    ),
    (match) => `${match[1]} ${NUMBER_WORDS.get(match[2] ?? '')}`,
  ],
  [
    new RegExp(`\\b(${[...NUMBER_WORDS.keys()].join('|')})(?= ?(?:o'? ?clock|[ap]\\.?m\\b|past|to \\d))`, 'g'),
    (match) => NUMBER_WORDS.get(match[0]),
  ],
  [/\b(?:a )?quarter (past|after|to|before|of|til) (\d{1,2})\b/g, (match) => pastOrTo('15', match[1], match[2])],
  [
    /\b(\d{1,2}) (?:minute )?(past|to|til) (\d{1,2})( ?[ap]m)?\b(?! ?[-/:.]?\d| (?:minute|hour|day|week))/g,
    (match) => pastOrTo(match[1], match[2], match[3], match[4]),
  ],
  [
    /\b(?:at|by) (\d{1,2}) (?:(thirty|fifteen|forty[ -]five)|([0-5]\d)(?= ?[ap]m\b))/g,
    (match) => `at ${match[1]}:${match[3] ?? MINUTE_WORDS.get(match[2] ?? '') ?? '45'}`,
  ],
  [/(?<![\w:.])(\d{1,2}(?::\d\d(?=[ap])|(?=p)))([ap])(?![\w.])/g, (match) => `${match[1]}${match[2]}m`],
  [/\bhalf past (\d{1,2})\b/g, (match) => `at ${match[1]}:30`],
  [/\b(?:halb) (?:um )?(\d{1,2}|one|two|three|four|five)\b/g, (match) => halb(match[1])],
  [/\bhalf (\d{1,2})\b(?! ?(?:of|hour|:|\.))/g, (match) => `at ${match[1]}:30`],
  [/\b(?:at )?(\d{1,2}) ?(?:o' ?clock|o clock|oclock)\b/g, (match) => `at ${match[1]}`],
  [
    new RegExp(
      `\\b${HOUR_BEFORE} (\\d{1,2})(?=$|[\\s,;.!?)]|[ap]\\b|[ap]m\\b)(?! ?(?:${UNIT}s?|min|hr|workday|to|or|of|and \\d|[-/:]|\\.\\d)\\b)(?!\\.\\d)`,
      'g',
    ),
    (match) => `at ${match[1]}`,
  ],
  [
    new RegExp(
      `(?<=\\b(?:${HOUR_BEFORE}|${DAY}|today|tomorrow) )(\\d{1,2})\\.([0-5]\\d)(?![\\d.]| ?(?:${UNIT}|2\\d\\d\\d))`,
      'g',
    ),
    (match) => `${match[1]}:${match[2]}`,
  ],
  [/(?<![\d:.])(\d{1,2})\.([0-5]\d)(?= ?(?:utc|gmt|uhr|[a-z]{1,3}t\b))/g, (match) => `${match[1]}:${match[2]}`],
  [
    /\bto (\d{1,2})(?=$|[\s,;.!?)])(?! ?(?:hour|minute|day|week|or|and|-|\.\d))/g,
    (match) => (MOVED.test(sentenceBefore(match)) ? `at ${match[1]}` : undefined),
  ],
  [/\bbetween (\d{1,2}(?::\d\d)?(?: ?[ap]m)?) and (?=\d)/g, (match) => `at ${match[1]}-`],
  [/(?<![\w:])@ ?(?=\d)/g, () => 'at '],
  [/\bat ([01]\d|2[0-3])([0-5]\d)(?![\d:./-])(?: ?(?:hour|hrs|h)\b)?/g, (match) => `at ${match[1]}:${match[2]}`],
  [
    /(?<![\d:./+-])([01]\d|2[0-3])([0-5]\d) ?(?:hrs|hour|h|z)\b/g,
    (match) => `${match[1]}:${match[2]}${match[0].endsWith('z') ? 'z' : ''}`,
  ],
  [
    new RegExp(
      `(?<=\\b(?:${DAY}|today|tomorrow|tonight|overmorrow|workday|morning|evening),? )(\\d{1,2})(?=$|[\\s,;!?]|\\.(?!\\d))(?! ?(?:${UNIT}s?|min|workday|[ap]\\.?m|january|february|march|april|may|june|july|august|september|october|november|december|past|to|or|th|·)\\b)`,
      'g',
    ),
    (match) => (Number(match[1]) <= 24 ? `at ${match[1]}` : undefined),
  ],
  [
    /(?<!\d|at |:)\b(\d{1,2})(?= (?:in the (?:morning|afternoon|evening)|tonight|at night|morning|evening|afternoon|tomorrow)\b)/g,
    (match) => (Number(match[1]) <= 24 ? `at ${match[1]}` : undefined),
  ],
  [/\b(1[3-9]|2[0-3])(:[0-5]\d)? ?p\.?m\b\.?/g, (match) => `${match[1]}${match[2] ?? ':00'}`],
  [/(\d) ?([ap])\.m\.?(?![a-z])/g, (match) => `${match[1]}${match[2]}m`],
  [/(\d)[.](\d\d) ?(?=[ap]m\b)/g, (match) => `${match[1]}:${match[2]}`],
  [/\bnoon\b/g, () => '12:00'],
];

/** What stands before a match in its own sentence, as far as it matters. */
function sentenceBefore(match: RegExpExecArray): string {
  return (
    match.input
      .slice(Math.max(0, match.index - 48), match.index)
      .split(/[.;·]/)
      .at(-1) ?? ''
  );
}

function pad(hours: string | undefined): string {
  return (hours ?? '').padStart(2, '0');
}

/** "quarter past 4" is 4:15, "20 to 5" is 4:40. */
function pastOrTo(
  minutes: string | undefined,
  way: string | undefined,
  hour: string | undefined,
  half = '',
): string | undefined {
  const [count, of] = [Number(minutes), Number(hour)];
  if (count > 59 || count === 0 || of > 24) return undefined;
  // "from 2 to 3" is a severity.
  if ((way === 'to' || way === 'til') && count % 5 !== 0) return undefined;
  if (way === 'past' || way === 'after') return `at ${of}:${String(count).padStart(2, '0')}${half}`;
  return `at ${of === 1 ? 12 : of - 1}:${String(60 - count).padStart(2, '0')}${half}`;
}

/** German "halb fünf" is half an hour before five. */
function halb(hour: string | undefined): string {
  const of = Number(NUMBER_WORDS.get(hour ?? '') ?? hour);
  return `at ${of === 1 ? 12 : of - 1}:30`;
}
