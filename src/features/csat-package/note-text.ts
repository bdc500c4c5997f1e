import type { Playbook } from '../../playbook/schema.ts';
import type { Escalation } from '../escalation/escalation.ts';
import { indented, oneLine } from './typed-text.ts';

type Noted = Pick<Escalation, 'sentiment' | 'why' | 'improvement' | 'decision'>;

/**
 * The note for the ICM: the three details of F43, each whole, and what the SME added on how it could have been avoided
 * (F42). It stays with the product team and CSS; nothing of it is for the customer.
 */
export function noteFor(escalation: Noted, playbook: Playbook): string {
  const { tag, note } = playbook.csatPackage;
  const { decision } = escalation;
  const by = oneLine(decision?.by.name ?? '', 100);
  const on = decision?.at.toISOString().slice(0, 16).replace('T', ' ');
  const words = decision?.words.trim() ?? '';
  return [
    `${tag} ${note.approved.replace('{sme}', () => by || 'an SME').replace('{at}', () => (on ? `${on} UTC` : 'a day that is not known'))}`,
    `${note.sentiment}: ${indented(escalation.sentiment)}`,
    `${note.why}: ${indented(escalation.why)}`,
    `${note.improvement}: ${indented(escalation.improvement)}`,
    ...(words === '' ? [] : [`${note.smeAdds.replace('{sme}', () => by || 'the SME')}: ${indented(words)}`]),
  ].join('\n');
}
