import { writeFileSync } from 'node:fs';
import { loadPhrases } from '../src/understanding/load-phrases.ts';
import { weightsFile } from '../src/understanding/load.ts';
import { train } from '../src/understanding/train.ts';
import { encode } from '../src/understanding/weights-format.ts';

/**
 * `npm run train`: learns from `src/playbook/phrases.yaml` and writes what was learned to `weights.json`. To be run
 * after every change of the phrases, of the vocabulary or of the features; a test fails until it is.
 */
const text = `${JSON.stringify(encode(train(loadPhrases())), null, 2)}\n`;
writeFileSync(weightsFile, text);
process.stdout.write(`weights.json: ${Math.round(text.length / 1000)} kB\n`);
