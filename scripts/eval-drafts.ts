import { existsSync, readFileSync } from 'node:fs';
import { checkMessage } from '../src/features/message-check/check-message.ts';
import { loadPlaybook } from '../src/playbook/load.ts';
import { MESSAGE_RULES, type MessageRuleId } from '../src/playbook/schema.ts';

/** A draft and the rules that it breaks. */
export interface LabelledDraft {
  readonly id: string;
  readonly text: string;
  readonly violations: readonly string[];
}

export interface Score {
  readonly rule: MessageRuleId;
  readonly hits: number;
  readonly missed: readonly string[];
  readonly wrong: readonly string[];
}

export function readDrafts(file: URL): LabelledDraft[] {
  if (!existsSync(file)) return [];
  const lines = readFileSync(file, 'utf8').split('\n');
  return lines.filter((line) => line.trim() !== '').map((line) => JSON.parse(line) as LabelledDraft);
}

const playbook = loadPlaybook();

/** For each rule the drafts that it was found in, missed in, and wrongly found in. */
export function scoreDrafts(drafts: readonly LabelledDraft[]): Score[] {
  const found = drafts.map(
    ({ text }) => new Set(checkMessage(text, { audience: 'customer', playbook }).findings.map(({ rule }) => rule)),
  );
  return MESSAGE_RULES.map((rule) => {
    const of = (isLabelled: boolean, isFound: boolean): string[] =>
      drafts
        .filter((draft, index) => draft.violations.includes(rule) === isLabelled && found[index]?.has(rule) === isFound)
        .map(({ id }) => id);
    return { rule, hits: of(true, true).length, missed: of(true, false), wrong: of(false, true) };
  });
}

const share = (part: number, whole: number): string =>
  whole === 0 ? '      -' : `${((100 * part) / whole).toFixed(1).padStart(5)} %`;

export function scoreTable(scores: readonly Score[], withIds: boolean): string {
  return scores
    .map(({ rule, hits, missed, wrong }) => {
      const ids =
        withIds && missed.length + wrong.length > 0 ? `  missed: ${missed.join(' ')}; wrong: ${wrong.join(' ')}` : '';
      return `  ${rule.padEnd(19)} positives ${String(hits + missed.length).padStart(4)}   recall ${share(hits, hits + missed.length)}   precision ${share(hits, hits + wrong.length)}${ids}`;
    })
    .join('\n');
}
