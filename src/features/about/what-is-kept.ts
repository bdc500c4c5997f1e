import type { Retention } from '../../playbook/schema.ts';

/** A kind of thing that is kept, in words for people, with the tables that it lies in. */
export interface Kept {
  readonly tables: readonly string[];
  readonly what: string;
  /** How long, in words. */
  readonly until: (days: Retention) => string;
  /** What "forget me" does to it. */
  readonly forgotten: string;
  /** Statements of "forget me". $1 tenant, $2 id of the person in the directory, $3 the name that takes its place. */
  readonly forget: readonly string[];
  /** Deletes what is past its time. $1 is the number of days. */
  readonly purge: readonly { readonly sql: string; readonly days: keyof Retention }[];
}

const old = (column: string): string => `${column} < now() - make_interval(days => $1::int)`;

/** Resolved ICMs of one's own personal chat: nobody else has seen them. */
const OWN_PRIVATE = `SELECT id FROM icm WHERE tenant_id = $1 AND engineer_id = $2 AND status = 'resolved' AND place_kind = 'personal'`;
const OLD_ICMS = `SELECT id FROM icm WHERE status = 'resolved' AND ${old('resolved_at')}`;
const OLD_DRILLS = `SELECT id FROM drill WHERE ${old('created_at')}`;

/**
 * Everything that is kept: the only list. What the bot says about itself, "forget me" and the purge are made from it;
 * a test fails when the database has a table that is not in it.
 */
export const WHAT_IS_KEPT: readonly Kept[] = [
  {
    tables: ['inbox'],
    what: 'The answers that I gave, which may repeat your words, so that a message which Teams delivers twice is answered once.',
    until: ({ activities }) => within(activities),
    forgotten: 'It is gone by itself within that time.',
    forget: [],
    purge: [{ sql: `DELETE FROM inbox WHERE ${old('received_at')}`, days: 'activities' }],
  },
  {
    tables: ['dialog'],
    what: 'Checks that you began: your answers in them, and your name.',
    until: ({ dialogs }) => `${within(dialogs)} after the last step`,
    forgotten: 'Deleted.',
    forget: ['DELETE FROM dialog WHERE tenant_id = $1 AND owner_id = $2'],
    purge: [{ sql: `DELETE FROM dialog WHERE ${old('updated_at')}`, days: 'dialogs' }],
  },
  {
    tables: ['icm_role', 'default_role', 'icm_key_fields'],
    what: 'Who had which role in an ICM and from when to when, who has one by default in a channel, and the key fields of an ICM: its times, impact, urgency, reported by and assigned to.',
    until: ({ resolvedIcms }) =>
      `as long as the ICM; who has a role by default until it is changed or taken out. ICMs go ${within(resolvedIcms)} after they are resolved`,
    forgotten:
      'Roles of yours end, and your name is taken out of them. What is typed as “reported by” or “assigned to” stays with the ICM; anybody there can change it.',
    forget: [
      'DELETE FROM default_role WHERE tenant_id = $1 AND person_id = $2',
      'UPDATE default_role SET set_by = $3 WHERE tenant_id = $1 AND set_by = $2',
      `UPDATE icm_role SET ended_at = now(), ended_by = $3, ended_by_name = 'Somebody'
       WHERE tenant_id = $1 AND person_id = $2 AND ended_at IS NULL`,
      `UPDATE icm_role SET person_id = $3, person_teams_id = '', person_name = 'Somebody'
       WHERE tenant_id = $1 AND person_id = $2`,
      `UPDATE icm_role SET assigned_by = $3, assigned_by_name = 'Somebody' WHERE tenant_id = $1 AND assigned_by = $2`,
      `UPDATE icm_role SET ended_by = $3, ended_by_name = 'Somebody' WHERE tenant_id = $1 AND ended_by = $2`,
      'UPDATE icm_key_fields SET changed_by = $3 WHERE tenant_id = $1 AND changed_by = $2',
    ],
    purge: [
      { sql: `DELETE FROM icm_role WHERE icm_id IN (${OLD_ICMS})`, days: 'resolvedIcms' },
      { sql: `DELETE FROM icm_key_fields WHERE icm_id IN (${OLD_ICMS})`, days: 'resolvedIcms' },
    ],
  },
  {
    tables: ['icm', 'follow_up', 'tracking_shown'],
    what: 'ICMs that you track: numbers, title, severities, the promised updates, and who looks after them.',
    until: ({ resolvedIcms }) => `while they are open, and ${within(resolvedIcms)} after they are resolved`,
    forgotten: 'Resolved ones of your personal chat are deleted; in the others your name is taken out.',
    forget: [
      `DELETE FROM follow_up WHERE icm_id IN (${OWN_PRIVATE})`,
      `DELETE FROM icm WHERE id IN (${OWN_PRIVATE})`,
      `UPDATE icm SET engineer_id = $3, engineer_teams_id = '', engineer_name = 'Somebody' WHERE tenant_id = $1 AND engineer_id = $2`,
      'UPDATE follow_up SET created_by = $3 WHERE tenant_id = $1 AND created_by = $2',
      'DELETE FROM tracking_shown WHERE tenant_id = $1 AND person_id = $2',
    ],
    purge: [
      { sql: `DELETE FROM follow_up WHERE icm_id IN (${OLD_ICMS})`, days: 'resolvedIcms' },
      { sql: `DELETE FROM icm WHERE id IN (${OLD_ICMS})`, days: 'resolvedIcms' },
    ],
  },
  {
    tables: ['preference', 'personal_chat'],
    what: 'Your settings: time zone, working hours, absence and stand-in, and where your personal chat is.',
    until: () => 'until you have them forgotten',
    forgotten: 'Deleted. Where you are the stand-in of somebody, you are taken out.',
    forget: [
      'DELETE FROM preference WHERE tenant_id = $1 AND person_id = $2',
      `UPDATE preference SET delegate_id = NULL, delegate_teams_id = NULL, delegate_name = NULL
       WHERE tenant_id = $1 AND delegate_id = $2`,
      'DELETE FROM personal_chat WHERE tenant_id = $1 AND person_id = $2',
    ],
    purge: [],
  },
  {
    tables: ['outbox', 'route', 'introduction'],
    what: 'Messages that I have to send, and where to. No words of yours are in them.',
    until: ({ deliveries }) => `until they are out, and ${within(deliveries)} after they were made`,
    forgotten: 'Lists that wait for you are dropped; the rest is gone by itself within that time.',
    forget: [
      `UPDATE outbox SET state = 'dropped', reason = 'asked to be forgotten'
       WHERE tenant_id = $1 AND state = 'waiting' AND stage = $2`,
      'UPDATE outbox SET stage = $3 WHERE tenant_id = $1 AND stage = $2',
    ],
    purge: [
      {
        sql: `DELETE FROM outbox WHERE ${old('created_at')} AND state IN ('sent', 'dropped', 'parked', 'unconfirmed')`,
        days: 'deliveries',
      },
    ],
  },
  {
    tables: ['escalation', 'escalation_editor', 'escalation_decision', 'escalation_trail', 'csat_package'],
    what: 'CSAT escalations: what was asked, who asked, who decided and why, and what was done.',
    until: () => 'without an end',
    forgotten: 'They stay, with your name: who asked and who decided is the evidence of a decision.',
    // The database refuses to change or delete them (migration 0004).
    forget: [],
    purge: [],
  },
  {
    tables: ['answer_count'],
    what: 'How often a question had no answer, by topic. No words, and nobody’s name.',
    until: ({ counts }) => within(counts),
    forgotten: 'Nothing in it is about a person.',
    forget: [],
    purge: [{ sql: `DELETE FROM answer_count WHERE ${old('report_on')}`, days: 'counts' }],
  },
  {
    tables: ['kept_words'],
    what: 'The words of a question, only if you passed them to the leads. Their list does not name you.',
    until: ({ words }) => within(words),
    forgotten: 'Deleted.',
    forget: ['DELETE FROM kept_words WHERE tenant_id = $1 AND person_id = $2'],
    purge: [{ sql: `DELETE FROM kept_words WHERE ${old('created_at')}`, days: 'words' }],
  },
  {
    tables: ['pg_consent'],
    what: 'Consents of the product group that you put on record.',
    until: ({ consents }) => within(consents),
    forgotten: 'The record stays; that it was you is taken out.',
    forget: ['UPDATE pg_consent SET recorded_by = $3 WHERE tenant_id = $1 AND recorded_by = $2'],
    purge: [{ sql: `DELETE FROM pg_consent WHERE ${old('recorded_at')}`, days: 'consents' }],
  },
  {
    tables: ['readiness', 'readiness_item'],
    what: 'The readiness checklist of a channel: what is done and by whom, owners, notes, and what the team agreed on about updates.',
    until: ({ checklists }) => `${within(checklists)} after its last change`,
    forgotten: 'The checklist stays; your name is taken out, and what you own has no owner any more.',
    forget: [
      `UPDATE readiness_item SET owner_id = NULL, owner_teams_id = NULL, owner_name = NULL
       WHERE tenant_id = $1 AND owner_id = $2`,
      `UPDATE readiness_item SET done_by_id = $3, done_by_name = 'Somebody' WHERE tenant_id = $1 AND done_by_id = $2`,
    ],
    purge: [
      {
        sql: `DELETE FROM readiness_item WHERE readiness_id IN (SELECT id FROM readiness WHERE ${old('updated_at')})`,
        days: 'checklists',
      },
      { sql: `DELETE FROM readiness WHERE ${old('updated_at')}`, days: 'checklists' },
    ],
  },
  {
    tables: ['status_update', 'what_is_known'],
    what: 'Status updates of ICMs: the parts as they were typed, and who posted them.',
    until: ({ updates }) => `while the ICM is open, and ${within(updates)} after it is resolved, or as long as the ICM`,
    forgotten: 'They stay with the ICM, which the team needs; your name is taken out.',
    forget: [
      `UPDATE status_update SET posted_by = $3, posted_by_name = 'Somebody' WHERE tenant_id = $1 AND posted_by = $2`,
    ],
    purge: [
      {
        sql: `DELETE FROM status_update WHERE icm_id IN (${OLD_ICMS})`,
        days: 'updates',
      },
    ],
  },
  {
    tables: ['drill', 'drill_participant', 'drill_run', 'drill_part', 'drill_score'],
    what: 'Practice runs: in which thread, who took part and played whom, and the answers to the five questions, which are shown without names.',
    until: ({ trail, practice }) =>
      `${within(trail)}; what was practised, ${within(practice)}; that the thread was one for practice, without an end`,
    forgotten:
      'The practice run stays; that you took part, what you played and your answers are deleted. What you did in it is forgotten as the real things are.',
    forget: [
      'DELETE FROM drill_score WHERE tenant_id = $1 AND person_id = $2',
      'DELETE FROM drill_part WHERE tenant_id = $1 AND person_id = $2',
      'DELETE FROM drill_participant WHERE tenant_id = $1 AND person_id = $2',
      'UPDATE drill_run SET started_by = $3 WHERE tenant_id = $1 AND started_by = $2',
    ],
    // The thread itself stays one for practice: a line in it must never become real.
    purge: [
      { sql: `DELETE FROM drill_score WHERE drill_id IN (${OLD_DRILLS})`, days: 'trail' },
      { sql: `DELETE FROM drill_part WHERE drill_id IN (${OLD_DRILLS})`, days: 'trail' },
      { sql: `DELETE FROM drill_participant WHERE drill_id IN (${OLD_DRILLS})`, days: 'trail' },
      { sql: `DELETE FROM drill_run WHERE ${old('started_at')}`, days: 'trail' },
    ],
  },
  {
    tables: ['incident_entry', 'incident_entry_version'],
    what: 'Notes and changes of an ICM that you write down, with your name, and what they said before you corrected them.',
    until: ({ resolvedIcms }) => `as long as the ICM, that is ${within(resolvedIcms)} after it is resolved`,
    forgotten:
      'They stay on the timeline of the team; your name is taken out. Delete single ones before, if you want them gone.',
    // Those of an ICM are deleted with it.
    forget: [
      `UPDATE incident_entry SET author_id = $3, author_name = 'Somebody' WHERE tenant_id = $1 AND author_id = $2`,
      `UPDATE incident_entry SET effect_by_id = $3, effect_by_name = 'Somebody' WHERE tenant_id = $1 AND effect_by_id = $2`,
    ],
    purge: [],
  },
  {
    tables: ['postmortem', 'postmortem_version', 'postmortem_share', 'postmortem_action'],
    what: 'Postmortems that you write on, each version with your name, and actions that you own or add.',
    until: ({ resolvedIcms }) => `as long as the ICM, that is ${within(resolvedIcms)} after it is resolved`,
    forgotten: 'They stay with the team; your name is taken out. Words that somebody wrote are not searched for it.',
    // Those of an ICM are deleted with it.
    forget: [
      `UPDATE postmortem_version SET saved_by_id = $3, saved_by_name = 'Somebody' WHERE tenant_id = $1 AND saved_by_id = $2`,
      `UPDATE postmortem_share SET shared_by_id = $3, shared_by_name = 'Somebody' WHERE tenant_id = $1 AND shared_by_id = $2`,
      `UPDATE postmortem_action SET owner_id = '', owner_teams_id = '', owner_name = 'Somebody' WHERE tenant_id = $1 AND owner_id = $2`,
      `UPDATE postmortem_action SET added_by_id = $3, added_by_name = 'Somebody' WHERE tenant_id = $1 AND added_by_id = $2`,
      `UPDATE postmortem_action SET ended_by_id = $3, ended_by_name = 'Somebody' WHERE tenant_id = $1 AND ended_by_id = $2`,
    ],
    purge: [],
  },
  {
    tables: ['audit'],
    what: 'A trail of who did what and when: ids only, never what you typed.',
    until: ({ trail }) => within(trail),
    forgotten: 'The trail stays; you are replaced in it by a name that leads nowhere.',
    // Before the personal chat is deleted, whose id stands in it; see `forget.ts`.
    forget: [],
    purge: [{ sql: `DELETE FROM audit WHERE ${old('at')}`, days: 'trail' }],
  },
];

/**
 * Tables that hold nothing of what is practised: practice runs themselves and their lines lie under the organisation, and
 * what reaches people outside does nothing there.
 */
export const WITHOUT_PRACTICE: readonly string[] = [
  'inbox',
  'dialog',
  'personal_chat',
  'introduction',
  'escalation',
  'escalation_editor',
  'escalation_decision',
  'escalation_trail',
  'csat_package',
  'drill',
  'drill_participant',
  'drill_run',
  'drill_part',
  'drill_score',
];

/** Tables that hold nothing about anybody. */
export const WITHOUT_PEOPLE: readonly string[] = ['migration'];

function within(days: number): string {
  return days === 1 ? '1 day' : `${days} days`;
}
