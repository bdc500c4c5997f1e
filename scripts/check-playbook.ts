import { features } from '../src/features/index.ts';
import { checkAnswers } from '../src/features/answers/check-answers.ts';
import { loadPlaybook, missingPeople, PlaybookError } from '../src/playbook/load.ts';

/**
 * `npm run playbook:check -- my-playbook.yaml`: what is wrong with a playbook before it goes live, with file, line and
 * what was expected; without a file, the one that comes with the bot. Ends with 1 when the bot would refuse it.
 */
const [file] = process.argv.slice(2);
const print = (text: string): void => void process.stdout.write(`${text}\n`);
try {
  const playbook = loadPlaybook(file);
  const remarks = [...checkAnswers(playbook, features), ...missingPeople(playbook)];
  print(`${file ?? 'The playbook of the bot'} can be used: ${Object.keys(playbook.topics).length} topics.`);
  for (const remark of remarks) print(`- ${remark}`);
} catch (error) {
  if (!(error instanceof PlaybookError)) throw error;
  print(`${file ?? 'The playbook of the bot'} cannot be used:`);
  print(error.message);
  process.exitCode = 1;
}
