import { NUMBER_WORDS, timeWord } from './time-words.ts';
import { fold, rewrite, type Traced } from './traced-text.ts';

/**
 * Prepares a line for the readers of times: what is no time is put out of sight, and the ways to say one thing become
 * one. Every expression here is linear, without nested repetition; a rule is `[what, by what]`.
 */
export function prepare(text: string): Traced {
  let traced = fold(text);
  for (const [pattern, by] of NO_TIMES) traced = rewrite(traced, pattern, by);
  traced = inKnownForms(traced);
  for (const [pattern, by] of WORDINGS) traced = rewrite(traced, pattern, by);
  return traced;
}

/** Words of time in their known forms, and nothing else changed. */
export function inKnownForms(traced: Traced): Traced {
  return rewrite(traced, /[a-z][a-z'-]*[a-z]|\b2(?:nite|night|day|moro|morrow)\b/g, (match) => wordsOf(match[0]));
}

type Rule = readonly [RegExp, (match: RegExpExecArray) => string | undefined];

/** Hyphens join words ("mid-day", "forty-five") and part them ("monday-friday"). */
function wordsOf(word: string): string {
  const whole = timeWord(word);
  if (whole !== word || !word.includes('-')) return whole;
  if (NUMBER_WORDS.has(word)) return word;
  return word.split('-').map(timeWord).join('-');
}

/** Stands where something was that is no time. A letter of no alphabet, so that nothing is read across it. */
const HIDDEN = '·';
const hide = (): string => HIDDEN;

const COUNTED =
  'customers?|cx|clients?|users?|people|persons?|jobs?|icms?|incidents?|tickets?|cases?|srs?|times|regions?|' +
  'subscriptions?|subs|partitions?|nodes?|sus?|events?|rows?|messages?|records?|units?|updates?|emails?|calls?|' +
  'errors?|failures?|inputs?|outputs?|queries|devices?|hubs?|engineers?|mb|gb|kb|tb|percent|usd|x';
const OWNER =
  'icms?|srs?|cases?|incidents?|tickets?|inc|cris?|bugs?|work ?items?|wi|tasks?|support requests?|requests?|id';
const NUMBERED =
  'sev|severity|svr|p|prio|priority|version|ver|v|step|attempt|option|error|code|http|port|line|build|kb|part|team|' +
  'level|tier|phase|compat|net|east us|west us|us|page|rule|group|region|item|question';

const NO_TIMES: readonly Rule[] = [
  [/<at>[^<]{0,100}<\/at>/g, hide],
  [/\bhttps?:\/\/[^\s]{1,500}/g, hide],
  [/(?<![^\s<(])[a-z0-9._-]{1,64}@[a-z0-9-]{1,64}\.[a-z0-9.-]{1,64}/g, hide],
  [/(?<![\d.])\d{1,3}\.\d{1,3}\.\d{1,3}\.\d{1,3}(?![\d.])/g, hide],
  [/\b[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\b/g, hide],
  [/\b24 ?[x/] ?7\b/g, hide],
  // The day of a year or a date run together, before bare numbers go.
  [/(?<![\d.:-])(20\d\d)(0[1-9]|1[0-2])([0-3]\d)(?=t\d)/g, (match) => `${match[1]}-${match[2]}-${match[3]}`],
  [/(?<=\d-\d\d-\d\dt)([0-2]\d)([0-5]\d)(?=z|[+-]|\s|$)/g, (match) => `${match[1]}:${match[2]}`],
  [new RegExp(`\\b(?:${OWNER})\\b[ .:#-]{0,3}(?:number|no|nr|id)?[ .:#]{0,3}\\d{4,20}(?![-/:.]?\\d)`, 'g'), hide],
  [/#\s?\d{1,20}\b/g, hide],
  [new RegExp(`\\b(?:${NUMBERED})[ .:#=-]{0,2}\\d{1,4}(?:\\.\\d{1,4})?(?![\\d:/.-]|\\s?[ap]\\.?m)`, 'g'), hide],
  [/\bv\d{1,4}(?:\.\d{1,6}){1,4}\b/g, hide],
  [/(?<![\d.])\d{1,4}\.\d{1,4}\.\d{1,4}(?![\d.])(?<!\.\d\d\d\d|(?:\d\d|\.\d)\.\d\d\.\d\d|\.\d\d)/g, hide],
  [/(?<![\d:])\d{1,12}(?:[.,]\d{1,6})?\s?%/g, hide],
  [
    new RegExp(`(?<![\\d:./-])\\d{1,12}(?:[.,]\\d{1,6})?[km]?\\s?(?:more |other |new |open )?(?:${COUNTED})\\b`, 'g'),
    hide,
  ],
  // What is left of long numbers is nobody's time, unless a unit follows or it is a year out of all bounds.
  [
    /(?<![\d.:/^e+-]|e\+|\d )\d{5,}(?!\d|\s?(?:[smhdwy]|sec|min|h(?:ou)?rs?|std|day|week|month|year)[a-z]*\b|-\d\d?-\d)/g,
    maybeYear,
  ],
];

/** A number of five or six digits after a month is a year, far away as it is. */
function maybeYear(match: RegExpExecArray): string | undefined {
  const before = match.input.slice(Math.max(0, match.index - 16), match.index);
  const isYear = match[0].length <= 6 && /\b(?:year|[a-z]{3,9}\.?,?(?: \d{1,2}(?:st|nd|rd|th)?,?)?) $/.test(before);
  return isYear && MONTH_BEFORE.test(before) ? undefined : HIDDEN;
}
const MONTH_BEFORE = /\b(?:year|jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)/;

const DAY = '(?:monday|tuesday|wednesday|thursday|friday|saturday|sunday)';
const UNIT = '(?:second|minute|hour|day|week|month|year|h|m)';
const HOUR_BEFORE =
  '(?:at|by|until|till|(?<!(?:minute|hour|day|week|\\d ?[hmdw]) )before|around|about|um|gegen|bis|a las|a la|para las|as|alle|@|~)';

const WORDINGS: readonly Rule[] = [
  // Day parts first: "mañana" is tomorrow unless it is the morning of something.
  [/\b(?:por|de|en|a) la manana\b|\bda manha\b|\bpela manha\b|\bde manha\b/g, () => 'in the morning'],
  [/\bmanana\b/g, () => 'tomorrow'],
  [/\bpasado tomorrow\b|\b(?:the )?day after tomorrow\b|\bdepois de tomorrow\b/g, () => 'overmorrow'],
  [/\b(?:am|early|gleich) morgen\b/g, () => 'in the morning'],
  [new RegExp(`\\b(${DAY}|today) ?morgen\\b`, 'g'), (match) => `${match[1]} morning`],
  [/\bmorgen (?:fruh|frueh|vormittag)\b/g, () => 'tomorrow morning'],
  [
    /\bmorgens\b|\bvormittags?\b|\bdu matin\b|\ble matin\b|\bmatin\b|\bfirst thing\b|\bearly morning\b/g,
    () => 'morning',
  ],
  [/\bmorgen\b/g, () => 'tomorrow'],
  [/\b(?:por|de|en) la tarde\b|\bda tarde\b|\bapres-midi\b|\bapres-noon\b|\bde l'apres-noon\b/g, () => 'afternoon'],
  [
    /\b(?:esta noche|ce evening|this evening|this night|today (?:evening|night)|heute nacht|today at night)\b/g,
    () => 'tonight',
  ],
  [/\b(?:por|de|en) la noche\b|\bda noite\b|\bdel? evening\b|\bdu evening\b/g, () => 'evening'],
  [/\bmid-(?:day|noon)\b/g, () => 'noon'],
  [/\bmid-night\b|\b12 midnight\b/g, () => 'midnight'],
  [/\b12 noon\b/g, () => 'noon'],
  [/\b(?:before|until) (?:the )?end of\b|\bby (?:the )?end of\b/g, () => 'end of'],
  [
    /\b(?:end of (?:the |my |our )?(?:business|working|work)? ?day|end of (?:business|work)|close of (?:business|play)|e\.o\.d\.?|eob|cob|eobd|cop|feierabend)\b/g,
    () => 'eod',
  ],
  [
    /\b(?:nbd|next (?:business|working|work) day|next weekday|nachste(?:r|n)? (?:werktag|arbeitstag))\b/g,
    () => 'next workday',
  ],
  [/\b(?:business|working|work|week)[ -]day\b|\bweekdays?\b|\bwerktage?n?\b/g, () => 'workday'],
  // Connecting words of other languages, where a number or a day follows.
  [
    /\b(?:dentro de|dans|en|em|tra|fra|innerhalb von)(?= (?:\d|an? |one |two |three |four |five |un|una|uno|une|half|media ))/g,
    () => 'in',
  ],
  [/\b(?:una|uno|une|un|einer|eine)(?= (?:hour|day|week|month|minute|half))/g, () => '1'],
  [
    /\bin (?:half|media) hour\b|\b(?:one |1 )?halbe[nr]? hour\b|\b(?<!and a )half hour\b|\b(?:one |1 )?demi-hour\b/g,
    (match) => (match[0].startsWith('in ') ? 'in 0.5 hour' : '0.5 hour'),
  ],
  [
    /\b(?:el|le|am|il|on|proximo|this coming|coming) (?=monday|tuesday|wednesday|thursday|friday|saturday|sunday)/g,
    () => 'on ',
  ],
  [
    /\b(monday|tuesday|wednesday|thursday|friday|saturday|sunday) (?:que viene|prochain)\b/g,
    (match) => `next ${match[1]}`,
  ],
  [/(\d)(?:-?ish\b)/g, (match) => match[1]],
  [
    /\b(twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety) (one|two|three|four|five|six|seven|eight|nine)\b/g,
    (match) => `${match[1]}-${match[2]}`,
  ],
  // Fractions.
  [
    /\b(\d{1,3}) (?:1\/2|\.5|and a half|and half|y media|et demie)(?= ?(?:hour|day|week|minute))/g,
    (match) => `${match[1]}.5`,
  ],
  [/(?<!and a )\b(?:1\/2|half)(?: of)?(?: an?)? (?=hour|day|week)/g, () => '0.5 '],
  [/\b(?:a )?quarter(?: of)? (?:an )?hour\b|\b1\/4 hour\b/g, () => '15 minute'],
  [/\bthree quarters of an hour\b|\b3\/4 (?:of an )?hour\b/g, () => '45 minute'],
  [/\ba?n? ?(?:couple)(?: of)?(?= (?:more )?(?:hour|minute|day|week))/g, () => 'couple'],
  [
    /\b(?:a few|a bit|some|several|unos|unas|einige[nr]?|ein paar|quelques|algunas|algunos)(?= (?:more )?(?:hour|minute|day|week))/g,
    () => 'few',
  ],
  [
    new RegExp(
      `\\b(${[...NUMBER_WORDS.keys()].join('|')})(?= (?:or |to |and a half |more )?(?:${UNIT}|fortnight|workday|[a-z]+ ${UNIT})\\b)`,
      'g',
    ),
    (match) => NUMBER_WORDS.get(match[0]),
  ],
  [/\b(\d{1,3}) and a half(?= (?:hour|day|week|minute))/g, (match) => `${match[1]}.5`],
  [/\b(?:a )?fortnight\b/g, () => '2 week'],
  [/\b(?:in|within) the (?:next |coming )?(?=hour|day|week|month)/g, () => 'in 1 '],
  [/\b(?:in|within|over) the (?:next|coming) (?=\d|few|couple)/g, () => 'in '],
  [/\bnext hour\b/g, () => 'in 1 hour'],
  [/\bnext (?=\d{1,4} ?(?:hour|minute|day|week|h\b|m\b))/g, () => 'in '],
  [/\bhourly\b|\b(?:every|each) hour\b/g, () => 'every 1 hour'],
  [/\bend of (?:the |this )?week\b|\beow\b/g, () => 'on friday eod'],
  [/\beom\b/g, () => 'end of month'],
  // Clock times.
  [/\b(\d{1,2})(?:[:.]|\s?h\s?)([0-5]\d) ?(?:uhr|hours?|hrs)\b/g, (match) => `${match[1]}:${match[2]}`],
  [/\b(\d{1,2}) ?uhr(?: (\d\d))?\b/g, (match) => `${pad(match[1])}:${match[2] ?? '00'}`],
  [
    new RegExp(
      `\\b(?:at|um|gegen|a las|a la|para las|as|alle|@|(?:by|until|till|bis) (?=\\d{1,2}h)) ?(\\d{1,2}) ?(?:h|hour)(?:([0-5]\\d))?\\b(?! \\d| ?(?:from|later))`,
      'g',
    ),
    (match) => `at ${pad(match[1])}:${match[2] ?? '00'}`,
  ],
  [
    /(?<=(?:today|tomorrow|day),? (?:a |at )?)(\d{1,2})h([0-5]\d)?\b/g,
    (match) => `${pad(match[1])}:${match[2] ?? '00'}`,
  ],
  [/\ba (\d{1,2})h([0-5]\d)?\b/g, (match) => `at ${pad(match[1])}:${match[2] ?? '00'}`],
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
    /\b(\d{1,2}) (?:minute )?(past|to|til) (\d{1,2})\b(?! ?[-/:.]?\d| (?:minute|hour|day|week))/g,
    (match) => pastOrTo(match[1], match[2], match[3]),
  ],
  [/\bhalf past (\d{1,2})\b/g, (match) => `at ${match[1]}:30`],
  [/\b(?:halb) (?:um )?(\d{1,2}|one|two|three|four|five)\b/g, (match) => halb(match[1])],
  [/\bhalf (\d{1,2})\b(?! ?(?:of|hour|:|\.))/g, (match) => `at ${match[1]}:30`],
  [/\b(?:at )?(\d{1,2}) ?(?:o' ?clock|o clock|oclock)\b/g, (match) => `at ${match[1]}`],
  [
    new RegExp(
      `\\b${HOUR_BEFORE} (\\d{1,2})(?=$|[\\s,;.!?)]|[ap]\\b|[ap]m\\b)(?! ?(?:${UNIT}s?|min|hr|workday|to|or|and \\d|[-/:]|\\.\\d)\\b)(?!\\.\\d)`,
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
  [/\bbetween (\d{1,2}(?::\d\d)?(?: ?[ap]m)?) and (?=\d)/g, (match) => `${match[1]}-`],
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

function pad(hours: string | undefined): string {
  return (hours ?? '').padStart(2, '0');
}

/** "quarter past 4" is 4:15, "20 to 5" is 4:40. */
function pastOrTo(minutes: string | undefined, way: string | undefined, hour: string | undefined): string | undefined {
  const [count, of] = [Number(minutes), Number(hour)];
  if (count > 59 || count === 0 || of > 24) return undefined;
  if (way === 'past' || way === 'after') return `at ${of}:${String(count).padStart(2, '0')}`;
  return `at ${of === 1 ? 12 : of - 1}:${String(60 - count).padStart(2, '0')}`;
}

/** German "halb fünf" is half an hour before five. */
function halb(hour: string | undefined): string {
  const of = Number(NUMBER_WORDS.get(hour ?? '') ?? hour);
  return `at ${of === 1 ? 12 : of - 1}:30`;
}
