import { wordSet } from '../../understanding/token-pattern.ts';
import { hide, type Stretch } from './draft-text.ts';
import type { Draft, Found } from './found.ts';

/** Seven to ten figures in one piece, nine in threes, nine one by one, or in other groups. */
const NUMBER =
  /(?<![\d])(?:\d{7,10}|\d{3}([ .'·\u00a0-])\d{3}\1\d{3}|\d([ .-])\d(?:\2\d){7}|\d{2,4}(?:[ .-]\d{2,4}){2,3}|\d{3,6}[ .-]\d{3,6})(?!\d)/g;
/** Nine figures in words. */
const SPELT =
  /(?<![a-z])(?:zero|oh|one|two|three|four|five|six|seven|eight|nine)(?:[ ,-]{1,2}(?:zero|oh|one|two|three|four|five|six|seven|eight|nine)){8}(?![a-z])/g;

/** Numbers of ICMs (F15); numbers of support requests, amounts and what the customer numbered are fine (T8). */
export function findIcmNumbers(draft: Draft, wording: string): Found[] {
  const text = hide(draft.text, [...draft.links, ...draft.logs]);
  const inText = [...text.matchAll(NUMBER)].flatMap((match): Found[] => {
    const number = { start: match.index, end: match.index + match[0].length };
    if (!isIcmNumber(text, number, match[0])) return [];
    const sign = text.charAt(number.start - 1) === '#' ? 1 : 0;
    const found = { start: number.start - sign, end: number.end };
    return [{ rule: 'icm-number', ...found, edit: { ...editOf(text, found), text: wording } }];
  });
  const inWords = [...text.matchAll(SPELT)].map((match): Found => {
    const place = { start: match.index, end: match.index + match[0].length };
    return { rule: 'icm-number', ...place, edit: { ...editOf(text, place), text: wording } };
  });
  const inLinks = draft.links
    .filter(({ isIcm }) => isIcm)
    .flatMap((link): Found[] => {
      const digits = /(?<!\d)\d{7,10}(?!\d)/.exec(draft.text.slice(link.start, link.end));
      if (digits === null) return [];
      const start = link.start + digits.index;
      // The link is replaced as a whole.
      return [{ rule: 'icm-number', start, end: start + digits[0].length, edit: { start, end: start, text: '' } }];
    });
  return [...inText, ...inWords, ...inLinks];
}

const ICM_NOUNS = wordSet(`
  icm icms incident incidents inc cri cris ticket entry reference ref record item matter number id escalation bug
  defect workitem thread request issue case
`);
/** What has such a number is not counted by it: "the entry 512345678 reads ...". */
const TICKETS = wordSet('ticket entry reference ref item matter bug defect workitem');
const CERTAIN_NOUNS = wordSet('icm icms incident incidents inc cri cris');
/** Numbers behind these are the customer's, or somebody's who is not us. */
const OTHER_NOUNS = wordSet(`
  invoice invoices order orders po purchase subscription serial device devices meter meters sensor sensors gauge phone
  tel telephone mobile cell fax dial passcode pin conference account customer contract agreement transaction
  transactions payment booking bookings reservation shipment shipments parcel package container containers vehicle
  truck train wagon flight article sku batch lot part row offset offsets sequence seq event timestamp epoch ticks
  version build tenant policy claim patient member user employee asset station vessel imo mmsi iban vat tax zip
  partition value key message messages correlation session voucher receipt delivery quotation enrollment
  enrolment licence license job project rechnung bestellung auftrag kundennummer telefon nummer facture commande
  document doc barcode ean gtin card ship turbine machine site store shop terminal file line page kb form
  cursor watermark checkpoint consignment waybill awb tracking lease deployment change chg snow servicenow jira
  bill credit refund
`);
const UNITS = wordSet(`
  events event rows row messages message records record bytes byte kb mb gb ms millisecond milliseconds ticks seconds
  orders order customers users units items devices readings transactions samples lines documents files pings requests
  clicks views visits visitors tickets entries euro euros eur usd dollars pounds gbp chf yen times total units
  packets operations calls passengers vehicles meters measurements values points frames logs hits parcels tokens
  inserts writes reads alarms signals telemetry datapoints objects blobs keys ids people inhabitants tons tonnes kwh
  mwh kg km m unique distinct duplicate late missing
`);
const AMOUNT_BEFORE = wordSet(`
  about over than some roughly nearly approximately almost around of total exactly only counted count counts sum
  reached processed wrote read received sent dropped lost between up
`);
const AMOUNTS = wordSet(
  'total count counts sum backlog number amount average maximum minimum peak value offset out rate volume',
);
/** Between a noun and its number. */
const BETWEEN = wordSet('number no nr id ids # : is was = under with the our a an of as - ( [ " and');

function isIcmNumber(text: string, { start, end }: Stretch, written: string): boolean {
  const before = text.slice(Math.max(0, start - 130), start);
  const after = text.slice(end, end + 80);
  // Part of something longer: a phone number, a decimal, a key, a name of the customer's.
  if (/(?:\d[ .,:/'-]{0,2}|\+ ?)$/.test(before) || /^(?:[.,:'-]?\d|\/\d{3}| \d{3,4}(?!\d))/.test(after)) return false;
  if (CALLED.test(before)) return false;
  if (/[€$£¥]\s?$/.test(before) || /^\s?(?:[€$£¥%°])/.test(after)) return false;
  const digits = written.replace(/\D/g, '');
  const isNamed = /\b(?:icm|incident)\W{0,4}$/.test(before);
  // Other groups of figures are dates, telephones and amounts, unless a noun of ours stands before them.
  const isOdd = /\D/.test(written) && !/^\d{3}\D\d{3}\D\d{3}$|^\d(?:\D\d)+$/.test(written);
  if (
    isOdd &&
    !(isNamed && digits.length >= 8 && digits.length <= 10) &&
    (digits.length !== 9 ||
      !(
        /\b(?:icm|incident|ref|reference|ticket|inc|escalation|item|entry|record|bug|defect)\b[^.;!?\n]{0,12}$|\b(?:product team|engineers|engineering|developers)\b/.test(
          before.slice(-40),
        ) || /^ (?:is|was) (?:what|how|the number) (?:the|our) (?:product team|engineers|developers|devs)\b/.test(after)
      ))
  )
    return false;
  const joined = before.match(/[\p{L}\p{N}_-]+/gu)?.at(-1) ?? '';
  if (joined !== '' && before.endsWith(joined))
    return (
      CERTAIN_NOUNS.has(joined.replace(/[-_]$/, '')) &&
      !(/\byour\b/.test(before.slice(-24)) && /^ (?:in|from|of) (?:servicenow|jira|your)\b/.test(after))
    );
  const isKey = /\b(?:icm|incident|incidents|id|ticket|bug|item|ref)[=/]$/.test(before) && digits.length === 9;
  if ((/[=/\\]$/.test(before) && !isKey) || /^(?:[-_/\\][\p{L}\p{N}]|\p{L}|=)/u.test(after)) return false;

  const words =
    (before.split(/[.;!?\n](?=\s|$)/).at(-1) ?? '').match(/\p{L}[\p{L}\p{N}'-]*|\d+|[^\s\p{L}\p{N}]/gu) ?? [];
  const nearest = nearestNoun(words);
  const next = after.split(/[,;!?\n]|\.(?=\s|$)/)[0]?.match(/\p{L}[\p{L}'-]*/gu) ?? [];
  const clause = before.split(/[.;!?\n]/).at(-1) ?? '';
  const isOwnedByUs = OURS.test(clause) || OURS_AFTER.test((after.split(/[.;!?\n]/)[0] ?? '').slice(0, 64));
  // "2502... is yours, and 5213...": what is said of the number before is not said of this one.
  const part = words.findLastIndex((word) => /^(?:,|and|but)$/.test(word)) + 1;
  const near = words.slice(Math.max(part, words.length - 4));
  const isYours =
    (near.some((word) => /^(?:your|yours|customer's)$/.test(word)) &&
      !near.some((word) => /^(?:as|to|under|tracked|linked|with)$/.test(word))) ||
    YOURS_AFTER.test(after);
  if (CERTAIN_NOUNS.has(nearest ?? ''))
    return !(isYours && /\b(?:internal|own|servicenow|jira|helpdesk)\b/.test(before));
  if (digits.length !== 9)
    return (
      (isNamed && !isYours) ||
      (isOwnedByUs &&
        (ICM_NOUNS.has(nearest ?? '') || words.at(-1) === 'as') &&
        digits.length !== 10 &&
        !/\D/.test(written))
    );
  const isCounted = UNITS.has(next[0] ?? '') || (UNITS.has(next[1] ?? '') && !STOPS.has(next[0] ?? ''));
  if (isCounted && !TICKETS.has(nearest ?? '')) return false;
  if (OUR_NUMBER.test(clause)) return true;
  if (isYours) return false;
  if (isOther(nearest ?? '')) return false;
  const isOfAmount = words.at(-1) !== 'of' || words.slice(-4, -1).some((word) => AMOUNTS.has(word));
  const isCount = isOfAmount && AMOUNT_BEFORE.has(words.at(-1) ?? '') && !ICM_NOUNS.has(words.at(-2) ?? '');
  if (isCount || /^\W{0,3}(?:that is|that's|which is|is|was)? ?the (?:count|number|total|sum|amount) of/.test(after))
    return false;
  if (isOwnedByUs) return true;
  if (words.slice(-4).some(isOther)) return false;
  return true;
}

/** "Call me at 514 882 063" */
const CALLED = /\b(?:call|ring|dial|reach|text|phone) (?:me|us|him|her|them)(?: \w{1,12}){0,3} $/;
const isOther = (word: string): boolean => OTHER_NOUNS.has(word) || OTHER_NOUNS.has(word.replace(/s$/, ''));
const STOPS = wordSet('and or is was has the with for in on to by from which that as at');
/** "the product team's reference for your plant is ..." */
const OUR_NUMBER =
  /\b(?:product (?:team|group)|our|their|engineering|developers?|dev)(?:'s)? (?:\w{1,20} )?(?:reference|ref|ticket|number|id|entry|item|record|bug|tracker)\b/;
const OURS =
  /\b(?:product (?:team|group)|engineering|engineers|our side|their side|internally|internal|our|developers?|dev team)\b/;
const OURS_AFTER = /\b(?:product (?:team|group)|engineering team|on (?:our|their) side|internally|our internal)\b/;
const YOURS_AFTER =
  /^[ ,()]{0,3}(?:(?:which|that|as)? ?you (?:have )?(?:attached|sent|gave|mentioned|quoted|provided|shared|uploaded|entered|listed|wrote|ordered)|from your|in your|on your side)\b/;

function nearestNoun(words: readonly string[]): string | undefined {
  for (const word of [...words].reverse()) {
    if (BETWEEN.has(word) && !ICM_NOUNS.has(word)) continue;
    if ((word === 'number' || word === 'id') && words.length > 1) {
      const index = words.lastIndexOf(word);
      const further = words[index - 1] ?? '';
      return ICM_NOUNS.has(further) || OTHER_NOUNS.has(further) ? further : word;
    }
    return word;
  }
  return undefined;
}

/** The noun that names the number goes with it: "as incident 512345678" becomes "as our request ...". */
const NOUN_BEFORE =
  /(?:(?<![\p{L}\p{N}])(?:the|our|an?|under|their) )?(?:(?:internal|internally tracked) )?(?:(?<![\p{L}\p{N}])(?:incident|reference|ref|ticket|entry|record|item|case|request|cri|id|number)(?: (?:number|id|no|nr))?\.?:? ?[#(]?)$/u;

function editOf(text: string, { start, end }: Stretch): Stretch {
  const noun = NOUN_BEFORE.exec(text.slice(Math.max(0, start - 60), start));
  return { start: start - (noun?.[0].length ?? 0), end };
}
