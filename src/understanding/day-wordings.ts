import { NUMBER_WORDS } from './time-words.ts';
import type { Rule } from './traced-text.ts';

const UNIT = '(?:second|minute|hour|day|week|month|year|h|m)';
const DAY = '(?:monday|tuesday|wednesday|thursday|friday|saturday|sunday)';

/**
 * The ways to name days, parts of the day and lengths become one, in this order, on words in their known forms (see
 * `time-words.ts`). Every expression is linear, without nested repetition.
 */
export const DAY_WORDINGS: readonly Rule[] = [
  //  "mañana" is tomorrow unless it is the morning of something.
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
  [/\blast (?:night|evening)\b/g, () => 'yesterday'],
  [/\bpost[- ]?(?=lunch)/g, () => 'after '],
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
];
