import { existsSync, readFileSync } from 'node:fs';
import { startCache } from '../start-cache.ts';
import type { ExpandedCards } from './card-renderer.ts';

// The production build holds the usual cards ready beside the program (scripts/bundle.ts).
const beside = new URL('./expanded.json', import.meta.url);

/** An update of the engine may expand otherwise. */
const engine = 'adaptivecards-templating 2.3.1';

/**
 * Cards that were expanded when the program was built, or by an earlier start: with them the first answers need no
 * templating engine, whose loading takes a tenth of the start.
 */
export function readExpanded(): ExpandedCards | undefined {
  if (existsSync(beside)) return JSON.parse(readFileSync(beside, 'utf8')) as ExpandedCards;
  const kept = startCache.get('cards') as { readonly engine?: unknown; readonly cards?: ExpandedCards } | undefined;
  return kept?.engine === engine ? kept.cards : undefined;
}

/** Keeps what was expanded for the next start. */
export function keepExpanded(cards: ExpandedCards): void {
  if (!existsSync(beside)) startCache.set('cards', { engine, cards });
}
