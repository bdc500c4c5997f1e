import { oneLine } from '../csat-package/typed-text.ts';
import { showDate } from '../../understanding/show-time.ts';
import { Temporal } from 'temporal-polyfill';
import type { DrillRun } from './drill-store.ts';
import type { Score } from './score-store.ts';

/** What was said to one of the five questions. */
export interface Result {
  readonly question: string;
  /** How many answered it. */
  readonly answers: number;
  /** 1 to 5; nothing where nobody answered. */
  readonly average: number | undefined;
  readonly lowest: number;
  readonly highest: number;
  readonly comments: readonly string[];
}

/** The answers of all to each question; comments in an order that tells nothing of who wrote them. */
export function resultsOf(questions: readonly string[], scores: readonly Score[]): readonly Result[] {
  return questions.map((question, at) => {
    const of = scores.filter((one) => one.question === at + 1);
    const given = of.map(({ score }) => score);
    return {
      question,
      answers: of.length,
      average: of.length === 0 ? undefined : given.reduce((sum, one) => sum + one, 0) / of.length,
      lowest: Math.min(...given),
      highest: Math.max(...given),
      comments: of.flatMap(({ comment }) => (comment === '' ? [] : [comment])).sort(),
    };
  });
}

/** "4.5 of 5 on average, from 4 to 5 (2 answers)" */
export function resultLine({ answers, average, lowest, highest }: Result): string {
  if (average === undefined) return 'Nobody answered.';
  const many = `${answers} ${answers === 1 ? 'answer' : 'answers'}`;
  const spread = lowest === highest ? `all ${lowest}` : `from ${lowest} to ${highest}`;
  return `${average.toFixed(1)} of 5 on average, ${answers === 1 ? '' : `${spread} `}(${many})`.replace(', (', ' (');
}

/** "Fri 27 Nov 2026" in the zone. */
export const dayOf = (at: Date, zone: string): string =>
  showDate(Temporal.Instant.fromEpochMilliseconds(at.getTime()).toZonedDateTimeISO(zone));

/** The best and the weakest of the questions, by their averages; nothing where all are alike. */
export function extremes(results: readonly Result[]): { readonly best: string; readonly weakest: string } | undefined {
  const rated = results.filter((one): one is Result & { average: number } => one.average !== undefined);
  const averages = rated.map(({ average }) => average);
  const [most, least] = [Math.max(...averages), Math.min(...averages)];
  if (rated.length < 2 || most === least) return undefined;
  const named = (value: number) =>
    rated
      .filter(({ average }) => average === value)
      .map(({ question }) => question)
      .join(' ');
  return { best: named(most), weakest: named(least) };
}

export interface Findings {
  readonly run: DrillRun;
  readonly results: readonly Result[];
  readonly participants: number;
  readonly day: string;
}

/** How many took part and answered, as a sentence. */
export function countLine({ results, participants }: Pick<Findings, 'results' | 'participants'>): string {
  const answers = Math.max(0, ...results.map((one) => one.answers));
  return `${participants} ${participants === 1 ? 'person' : 'people'} took part, ${answers} answered the five questions.`;
}

/** The findings as Markdown to copy, for leadership (F89): no names. */
export function findingsText(findings: Findings): string {
  const { run, results, day } = findings;
  const ends = extremes(results);
  const quoted = (text: string) => `> ${oneLine(text)}`;
  return [
    `# Findings of a practice run: ${run.scenario.title}`,
    '',
    `Practised on ${day}. The incident was invented; nothing in it was real.`,
    countLine(findings),
    '',
    '## The five questions (1: not at all, 5: completely)',
    '',
    ...results.flatMap((result) => [
      `- **${result.question}** ${resultLine(result)}`,
      ...result.comments.map((comment) => `  ${quoted(comment)}`),
    ]),
    ...(ends ? ['', `Best: ${ends.best}`, `Weakest: ${ends.weakest}`] : []),
    ...(run.wentWell === '' ? [] : ['', '## What went well', '', run.wentWell]),
    ...(run.toImprove === '' ? [] : ['', '## What to improve', '', run.toImprove]),
  ].join('\n');
}
