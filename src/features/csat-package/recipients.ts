import type { Playbook } from '../../playbook/schema.ts';
import type { Escalation } from '../escalation/escalation.ts';
import { oneLine } from './typed-text.ts';

/** Who gets the email, and what stands in the way of it. Addresses in small letters are compared, and shown as given. */
export interface Recipients {
  /** Engineering manager and product managers (F45). */
  readonly to: readonly string[];
  /** ICM owner (F45) and CSS contacts. */
  readonly cc: readonly string[];
  /** Names for the salutation (F49): of the engineering manager, then of the product managers. */
  readonly names: readonly string[];
  /** Sentences about who is missing in the playbook; with any of them the bot does not send. */
  readonly missing: readonly string[];
  /** Sentences about typed addresses that are left out, and about people without one. */
  readonly leftOut: readonly string[];
}

const oneAddress = /^[A-Za-z0-9][A-Za-z0-9._+'-]{0,63}@[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63}){1,8}$/;
/** As many can be read before Send is pressed. */
const mostCopies = 20;

/** The addresses in a typed text, each once. */
export function addressesIn(typed: string): string[] {
  const words = oneLine(typed, 4_000).split(/[\s,;:<>()[\]"]/);
  return unique(words.map(withoutStop).filter((word) => word.length <= 100 && oneAddress.test(word)));
}

/** "Write to a@b.example." ends in a full stop that is not part of it. */
function withoutStop(word: string): string {
  let end = word.length;
  while (end > 0 && ".'-!?".includes(word[end - 1] as string)) end -= 1;
  return word.slice(0, end);
}

const domainOf = (address: string): string => address.slice(address.lastIndexOf('@') + 1).toLowerCase();

function unique(addresses: readonly string[]): string[] {
  const seen = new Map(addresses.map((address) => [address.toLowerCase(), address] as const));
  return [...seen.values()];
}

/**
 * Who gets the email of an escalation. The customer is never addressed: what somebody typed is taken only when it is of
 * a domain of the playbook's own people (or of `csatPackage.mailDomains`), so a customer's address cannot get in.
 */
export function recipientsOf(
  escalation: Pick<Escalation, 'contacts' | 'ownerName' | 'ownerEmail'>,
  playbook: Playbook,
): Recipients {
  const { engineeringManager, productManagers, aliases } = playbook.people;
  const managers = productManagers.filter(({ email }) => email !== undefined);
  const to = unique(
    [engineeringManager?.email, ...managers.map(({ email }) => email), aliases.productManagers].filter(
      (address) => address !== undefined,
    ),
  );
  const own = new Set([...to, aliases.smes ?? ''].filter((one) => one !== '').map(domainOf));
  for (const domain of playbook.csatPackage.mailDomains) own.add(domain.toLowerCase());

  const owner = addressesIn(escalation.ownerEmail);
  const typed = unique([...owner, ...addressesIn(escalation.contacts)]);
  const copies = typed.filter((address) => own.has(domainOf(address)) && !has(to, address));
  const cc = copies.slice(0, mostCopies);
  const foreign = typed.filter((address) => !own.has(domainOf(address)));

  const missing: string[] = [];
  if (engineeringManager?.email === undefined) missing.push('The playbook has no address of the engineering manager.');
  if (managers.length === 0 && aliases.productManagers === undefined)
    missing.push('The playbook has no address of a product manager.');
  const leftOut: string[] = [];
  if (foreign.length > 0)
    leftOut.push(
      `Left out, since the address is not of your organisation as the playbook knows it: ${foreign.slice(0, mostCopies).join(', ')}${foreign.length > mostCopies ? ` and ${foreign.length - mostCopies} more` : ''}. The customer must not get this email; a colleague you can add by hand.`,
    );
  if (copies.length > cc.length)
    leftOut.push(
      `Only the first ${mostCopies} of ${copies.length} contacts are in it. The others you can add by hand.`,
    );
  if (owner.length === 0)
    leftOut.push(
      `There is no address of the ICM owner (${oneLine(escalation.ownerName, 100)}). Please include the owner by hand.`,
    );
  return { to, cc, names: namesOf(playbook), missing, leftOut };
}

const has = (addresses: readonly string[], address: string): boolean =>
  addresses.some((one) => one.toLowerCase() === address.toLowerCase());

/** Who has an address but no name is called by their role; where the address is to be filled in, so is the name. */
function namesOf({ people, csatPackage }: Playbook): string[] {
  const { em, pm } = csatPackage.email.unnamed;
  const { engineeringManager, productManagers, aliases } = people;
  const role = (words: string, isAddressed: boolean) => (isAddressed ? words.replace(/[<>]/g, '') : words);
  const managers = productManagers.map(({ name }) => oneLine(name ?? '', 100)).filter((name) => name !== '');
  const isPmAddressed =
    aliases.productManagers !== undefined || productManagers.some(({ email }) => email !== undefined);
  return [
    oneLine(engineeringManager?.name ?? '', 100) || role(em, engineeringManager?.email !== undefined),
    ...(managers.length > 0 ? managers : [role(pm, isPmAddressed)]),
  ];
}
