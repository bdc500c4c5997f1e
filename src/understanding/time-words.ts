import { REAL_WORDS } from './real-words.ts';
import { editDistance } from './spelling.ts';

/**
 * The words of time in the form that the readers of times know: English, written out, singular units. German, Spanish,
 * French, Portuguese and Italian words are here as far as they mean one thing; "mañana" means two and is told apart in
 * `time-text.ts`.
 */

/** `known form: spellings` */
const SPELLINGS = `
second: seconds sec secs sekunde sekunden segundo segundos seconde secondes
minute: minutes min mins minuten minuto minutos minuti mnts minit minits
hour: hours hr hrs stunde stunden std hora horas heure heures ora ore
day: days tag tage tagen dia dias jour jours giorno giorni
week: weeks wk wks woche wochen semana semanas semaine semaines settimana settimane
month: months monat monate monaten mes meses mois
year: years yr yrs jahr jahre jahren
today: heute hoy aujourd'hui aujourdhui hoje oggi 2day tdy
tomorrow: tmrw tmr tmw tmrrw tomo tomoro 2moro 2morrow demain domani amanha tomrow tommorow tommorrow tommorw
overmorrow: ubermorgen uebermorgen apres-demain dopodomani
yesterday: gestern ayer hier ieri ontem yday
tonight: 2nite tonite 2night stasera
noon: midday mittag mittags midi mediodia mezzogiorno
midnight: mitternacht medianoche minuit mezzanotte
afternoon: nachmittag nachmittags
evening: abend abends soir soiree
night: nachts
monday: mondays mon montag lunes lundi lunedi
tuesday: tuesdays tue tues dienstag mardi martedi martes
wednesday: wednesdays wed weds mittwoch miercoles mercredi mercoledi
thursday: thursdays thu thur thurs donnerstag jueves jeudi giovedi
friday: fridays fri freitag viernes vendredi venerdi
saturday: saturdays sat samstag sonnabend sabado samedi
sunday: sundays sun sonntag domingo dimanche domenica
january: jan januar enero janvier
february: feb februar febrero fevrier
march: mar marz maerz marzo
april: apr abril avril
may: mai mayo
june: jun juni junio juin
july: jul juli julio juillet
august: aug agosto aout
september: sep sept septiembre septembre
october: oct oktober octubre octobre okt
november: nov noviembre novembre
december: dec dezember diciembre decembre dez
next: nachste nachster nachsten naechsten proximo proxima prochain prochaine nxt
morning: mornings
before: vor b4
half: hlf
one: eine einer einem ein
two: zwei dos deux
three: drei tres trois
four: vier cuatro quatre
five: funf cinco cinq
`;

/** Words that only look like a mistyped word of time. */
const NO_MISTAKES = new Set(
  `seconded monthly weekly hourly minuet minutely nightly toady daytime sundry mourning warning turning running
  evening meaning mining boring joining earning monday sunday noon moon soon hour hours house your yours four
  octopus marched marches augments member remember september december november somebody someday everyday
  minus menus minor month mouth months nights might fights light sights inter friend friends`.split(/\s+/),
);

const FORM_OF: ReadonlyMap<string, string> = new Map(
  SPELLINGS.trim()
    .split('\n')
    .flatMap((line) => {
      const [form = '', spellings = ''] = line.split(': ');
      return [form, ...spellings.split(' ')].map((word): [string, string] => [word, form]);
    }),
);

/** Long enough that one wrong key leaves them recognisable. */
const CORRECTABLE = [...new Set([...FORM_OF.values(), 'minutes', 'hours', 'business', 'working'])].filter(
  (word) => word.length >= 5 && !['second', 'night', 'march', 'april', 'month', 'three', 'before'].includes(word),
);

/** The known form of a folded word; a mistyped word of time is put right, everything else stays. */
export function timeWord(word: string): string {
  const plain = word.length > 3 ? word.replace(/'s$/, '') : word;
  const form = FORM_OF.get(plain);
  if (form !== undefined) return form;
  if (plain.length < 5 || plain.length > 12 || NO_MISTAKES.has(plain) || REAL_WORDS.has(plain)) return word;
  if (!/^[a-z]+$/.test(plain)) return word;
  const remembered = memory.get(plain);
  if (remembered !== undefined) return remembered;
  const corrected = nearestWord(plain) ?? plain;
  // Bounded, so that hostile text cannot grow it without end.
  if (memory.size >= 2_000) memory.clear();
  memory.set(plain, corrected);
  return corrected;
}

const memory = new Map<string, string>();

function nearestWord(plain: string): string | undefined {
  const allowed = plain.length >= 8 ? 2 : 1;
  let best: string | undefined;
  let distance = allowed + 1;
  for (const candidate of CORRECTABLE) {
    // The first letter is seldom wrong; without this "mourning" and "fights" would be times.
    if (candidate[0] !== plain[0] && !(candidate[0] === plain[1] && candidate[1] === plain[0])) continue;
    const found = editDistance(plain, candidate, Math.min(allowed, distance - 1));
    if (found < distance) [best, distance] = [candidate, found];
  }
  return best === undefined ? undefined : (FORM_OF.get(best) ?? best);
}

const ONES =
  'one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen';
const TENS = 'twenty thirty forty fifty sixty seventy eighty ninety';

/** Number words that stand before a unit or name an hour; "twenty-five" is joined by its hyphen. Longer ones first. */
export const NUMBER_WORDS: ReadonlyMap<string, string> = new Map([
  ...TENS.split(' ').flatMap((ten, tens) =>
    ONES.split(' ')
      .slice(0, 9)
      .map((one, ones): [string, string] => [`${ten}-${one}`, String((tens + 2) * 10 + ones + 1)]),
  ),
  ...TENS.split(' ').map((word, index): [string, string] => [word, String((index + 2) * 10)]),
  ...ONES.split(' ')
    .map((word, index): [string, string] => [word, String(index + 1)])
    .reverse(),
]);
