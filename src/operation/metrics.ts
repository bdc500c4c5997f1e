import type { SendResult } from '../bot/connector.ts';
import type { ErrorCode } from '../errors.ts';
import type { Finish, OutboxHealth } from '../store/outbox.ts';

/** What kind of activity came in; a closed list, since the word in the activity is anybody's. */
export type TurnKind = 'message' | 'invoke' | 'other';

/**
 * What the engine tells whoever watches it. No method takes a person, a conversation or a text, so none can become a
 * label. Features know nothing of it.
 */
export interface Metrics {
  /** An activity was answered, or refused with an error; `seconds` from its whole body to its answer. */
  turn(kind: TurnKind, outcome: 'answered' | 'refused', seconds: number): void;
  /** A person was told that something failed. */
  turnFailed(code: ErrorCode): void;
  /** A request was answered with an error. */
  refused(code: ErrorCode): void;
  /** One request to Teams. */
  sent(result: SendResult, seconds: number): void;
  /** A post of the outbox came to an end, or to its next try; `lateSeconds` after it was due, for one that is out. */
  delivered(job: string, outcome: Finish['kind'], lateSeconds: number): void;
  /** The auditor has looked. */
  audited(health: OutboxHealth): void;
}

/** Nobody watches. */
export const noMetrics: Metrics = {
  turn() {},
  turnFailed() {},
  refused() {},
  sent() {},
  delivered() {},
  audited() {},
};

export function turnKindOf(type: unknown): TurnKind {
  return type === 'message' || type === 'invoke' ? type : 'other';
}
