import type { Queryable } from '../../store/database.ts';
import type { Change, Person, Place } from '../feature.ts';

export interface PgConsent {
  readonly id: string;
  /** ICM or SR number, as typed. */
  readonly ticket: string;
  readonly ground: 'pg-asked' | 'exhausted' | 'sev-1';
  /** Who at the product group, and when, as typed. */
  readonly contact: string;
  readonly consentedOn: string;
}

export function recordConsent(consent: PgConsent, person: Person, place: Place): Change {
  return async (transaction) => {
    await transaction.query(
      `INSERT INTO pg_consent (id, tenant_id, ticket, ground, contact, consented_on, place_kind, conversation_id, recorded_by)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
      [
        consent.id,
        person.tenantId,
        consent.ticket,
        consent.ground,
        consent.contact,
        consent.consentedOn,
        place.kind,
        place.conversationId,
        person.aadObjectId,
      ],
    );
    return true;
  };
}

/** What is on record for a ticket, as far as this person may see it: their own, and what was recorded in this place. */
export async function consentsFor(
  records: Queryable,
  ticket: string,
  person: Person,
  place: Place,
): Promise<readonly PgConsent[]> {
  return records.query<PgConsent & object>(
    `SELECT id, ticket, ground, contact, consented_on AS "consentedOn" FROM pg_consent
     WHERE tenant_id = $1 AND ticket = $2 AND (recorded_by = $3 OR conversation_id = $4)
     ORDER BY recorded_at DESC LIMIT 5`,
    [person.tenantId, ticket, person.aadObjectId, place.conversationId],
  );
}
