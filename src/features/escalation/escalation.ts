import type { Person, Place } from '../feature.ts';

export type EscalationState = 'open' | 'approved' | 'declined' | 'withdrawn' | 'expired';

/** What the requester tells: F43, F46, F48. Texts are as typed, each not empty unless it says so. */
export interface EscalationDetails {
  readonly icmTitle: string;
  /** An https address. */
  readonly icmLink: string;
  readonly srNumber: string;
  /** May be ''. */
  readonly srTitle: string;
  readonly srLink: string;
  /** CSS contacts that work on the case: names, addresses or both. */
  readonly contacts: string;
  readonly ownerName: string;
  /** May be ''. */
  readonly ownerEmail: string;
  /** Region of the SMEs who are asked, in the words of the playbook. */
  readonly region: string;
  /** F41: before the case is closed or resolved; later only as a question to the SMEs. */
  readonly caseStatus: 'open' | 'resolved' | 'closed';
  readonly sentiment: string;
  readonly why: string;
  readonly improvement: string;
  /** So bad that EM and PM should be looped into the customer's email directly (F46, T6). */
  readonly exceptional: boolean;
}

/** What an SME has decided, on the revision that they saw. */
export interface Decision {
  readonly decision: 'approved' | 'declined';
  readonly by: Person;
  readonly at: Date;
  readonly revision: number;
  /** How it could have been avoided (F42; may be ''), or the reason of a decline. */
  readonly words: string;
}

/** A request to the SMEs to flag a case as CSAT Impacting. */
export interface Escalation extends EscalationDetails {
  readonly id: string;
  readonly tenantId: string;
  readonly icmNumber: string;
  /** Who judged it to be exceptionally bad (T6). */
  readonly judge: { readonly id: string; readonly name: string } | undefined;
  readonly requester: Person;
  /** Where it was asked for, and where its package goes. */
  readonly place: Place;
  /** The requester's card. */
  readonly cardActivityId: string | undefined;
  readonly state: EscalationState;
  /** Goes up with every change; a button carries the one that it was drawn with. */
  readonly revision: number;
  /** What an SME wants to know before deciding. */
  readonly question: { readonly text: string; readonly by: Person } | undefined;
  /** SMEs of other regions may decide as well. */
  readonly isOffered: boolean;
  /** The SMEs' message, once it is out. */
  readonly smeMessage: { readonly conversationId: string; readonly activityId: string | undefined } | undefined;
  readonly decision: Decision | undefined;
  readonly createdAt: Date;
  readonly updatedAt: Date;
}

/** How a request begins. */
export const asRequested = (now: Date) => ({
  state: 'open' as const,
  revision: 1,
  question: undefined,
  isOffered: false,
  smeMessage: undefined,
  decision: undefined,
  createdAt: now,
  updatedAt: now,
});

/** A line of the trail, with the words of whoever did it. */
export interface TrailLine {
  readonly at: Date;
  /** `undefined`: the bot itself. */
  readonly actor: Pick<Person, 'aadObjectId' | 'name'> | undefined;
  readonly step: string;
  /** Of the request, after the step. */
  readonly revision: number;
  readonly words: string;
}
