import type { Playbook } from '../../playbook/schema.ts';
import { isIntent } from '../../understanding/intents.ts';
import type { Feature } from '../feature.ts';
import { topicsOf } from './topics.ts';

/**
 * What a lead should look at in the answers of a playbook that can be used: sentences. The bot works all the same; what
 * keeps it from starting is found when the file is read.
 */
export function checkAnswers(playbook: Playbook, features: readonly Feature[]): string[] {
  const commands = new Set(features.flatMap((feature) => feature.commands ?? []).map(({ name }) => name));
  const { finder, all } = topicsOf(playbook);
  const remarks: string[] = [];
  for (const [id, topic] of all) {
    for (const name of topic.commands)
      if (!commands.has(name)) remarks.push(`topics.${id}: there is no command “${name}”, so its button is left out.`);
    if (topic.intent !== undefined && !isIntent(topic.intent))
      remarks.push(`topics.${id}: the bot knows no intent “${topic.intent}”, so it is ignored.`);
    if (topic.cites.length === 0) remarks.push(`topics.${id}: it cites no rule, so the answer has no source.`);
    for (const line of topic.ask) {
      // A line as short as that is found to the letter only.
      if (line.split(' ').length < 3) continue;
      const [best] = finder.find(line);
      if (best && best.id !== id && !sameRule(id, best.id, playbook))
        remarks.push(
          `topics.${id}: “${line}” is more like ${best.id}. Ask for it in words that only it has, or move the line.`,
        );
    }
  }
  return remarks;
}

const sameRule = (id: string, other: string, playbook: Playbook): boolean => {
  const { all } = topicsOf(playbook);
  return (all.get(other)?.cites ?? []).some((rule) => all.get(id)?.cites.includes(rule));
};
