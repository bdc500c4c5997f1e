import type { DrillScenario, Playbook } from '../../playbook/schema.ts';
import { showSpan } from '../../understanding/show-time.ts';
import { cardReply } from '../card.ts';
import type { Services } from '../feature.ts';
import { chooseCard, injectCard, runCard } from './drill-cards.ts';
import type { DrillRun, Player } from './drill-store.ts';

const minute = 60_000;

/** Document, section and number of a rule; a team's own file may do without the documents. */
export function sourceOf(rule: string, playbook: Playbook): string {
  const known = playbook.rules[rule];
  return known ? `${known.source} (${rule})` : playbook.name;
}

const severityOf = ({ icm }: DrillScenario): string =>
  [
    `support request Sev ${icm.caseSeverity}`,
    ...(icm.icmSeverity === undefined ? [] : [`ICM Sev ${icm.icmSeverity}`]),
    ...(icm.outage ? ['outage'] : []),
  ].join(', ');

const lengthOf = ({ injects }: DrillScenario): string => {
  const last = injects.at(-1)?.after ?? 0;
  return `${injects.length} ${injects.length === 1 ? 'inject' : 'injects'} in ${last === 0 ? 'the first minute' : showSpan(last * minute)}`;
};

/** The scenarios of the playbook to choose from. */
export function chooseReply({ playbook }: Services, notice?: string) {
  return cardReply(chooseCard, {
    ...(notice === undefined ? {} : { notice }),
    lines: [
      {
        text: 'Choose what to practise. This thread then belongs to the practice run for ever: what is written here is kept apart from what is real, and I post nothing anywhere else.',
      },
      {
        text: 'Nobody is mentioned who has not written or pressed something here. Ask those who shall take part to answer in this thread.',
      },
    ],
    scenarios: Object.entries(playbook.drills.scenarios).map(([name, scenario]) => ({
      scenario: name,
      title: scenario.title,
      story: scenario.story,
      facts: `${lengthOf(scenario)} · ${severityOf(scenario)}`,
      button: `Practise “${scenario.title}”`,
    })),
  });
}

/** When the next inject comes, as a sentence. */
export function nextLine(run: DrillRun, now: Date): string {
  const { injects } = run.scenario;
  const next = injects[run.nextInject];
  if (run.state === 'ended' || run.state === 'shared') return 'It is over.';
  if (!next) return 'All injects are out. When you have played it to its end, write “end the drill”.';
  const which = `Inject ${run.nextInject + 1} of ${injects.length}`;
  if (run.state === 'paused') return `${which} waits until you continue.`;
  const ms = run.countsFrom.getTime() + next.after * minute - now.getTime();
  return ms < minute ? `${which} comes now.` : `${which} comes in ${showSpan(ms)}.`;
}

/** Where the run stands, with its buttons. */
export function runReply(
  run: DrillRun,
  players: readonly Player[],
  now: Date,
  { playbook }: Services,
  more: { readonly notice?: string; readonly isEnding?: boolean } = {},
) {
  const { scenario } = run;
  const isOver = run.state === 'ended' || run.state === 'shared';
  const source = sourceOf('F87', playbook);
  if (more.isEnding && !isOver)
    return cardReply(runCard, {
      revision: String(run.revision),
      title: `Practice run: ${run.scenario.title}. End it for everybody?`,
      lines: [
        {
          text: 'Its reminders and injects stop, the invented ICM is resolved, and I post the five questions. It cannot be continued then.',
        },
      ],
      topics: [],
      roles: [],
      parts: [],
      source,
      state: 'ending',
      hasNext: false,
    });
  return cardReply(runCard, {
    revision: String(run.revision),
    title: `Practice run: ${scenario.title}`,
    ...(more.notice === undefined ? {} : { notice: more.notice }),
    lines: [
      { text: scenario.story },
      {
        text: `The ICM is ${scenario.icm.number} (${severityOf(scenario)}). It is invented. I have tracked it here, so everything that I can do with an ICM works in this thread.`,
      },
      {
        text: 'Behave as if it were real. Test your alerting and on-call notifications as well; I cannot do that for you.',
      },
      { text: nextLine(run, now) },
    ],
    topics: playbook.drills.process.flatMap((topic) => {
      const known = playbook.topics[topic];
      return known ? [{ topic, label: known.title }] : [];
    }),
    roles: scenario.roles.map((text) => ({ text: `• ${text}` })),
    parts: Object.entries(scenario.parts).map(([part, { label, hint }]) => {
      const player = players.find((one) => one.part === part);
      return {
        part,
        label,
        who: player?.name ?? 'nobody yet',
        hint,
        canPlay: !isOver,
        button: player ? `${player.name}: give “${label}” back` : `I play “${label}”`,
      };
    }),
    source,
    state: isOver ? 'over' : run.state === 'paused' ? 'paused' : 'running',
    hasNext: run.nextInject < scenario.injects.length,
  });
}

/** What one of the stakeholders says now. */
export function injectReply(run: DrillRun, inject: number, players: readonly Player[], isRepeat: boolean) {
  const { injects, parts } = run.scenario;
  const said = injects[inject];
  if (!said) return undefined;
  const after = injects[inject + 1];
  const player = players.find(({ part }) => part === said.who);
  const label = parts[said.who]?.label ?? 'Somebody';
  return cardReply(injectCard, {
    revision: String(run.revision),
    inject: String(inject),
    heading: `Inject ${inject + 1} of ${injects.length} · ${label}${player ? ` (${player.name})` : ''}`,
    isPlayed: player !== undefined,
    name: player?.name ?? '',
    teamsId: player?.teamsId ?? '',
    repeat: isRepeat,
    text: said.text,
    lines: [
      {
        text: after
          ? `The next inject comes ${after.after === said.after ? 'now' : `${showSpan((after.after - said.after) * minute)} after this one`}.`
          : 'That was the last inject. Play it to its end, then end the practice run.',
      },
    ],
    canNext: after !== undefined,
  });
}
