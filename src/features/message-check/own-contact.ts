import { wordSet } from '../../understanding/token-pattern.ts';
import { FIRST, MENDS, PAST, THINKS, VERBS, VERBS_WITH, isContactVerb, isNegated } from './contact-words.ts';

const BEFORE_VERB = wordSet(`
  will shall am are can could should would plan intend want expect aim hope promise to be going also then certainly
  again definitely gladly personally like love able have try make sure continue now still of course myself both always
  either just only do and ll surely next directly keep start , at least
`);

/** "I will write", "we'll be in touch", "and report back". */
export function hasOwnContact(words: readonly string[]): boolean {
  for (let at = 0; at < words.length; at += 1) {
    if (!FIRST.has(words[at] ?? '')) continue;
    for (let next = at + 1; next < Math.min(words.length, at + 28); next += 1) {
      const word = words[next] ?? '';
      if (isNegated(words, next)) break;
      if (word === 'you' && !BEFORE_VERB.has(words[next - 1] ?? '') && !VERBS.has(words[next - 1] ?? '')) continue;
      if (isContactVerb(words, next) && isGoverned(words, at, next)) return true;
    }
  }
  // "Bo from the night shift mails you at 22:00"
  if (
    words.some((word, at) => CALLS.has(word) && (words[at + 1] === 'you' || words.some((one) => OF_US.has(one)))) &&
    !words.includes('your')
  )
    return true;
  // Whatever it is that one of us will do with the reader: "in our call I will show you", "we try it together".
  if (words.some((word, own) => FIRST.has(word) && isPlannedWithYou(words, own))) return true;
  // Somebody else of us: "my colleague will phone you".
  const will = words.findIndex((word) => word === 'will' || word === 'going' || word === 'shall');
  if (will > 0 && !words.slice(0, will).includes('you') && !words.slice(will, will + 3).includes('not')) {
    const you = words.indexOf('you', will);
    if (
      you > 0 &&
      (words.slice(will + 1, you).some((word) => VERBS.has(word) || VERBS_WITH.has(word)) ||
        words.slice(0, will).some((word) => OF_US.has(word)))
    )
      return true;
  }
  // The subject was said before: "and will contact you at 13:15".
  const [first, second] = words.filter((word) => word !== 'and' && word !== 'then');
  const at = words.indexOf(second ?? '');
  return (first === 'will' || first === 'shall') && at > 0 && isContactVerb(words, at);
}

const OF_US = wordSet('colleague manager lead engineer specialist colleagues');

const CALLS = wordSet('mails rings phones calls writes messages emails reports contacts briefs updates pings');

const WITH_YOU = wordSet('you together jointly phone line');

function isPlannedWithYou(words: readonly string[], at: number): boolean {
  const next = words[at + 1] ?? '';
  const rest = words.slice(at + 1, at + 16);
  if (rest.slice(0, 4).some((word) => word === 'not' || word === 'never' || PAST.has(word) || word === 'have'))
    return false;
  if (rest.some((word) => MENDS.has(word))) return false;
  if (/^(?:will|shall|am|are)$/.test(next)) return rest.some((word) => WITH_YOU.has(word));
  return (
    /^\p{L}{2,}$/u.test(next) &&
    !BEFORE_VERB.has(next) &&
    !THINKS.has(next) &&
    !next.endsWith('ed') &&
    rest.some((word) => /^(?:together|jointly)$/.test(word))
  );
}

/** Between the subject and the verb stands what makes it a plan, or the verb comes at once, or behind "and". */
function isGoverned(words: readonly string[], subject: number, verb: number): boolean {
  const between = words.slice(subject + 1, verb);
  // "I promise that the ferries will be back"
  if (between.includes('that')) return false;
  if (between.length === 0) return true;
  if (between.every((word) => BEFORE_VERB.has(word) || /ly$/.test(word))) return true;
  const before = words[verb - 1] ?? '';
  const hasPlan = between.some((word) => PLANS.has(word));
  return hasPlan && (before === 'and' || before === 'to' || before === ',' || before === 'then' || before === 'will');
}

const PLANS = wordSet('will shall going plan intend would can set want aim am are like should');
