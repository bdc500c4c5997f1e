import type { Playbook } from '../../playbook/schema.ts';
import { clausesIn } from './clauses.ts';
import type { Draft, Found } from './found.ts';
import { promisesRepair, readSentences, surelyPromisesRepair } from './learned/read-sentences.ts';
import { nextContacts, stretchOf } from './next-contact.ts';
import type { Sentence } from './sentences.ts';
import { spelledRestorePromises, type SpelledPromise, withAssurance } from './spelled-promise.ts';

type Wordings = Playbook['messageCheck']['wordings'];

/** An exact time by which something is fixed, back or delivered (F77, F81); a rough range passes (F14, T7). */
export function findRestorePromises({ sentences }: Draft, wordings: Wordings): Found[] {
  const read = readSentences(sentences);
  return sentences.flatMap((sentence, index) => {
    const meant = read[index];
    if (!meant || !promisesRepair(meant)) return [];
    const spelled = spelledRestorePromises(sentence);
    const promises = spelled.length > 0 ? spelled : timesAhead(sentence);
    // "Give us twenty minutes": there is no time to take out, and the whole sentence promises one.
    if (promises.length === 0 && surelyPromisesRepair(meant)) {
      const { start, end } = sentence;
      return [{ rule: 'restore-promise', start, end, edit: { start, end, text: wordings.noTime } } satisfies Found];
    }
    return promises.map(({ isDelivery, ...stretch }): Found => ({
      rule: 'restore-promise',
      ...stretch,
      ...(isDelivery ? { edit: { ...stretch, text: wordings.deployment } } : {}),
    }));
  });
}

function timesAhead(sentence: Sentence): SpelledPromise[] {
  const contacts = new Set(nextContacts([sentence]).map(({ time }) => time.start));
  return clausesIn(sentence).flatMap((clause) =>
    clause.times
      .filter(({ kind, isPast }) => !isPast && (kind === 'exact' || kind === 'at once'))
      .map((time) => ({ ...stretchOf(clause, { ...time, ...withAssurance(clause, time) }), isDelivery: false }))
      .filter(({ start }) => !contacts.has(start)),
  );
}
