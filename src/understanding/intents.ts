/**
 * What people ask this bot about: fourteen topics, and everything else.
 *
 * The order is part of the trained model: an example phrase belongs to the place of its topic in this list.
 */
export const INTENTS = [
  'should_open_icm',
  'severity_mapping',
  'severity_changed',
  'csat_escalation',
  'followup_reminder',
  'tracking_howto',
  'what_to_share',
  'include_pg',
  'icm_owner',
  'sla_targets',
  'roles',
  'postmortem',
  'drill',
  'help',
  'out_of_scope',
] as const;

export type Intent = (typeof INTENTS)[number];

/** Example lines per intent, as `src/playbook/phrases.yaml` holds them. */
export type Phrases = ReadonlyMap<Intent, readonly string[]>;

/** What a typed line is about. */
export type Reading =
  /** One topic stands out. `confidence` is the model's probability, 0 to 1. */
  | { readonly kind: 'clear'; readonly intent: Intent; readonly confidence: number }
  /** Two topics are about equally likely, the likelier first: ask which one is meant. */
  | { readonly kind: 'either'; readonly intents: readonly [Intent, Intent] }
  /** Not understood. `nearest` are the three most likely topics, never `out_of_scope`, to offer as buttons. */
  | { readonly kind: 'none'; readonly nearest: readonly Intent[] };

export interface Understanding {
  /** Reads one typed line. Never throws; the text is cut at 2,000 characters. */
  understand(text: string): Reading;
}

export function isIntent(name: string): name is Intent {
  return (INTENTS as readonly string[]).includes(name);
}
