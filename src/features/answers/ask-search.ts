import type { Search, SearchResult, Services } from '../feature.ts';
import { sharedAnswer } from './answer-views.ts';
import { searchTopics } from './find-answer.ts';
import { topicsOf } from './topics.ts';

/** Results for a typed text; who types on narrows them down, so nobody reads more. */
const MOST = 25;
const LINE = 120;

/** One line of what the answer says, for the list. */
function lineOf(text: string): string {
  const line = text.split('\n', 1)[0]?.trim() ?? '';
  return line.length <= LINE ? line : `${line.slice(0, LINE - 1).replace(/\s\S*$/, '')}…`;
}

/** Before anything is typed: what is asked most, then everything else in the order of the file. */
const allOf = ({ playbook }: Services): readonly string[] => [
  ...new Set([...playbook.mostAsked, ...topicsOf(playbook).all.keys()]),
];

/** *Ask the playbook*: finds answers as one types, and puts the one that is picked into the message. */
export const askSearch: Search = {
  id: 'askPlaybook',
  title: 'Ask the playbook',
  description: 'Finds what the playbook says, with its source, and puts the answer into your message.',
  contexts: ['compose', 'commandBox'],
  parameter: {
    name: 'question',
    title: 'Your question',
    description: 'A word or two, or a whole question: quota, PG in emails, who is the scribe',
  },
  find({ text }, services): SearchResult[] {
    const { playbook } = services;
    const ids = text === '' ? allOf(services) : searchTopics(text, playbook, MOST);
    return ids.flatMap((id) => {
      const topic = topicsOf(playbook).all.get(id);
      const reply = sharedAnswer(id, services);
      return topic && reply ? [{ title: topic.title, line: lineOf(topic.text), reply }] : [];
    });
  },
};
