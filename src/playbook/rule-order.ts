/**
 * The order in which rules are read: as they stand in the file, but a rule with `before` goes in front of the one that
 * it names. A rule whose `before` leads in a circle or nowhere is left out; `references.ts` reports it.
 */
export function orderRules<Rule extends { readonly before?: string | undefined }>(
  rules: Readonly<Record<string, Rule>>,
): [string, Rule][] {
  const ordered = Object.entries(rules).filter(([, rule]) => rule.before === undefined);
  let waiting = Object.entries(rules).filter(([, rule]) => rule.before !== undefined);
  for (;;) {
    const stuck: [string, Rule][] = [];
    for (const entry of waiting) {
      const place = ordered.findIndex(([id]) => id === entry[1].before);
      if (place < 0) stuck.push(entry);
      else ordered.splice(place, 0, entry);
    }
    if (stuck.length === waiting.length) return ordered;
    waiting = stuck;
  }
}
