import type { Playbook } from '../../playbook/schema.ts';
import { clausesIn } from './clauses.ts';
import type { Draft, Found } from './found.ts';
import { readSentences } from './learned/read-sentences.ts';
import { nextContacts, stretchOf } from './next-contact.ts';
import type { Sentence } from './sentences.ts';
import { spelledRestorePromises, type SpelledPromise, withAssurance } from './spelled-promise.ts';

type Wordings = Playbook['messageCheck']['wordings'];

/** An exact time by which something is fixed, back or delivered (F77, F81); a rough range passes (F14, T7). */
export function findRestorePromises({ sentences }: Draft, wordings: Wordings): Found[] {
  const read = readSentences(sentences);
  return sentences.flatMap((sentence, index) => {
    if (!read[index]?.restore) return [];
    const spelled = spelledRestorePromises(sentence);
    return (spelled.length > 0 ? spelled : timesAhead(sentence)).map(({ isDelivery, ...stretch }): Found => ({
      rule: 'restore-promise',
      ...stretch,
      ...(isDelivery ? { edit: { ...stretch, text: wordings.deployment } } : {}),
    }));
  });
}

/** Without a time there is nothing to take out, and no promise of one. */
function timesAhead(sentence: Sentence): SpelledPromise[] {
  const contacts = new Set(nextContacts([sentence]).map(({ time }) => time.start));
  return clausesIn(sentence).flatMap((clause) =>
    clause.times
      .filter(({ kind, isPast }) => !isPast && (kind === 'exact' || kind === 'at once'))
      .map((time) => ({ ...stretchOf(clause, { ...time, ...withAssurance(clause, time) }), isDelivery: false }))
      .filter(({ start }) => !contacts.has(start)),
  );
}
