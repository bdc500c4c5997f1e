import { readFileSync, writeFileSync } from 'node:fs';
import { prepareDraft } from '../src/features/message-check/prepare-draft.ts';
import { featuresIn, sentenceWeights } from '../src/features/message-check/learned/read-sentences.ts';
import { encode as encodeSentences, type Meaning } from '../src/features/message-check/learned/sentence-model.ts';
import { trainSentences, type Example } from '../src/features/message-check/learned/train-sentences.ts';
import { loadPhrases } from '../src/understanding/load-phrases.ts';
import { weightsFile } from '../src/understanding/load.ts';
import { train } from '../src/understanding/train.ts';
import { encode } from '../src/understanding/weights-format.ts';

/**
 * `npm run train`: learns what typed lines are about from `src/playbook/phrases.yaml`, and what sentences of a message
 * mean from `learned/sentences.jsonl`, and writes both down. To be run after every change of those, of the vocabulary, of
 * the rules of messages or of the features; a test fails until it is.
 */
export function trainedPhrases(): string {
  return `${JSON.stringify(encode(train(loadPhrases())), null, 2)}\n`;
}

export function trainedSentences(): string {
  const lines = readFileSync(new URL('./sentences.jsonl', sentenceWeights), 'utf8').trim().split('\n');
  const examples = lines.flatMap((line): Example[] => {
    const { s, m } = JSON.parse(line) as { readonly s: string; readonly m: readonly Meaning[] };
    const { sentences } = prepareDraft(s);
    const features = featuresIn(sentences).filter((_, index) => !sentences[index]?.isGreeting);
    // Of two sentences nobody can say which one means it.
    return features.length === 1 && features[0] ? [{ features: features[0], meanings: new Set(m) }] : [];
  });
  return `${JSON.stringify(encodeSentences(trainSentences(examples)), null, 2)}\n`;
}

if (process.argv[1] === import.meta.filename) {
  for (const [file, text] of [
    [weightsFile, trainedPhrases()],
    [sentenceWeights, trainedSentences()],
  ] as const) {
    writeFileSync(file, text);
    process.stdout.write(`${file.pathname.split('/').pop()}: ${Math.round(text.length / 1000)} kB\n`);
  }
}
