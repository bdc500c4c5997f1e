import type { Person, Place } from '../features/feature.ts';
import { drillIdOf, organisationOf } from '../practice.ts';
import type { Database } from './database.ts';

/** What is kept of a practice run, as far as turns need it. */
export interface PracticeRun {
  /** Its thread: nothing goes anywhere else. */
  readonly place: Place;
  /** Ids in Teams of those who have written or pressed something in it. */
  readonly participants: readonly string[];
}

/** The records of practice runs, as far as turns need them. */
export interface PracticeRuns {
  /**
   * @param tenantId that of the practice run (`practiceTenant`)
   * @param person takes part from now on; without one it is only read
   */
  enter(tenantId: string, person?: Person): Promise<PracticeRun | undefined>;
}

interface Row {
  readonly conversation_id: string;
  readonly service_url: string;
  readonly bot_id: string;
  readonly participants: readonly string[] | null;
}

export function createPracticeRuns(database: Database): PracticeRuns {
  return {
    async enter(tenantId, person) {
      const id = drillIdOf(tenantId);
      if (id === undefined) return undefined;
      const organisation = organisationOf(tenantId);
      if (person && person.aadObjectId !== '') {
        await database.query(
          `INSERT INTO drill_participant (tenant_id, drill_id, person_id, teams_id, name)
           SELECT $1, id, $3, $4, $5 FROM drill WHERE tenant_id = $1 AND id = $2::uuid
           ON CONFLICT (drill_id, person_id) DO NOTHING`,
          [organisation, id, person.aadObjectId, person.teamsId, person.name],
        );
      }
      const [row] = await database.query<Row>(
        `SELECT conversation_id, service_url, bot_id,
           (SELECT array_agg(teams_id) FROM drill_participant p WHERE p.tenant_id = $1 AND p.drill_id = drill.id) AS participants
         FROM drill WHERE tenant_id = $1 AND id = $2::uuid`,
        [organisation, id],
      );
      return (
        row && {
          place: {
            kind: 'channel',
            conversationId: row.conversation_id,
            serviceUrl: row.service_url,
            botId: row.bot_id,
          },
          participants: row.participants ?? [],
        }
      );
    },
  };
}
