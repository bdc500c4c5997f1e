import type { Draft, Found } from './found.ts';

/** Links to the ICM portal, wrapped or not (F15). A Markdown link goes with its text. */
export function findIcmLinks(draft: Draft): Found[] {
  return draft.links.filter((link) => link.isIcm).map(({ start, end }) => ({ rule: 'icm-link', start, end }));
}
