import { randomUUID } from 'node:crypto';
import type { App } from '../../src/app.ts';
import { addEscalation, decideEscalation } from '../../src/features/escalation/escalation-store.ts';
import { asRequested, type Escalation } from '../../src/features/escalation/escalation.ts';
import type { Person, Place } from '../../src/features/feature.ts';
import { loadPlaybook } from '../../src/playbook/load.ts';
import type { Playbook } from '../../src/playbook/schema.ts';
import type { Database } from '../../src/store/database.ts';

/** The playbook of a team that has named everybody whom the package needs. */
export function teamPlaybook(patch: Partial<Playbook['people']> = {}): Playbook {
  const shipped = loadPlaybook();
  return {
    ...shipped,
    people: {
      ...shipped.people,
      engineeringManager: { name: 'Dana Reyes', email: 'dana@contoso.example' },
      productManagers: [{ name: 'Ali Khan', email: 'ali@contoso.example' }],
      ...patch,
    },
  };
}

/** An escalation as the fixed example of the tests tells it. */
export const example = {
  icmNumber: '512345678',
  icmTitle: 'Job stuck in Starting',
  icmLink: 'https://portal.microsofticm.com/imp/v3/incidents/details/512345678/home',
  srNumber: '2411220050001234',
  srTitle: 'Stream job does not start',
  srLink: 'https://servicedesk.microsoft.com/#/customer/cases/2411220050001234',
  contacts: 'Priya Sharma (priya@contoso.example); Lukas Weber',
  ownerName: 'Olga Petrova',
  ownerEmail: 'olga@contoso.example',
  region: 'APAC',
  caseStatus: 'open',
  sentiment: 'Angry; they talk of leaving.',
  why: 'Three promised updates were missed.',
  improvement: 'Update them when promised.',
  exceptional: false,
} as const;

export const approver = (tenantId: string): Person => ({
  tenantId,
  aadObjectId: '3e2bac74-5d9f-403b-88e6-af407b9d1233',
  teamsId: '29:mei',
  name: 'Mei Tanaka',
});

export function escalationOf(requester: Person, place: Place, at: Date, patch: Partial<Escalation> = {}): Escalation {
  return {
    ...example,
    id: randomUUID(),
    tenantId: requester.tenantId,
    judge: undefined,
    requester,
    place,
    cardActivityId: undefined,
    ...asRequested(at),
    ...patch,
  };
}

/** Keeps an escalation and its approval as the escalation feature does, with what follows from it. */
export async function approve(
  database: Database,
  outbox: App['outbox'],
  escalation: Escalation,
  at: Date,
  words = '',
): Promise<void> {
  await database.transaction(async (transaction) => {
    await addEscalation(escalation)(transaction);
    await decideEscalation(escalation, {
      decision: 'approved',
      by: approver(escalation.tenantId),
      at,
      revision: 1,
      words,
    })(transaction);
    await outbox.add(transaction, [
      {
        tenantId: escalation.tenantId,
        place: escalation.place,
        job: 'csat-package/post',
        subject: escalation.id,
        stage: '2',
        dueAt: at,
      },
    ]);
  });
}
