import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { z } from 'zod';
import { INTENTS, type Phrases } from './intents.ts';

const SHIPPED = new URL('../playbook/phrases.yaml', import.meta.url);
const phrasesSchema = z.strictObject(
  Object.fromEntries(INTENTS.map((intent) => [intent, z.array(z.string().trim().min(1).max(500)).min(5)])),
);

/** Reads the example phrases; throws with the path and what was expected when the file is not as it should be. */
export function loadPhrases(file: URL | string = SHIPPED): Phrases {
  const parsed = phrasesSchema.safeParse(readYaml(file));
  if (!parsed.success) throw new Error(`${String(file)}: ${z.prettifyError(parsed.error)}`);
  return new Map(INTENTS.map((intent) => [intent, parsed.data[intent] ?? []]));
}

function readYaml(file: URL | string): unknown {
  const text = readFileSync(file, 'utf8');
  try {
    return parse(text);
  } catch (cause) {
    throw new Error(`${String(file)}: expected YAML: ${cause instanceof Error ? cause.message : String(cause)}`, {
      cause,
    });
  }
}
