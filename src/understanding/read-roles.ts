import { normalize } from './normalize.ts';
import { joinDigitGroups, readTicketNumbers } from './read-ticket-numbers.ts';
import { find, matches, patterns, wordSet, type TokenPattern } from './token-pattern.ts';

/** Roles of an incident (F66-F69). */
export type RoleWord = 'commander' | 'communications' | 'scribe' | 'sme';

/**
 * What a line wants with roles: `list` shows who has which; `assign` gives one to whoever is mentioned, or with `self` to
 * who writes; `step-down` ends one. The `default` kinds are about those that are set beforehand (F70): shown, set, taken
 * out, or given to the people of an ICM (`default-use`).
 */
export type RoleKind =
  'list' | 'assign' | 'step-down' | 'default-list' | 'default-set' | 'default-clear' | 'default-use';

export interface RoleRequest {
  readonly kind: RoleKind;
  /** The roles that are named, each once. */
  readonly roles: readonly RoleWord[];
  /** Whoever writes means themself. */
  readonly self: boolean;
  /** ICMs that are named, whole or by their ends. */
  readonly numbers: readonly string[];
  /** The form leaves no doubt; otherwise it is one only where an ICM is talked about ("who is the scribe?"). */
  readonly certain: boolean;
}

const LONGEST = 25;

/** What a role is called, in tokens, the longest first. `loose` words mean other things as well. */
const CALLED: readonly { readonly words: readonly string[]; readonly role: RoleWord; readonly loose?: true }[] = [
  { words: ['incident', 'commander'], role: 'commander' },
  { words: ['incident', 'lead'], role: 'commander' },
  { words: ['communication', 'officer'], role: 'communications' },
  { words: ['communication', 'lead'], role: 'communications' },
  { words: ['communication', 'manager'], role: 'communications' },
  { words: ['note', 'taker'], role: 'scribe' },
  { words: ['commander'], role: 'commander' },
  { words: ['scribe'], role: 'scribe' },
  { words: ['notetaker'], role: 'scribe' },
  { words: ['communicator'], role: 'communications' },
  { words: ['communication'], role: 'communications', loose: true },
  { words: ['sme'], role: 'sme', loose: true },
  { words: ['ic'], role: 'commander', loose: true },
];

const DROPPED = wordSet(
  'the a an our please now today also hey hi hello ok and then icm incident case number position',
);
const NAME = '~4';
const FOR = 'of|for|on|in?';
/** In this table `<role>` is any role and `<icm>` the number of an ICM. */
const DEFAULT_CLEAR = patterns(`
  ^ remove|delete|clear|unset|drop|no|cancel default <role>
  ^ remove|delete|clear|drop ${NAME} as|from default <role>
`);
const DEFAULT_SET = patterns(`
  ^ default <role> is|:|=|to ${NAME}
  ^ set|make|change default <role> to|:|= ${NAME}
  ^ set|make ${NAME} as? default <role>
  ^ ${NAME} is|as|be default <role>
`);
const DEFAULT_USE = patterns(`
  ^ set|use|apply|take|fill|assign|give ~1 default|defaults roles? ~1 <icm>|here|$
`);
const DEFAULT_LIST = patterns(`
  ^ show|list|see? me? my|which|what? default|defaults roles|role|<role> ?|here|of|$
  ^ who is|has default <role> ?|here|$
  ^ who is|are default ?|$
`);
const STEP_DOWN = patterns(`
  ^ i? am|want|will|would|need|have? like? to? step|stepping|steps|stepped down|back|aside ~1 as|from|of? <role>
  ^ i? am|want|will|would? like? to? release|releasing|resign|resigning|quit|leave|leaving|drop|dropping|stop ~1 <role>
  ^ i am not|no ~1 <role>
  ^ no longer <role>
  ^ give|giving up <role>
  ^ remove|clear|unset|end|free|release <role>
  ^ remove|take ${NAME} as|from|off <role>
`);
const HAND_OVER = patterns(`
  ^ i|we? want|will|would|like|am? to? hand|handing|hands|handover|give|giving|pass|transfer|reassign|assign|delegate|move over? as? <role> ~3 over? to|: ${NAME}
  ^ handover|hand over? of? <role> ~3 to ${NAME}
`);
const TAKE_OVER = patterns(`
  ^ ${NAME} takes|take|taking|took over as|from|of? <role>
  ^ ${NAME} takes|take|taking|took over? <icm> over? as <role>
  ^ ${NAME} takes|take|taking|took <role> over
  ^ ${NAME} replaces|replace ${NAME} as <role>
`);
const SELF = patterns(`
  ^ i am|will be? <role>
  ^ i|ill will|can|want|would|like? to? be|take|do|become|play|am as? <role>
  ^ me as? <role>
  ^ <role> is|: me|i|myself
  ^ <role> ${FOR} <icm> is|: me|i|myself
  ^ take|taking|claim over? as? <role>
  ^ make|set|assign|put me as? <role>
`);
const ASSIGN = patterns(`
  ^ <role> ${FOR} <icm> is|:|=|to|goes ~1 ${NAME}
  ^ <icm> <role> is|:|= ${NAME}
  ^ <role> is|:|= ${NAME} $|${FOR}
  ^ ${NAME} is|as|becomes|become <role> ${FOR} <icm>|here|$
  ^ ${NAME} is|as|becomes|become <role> $|${FOR}
  ^ make|set|appoint|name|put|assign|want ${NAME} as|to? be? <role>
  ^ assign|set <role> ~3 to|: ${NAME}
  ^ ${NAME} takes|take|will|gets|has ~1 <role>
`);
const LIST = patterns(`
  ^ show|list|see? me? roles ${FOR} <icm> ?|$
  ^ who has|have|is|are|got|holds|took in? which|what role|roles
  ^ who is|has <role> ${FOR} <icm>
  ^ <role> ${FOR} <icm> ?|$
  ^ <icm> roles ?|$
`);
/** Only where an ICM is talked about. */
const LIST_HERE = patterns(`
  ^ who is|has|was <role> here? ?|$
  ^ show|list|see? me? roles here? ?|$
  ^ who is who ?|$
  ^ who does what here? ?|$
`);
const ASKS = wordSet(
  'what how why which whose whether if difference mean means should who when where must ? but because',
);
const OPENS_QUESTION = wordSet('can could may is are does do must has have did was were would');
const SELVES = wordSet('i me ill myself take taking claim');

/** What a line wants with roles; `undefined`: nothing that is plain from its form. */
export function readRoles(text: string): RoleRequest | undefined {
  const said = normalize(joinDigitGroups(text));
  if (said.length === 0 || said.length > LONGEST) return undefined;
  const { tokens, roles, isLoose } = withRoles(said);
  const { icmNumbers, shortNumbers } = readTicketNumbers(text);
  const numbers = [...icmNumbers, ...shortNumbers];
  const words = tokens.map((token) => (numbers.includes(token) ? '<icm>' : token));
  const kind = kindOf(words, roles, numbers.length > 0);
  if (kind === undefined) return undefined;
  const isAbout = kind.kind === 'list' || kind.kind.startsWith('default-') || roles.length > 0;
  // "The SME is unavailable" names nobody: such words need an ICM beside them, or a verb of handing over.
  const isPlain = !isLoose || numbers.length > 0 || kind.isHanding;
  if (!isAbout || !isPlain) return undefined;
  const self = kind.kind === 'assign' || kind.kind === 'default-set' ? isSelf(words) : false;
  return { kind: kind.kind, roles, self, numbers, certain: kind.certain };
}

interface Found {
  readonly kind: RoleKind;
  readonly certain: boolean;
  /** Said with a verb that nothing else but a role has. */
  readonly isHanding: boolean;
}

function kindOf(words: readonly string[], roles: readonly RoleWord[], hasNumber: boolean): Found | undefined {
  const found = (kind: RoleKind, certain = true, isHanding = false): Found => ({ kind, certain, isHanding });
  const begins = (wordings: readonly TokenPattern[]) => wordings.some((one) => find(one, words)?.start === 0);
  if (words.includes('default') || words.includes('defaults')) {
    if (begins(DEFAULT_LIST)) return found('default-list', true, true);
    if (words.some((word) => ASKS.has(word))) return undefined;
    if (begins(DEFAULT_CLEAR)) return found('default-clear', true, true);
    if (begins(DEFAULT_SET)) return found('default-set', true, true);
    return begins(DEFAULT_USE) ? found('default-use') : undefined;
  }
  const isAsked = words.some((word) => ASKS.has(word)) || OPENS_QUESTION.has(words[0] ?? '');
  if (!isAsked) {
    if (begins(STEP_DOWN))
      return found(
        'step-down',
        true,
        words.some((word) => /^step/.test(word)),
      );
    if (begins(HAND_OVER) || begins(TAKE_OVER)) return found('assign', true, !hasNumber || words.includes('as'));
    if (matches(NOBODY, words)) return undefined;
    if (begins(SELF)) return found('assign', true, !roles.includes('sme'));
    if (begins(ASSIGN)) return found('assign');
  }
  if (begins(LIST)) return found('list');
  return begins(LIST_HERE) ? found('list', false) : undefined;
}

/** "There is no scribe yet", "it is not the commander": nobody is named. */
const NOBODY = patterns(`
  not|no|never|without|nobody|none
  ^ there|this|that|it|which
`);

/** "I am", "take", "is me": not "Amara takes". */
const isSelf = (words: readonly string[]): boolean =>
  SELVES.has(words[0] ?? '') || words.slice(0, 8).some((word) => word === 'me' || word === 'myself' || word === 'ill');

function withRoles(said: readonly string[]) {
  const tokens: string[] = [];
  const roles = new Set<RoleWord>();
  let isLoose = false;
  for (let at = 0; at < said.length;) {
    const called = CALLED.find(({ words }) => words.every((word, next) => said[at + next] === word));
    if (called) {
      roles.add(called.role);
      isLoose ||= called.loose === true;
      tokens.push('<role>');
      at += called.words.length;
      // "The scribe role", "the role of scribe"
      if (said[at] === 'role') at += 1;
    } else {
      const token = said[at] ?? '';
      const isRoleOf = token === 'role' && said[at + 1] === 'of';
      if (!DROPPED.has(token) && token !== '@' && !isRoleOf) tokens.push(token);
      at += isRoleOf ? 2 : 1;
    }
  }
  while (tokens.length > 0 && /^[.!,]$/.test(tokens.at(-1) ?? '')) tokens.pop();
  return { tokens: tokens.filter((token, at) => at > 0 || !/^[.!,]$/.test(token)), roles: [...roles], isLoose };
}
