import type { Playbook } from './schema.ts';

/** What the playbook does not say about people, one sentence each: what is missing, and what does not work without it. */
export function missingPeople(playbook: Pick<Playbook, 'people'>): string[] {
  const { people } = playbook;
  const missing: string[] = [];
  if (people.smes.length === 0 && people.smeChannel?.membership !== 'enough')
    missing.push('No SMEs are named: I can point to the SME wiki page, but nobody may approve a CSAT escalation.');
  if (!people.smeChannel)
    missing.push(
      'No channel of the SMEs: I cannot post a CSAT escalation to them, and give the text of an email instead.',
    );
  if (!people.engineeringManager?.email)
    missing.push('No address of the engineering manager: a CSAT notification has to be addressed by hand.');
  if (people.productManagers.every((person) => !person.email) && !people.aliases.productManagers)
    missing.push('No address of a product manager: a CSAT notification has to be addressed by hand.');
  if (!people.aliases.smes)
    missing.push(
      'No mail alias of the SMEs: the email that asks them to review an escalation has to be addressed by hand.',
    );
  if (people.leads.length === 0)
    missing.push('No leads are named: nobody else is told when an escalation or a promised update waits too long.');
  return missing;
}
