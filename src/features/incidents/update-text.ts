import type { Playbook } from '../../playbook/schema.ts';
import { noFields, writeMessage } from '../message-drafts/write-message.ts';
import { showPromise } from '../message-drafts/show-promise.ts';
import { neededParts, wordsOf, type StatusUpdate } from './status-update.ts';

type Written = Pick<StatusUpdate, 'audience' | 'stage' | 'parts' | 'next'>;

/** An update for the customer as a message to them, in the words of the drafts, signed by `engineer`. */
export function customerMessage(update: Written, engineer: string, playbook: Playbook): string {
  const { steps: _steps, ...parts } = update.parts;
  return writeMessage(
    {
      ...noFields,
      ...parts,
      next: update.next ? showPromise(update.next.at, update.next.zone) : '',
      isLast: update.next === undefined,
    },
    update.stage === 'resolved' ? 'resolution' : 'progress',
    engineer,
    playbook.messageDrafts,
  );
}

/** An update as one text, as the check of messages reads it. */
export function textToCheck(update: Written, engineer: string, playbook: Playbook): string {
  if (update.audience === 'external') return customerMessage(update, engineer, playbook);
  const { parts, texts } = playbook.statusUpdates;
  // Without its name, so that the check sees whether the words themselves tell how it was verified (F83).
  const lines = neededParts('internal', update.stage).map((part) =>
    part === 'verified'
      ? ended(update.parts[part])
      : `${wordsOf(part, update.stage, parts).name}: ${ended(update.parts[part])}`,
  );
  return [
    ...(update.stage === 'resolved' ? [texts.resolved] : []),
    ...lines,
    update.next ? texts.next.replaceAll('{next}', () => showPromise(update.next!.at, update.next!.zone)) : texts.last,
  ].join('\n');
}

/** Typed words as a sentence that ends. */
export const ended = (text: string): string => (/[.!?…)\]]$/.test(text) ? text : `${text}.`);
