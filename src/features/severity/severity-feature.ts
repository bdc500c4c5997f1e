import { z } from 'zod';
import { readSeverityQuestion } from '../../understanding/read-severity.ts';
import { cardReply, defineCard, plain, text } from '../card.ts';
import { action, asNewMessage, type Feature, type Outcome, type Reply, type Services } from '../feature.ts';
import { answerSeverity } from './severity.ts';

const lines = (max: number) => z.array(z.strictObject({ text: text(max) }));

/** A short answer about severity with its rules. */
export const severityCard = defineCard({
  name: 'severity',
  view: z.strictObject({
    headline: text(200),
    lines: lines(400),
    disagreements: z.array(z.strictObject({ question: text(150), sides: lines(400), decides: text(200) })),
    sources: lines(300),
    suggestions: z.array(z.strictObject({ label: plain(40), text: plain(120) })),
  }),
  samples: [
    {
      headline: 'Sev A case: ICM Sev 2.',
      lines: [],
      disagreements: [],
      sources: [{ text: '“Sev A case: ICM Sev 2” Severity and tracking, Severity Best Practices (F2)' }],
      suggestions: [{ label: 'Should I open an ICM?', text: 'should I open an ICM for a sev A case?' }],
    },
    {
      headline: 'The documents do not cover a case that goes down.',
      lines: [{ text: 'For a new ICM the table would give Sev 3 to a Sev B case.' }],
      disagreements: [
        {
          question: 'Only the way up is written down',
          sides: [{ text: 'Up is written.' }, { text: 'Down is not.' }],
          decides: 'An SME decides.',
        },
      ],
      sources: [],
      suggestions: [],
    },
  ],
});

function reply(question: string, services: Services): Reply {
  const reading = services.understanding.understand(question);
  const changed = reading.kind === 'clear' && reading.intent === 'severity_changed';
  const answer = answerSeverity(
    { ...readSeverityQuestion(question), ...(changed ? { changed } : {}) },
    services.playbook,
  );
  return cardReply(severityCard, {
    headline: answer.headline,
    lines: answer.lines.map((line) => ({ text: line })),
    disagreements: answer.disagreement
      ? [
          {
            question: answer.disagreement.title,
            sides: answer.disagreement.sides.map((side) => ({ text: side })),
            decides: answer.disagreement.whoDecides,
          },
        ]
      : [],
    sources: answer.citations.slice(0, 4).map((rule) => ({ text: `“${rule.text}” ${rule.source} (${rule.id})` })),
    suggestions: answer.suggestions.map(({ label, text: words }) => ({ label, text: words })),
  });
}

export const severityFeature: Feature = {
  name: 'severity',
  commands: [
    {
      name: 'severity',
      title: 'Which ICM severity?',
      summary: 'The ICM severity for a case or an outage, and what to do when one of them changes.',
      examples: ['which ICM severity for a sev B case?', 'sev a?', 'severity table', 'case went from B to A'],
      intents: ['severity_mapping', 'severity_changed'],
      listed: 'severity table',
      run: (turn, services): Outcome => ({ reply: reply(turn.text, services) }),
    },
  ],
  actions: [
    action({
      verb: 'severity/ask',
      data: z.object({ text: z.string().max(200) }),
      async run(turn, services): Promise<Outcome> {
        return asNewMessage(await services.answer({ ...turn, text: turn.data.text, dialog: undefined }));
      },
    }),
  ],
};
