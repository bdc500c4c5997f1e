import { normalize } from '../../understanding/normalize.ts';
import { readRegions } from '../../understanding/read-places.ts';
import { regionsOf } from '../../understanding/regions.ts';
import type { Playbook } from '../../playbook/schema.ts';
import type { Values } from './sheets.ts';

/** Longer lines are pasted texts, in which a form is not asked for. */
const MAX = 1_000;
const asked = /^(?:please )?(?:prepare|fill in|start|open) (?:\S{1,10} ){0,2}quota\b/i;
const ids = /\b[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\b/gi;
const fromTo =
  /\bfrom \d{1,6}(?: (?:streaming units?|SUs?|vcores?|units?|jobs?))? to \d{1,6}\b(?: (?:streaming units?|SUs?|vcores?|units?|jobs?)\b)?/i;
const only = /\b(?:to|by) \d{1,6}\b(?: (?:streaming units?|SUs?|vcores?|units?|jobs?)\b)?/i;

/** "prepare a quota request for …": the form is wanted, and the line may hold what goes into it. */
export const asksForQuotaForm = (text: string): boolean => text.length <= MAX && asked.test(text.trim());

/** What the line says of the request (F35): ids of subscriptions, regions, the amount. What it does not say is not there. */
export function quotaValues(text: string, playbook: Playbook): Values {
  const line = text.slice(0, MAX);
  const said = {
    subscription: [...new Set(line.match(ids) ?? [])].join(', '),
    regions: readRegions(normalize(line), regionsOf(playbook)).join(', '),
    amount: (fromTo.exec(line) ?? only.exec(line))?.[0] ?? '',
  };
  return Object.fromEntries(Object.entries(said).filter(([, value]) => value !== ''));
}
