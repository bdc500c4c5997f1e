import { readTime } from '../../understanding/read-time.ts';
import { showTime } from '../../understanding/show-time.ts';
import { cardReply } from '../card.ts';
import { csatTextCard } from '../csat-package/package-cards.ts';
import { say, type MessageTurn, type Outcome, type Services } from '../feature.ts';
import { zoneFor } from '../follow-ups/follow-up-steps.ts';
import { icsOf } from './invite.ts';

/** A calendar invite for a practice run, as text (F87). It is sent to nobody. */
export async function makeInvite(turn: MessageTurn, services: Services): Promise<Outcome> {
  const { zone, isGuess } = await zoneFor(turn, services);
  const reading = readTime(turn.text, { now: turn.now, zone });
  const example = 'For example: “drill invite for tomorrow 14:00”.';
  if (reading.kind === 'refused') return say(`${reading.reason} ${example}`);
  if (reading.kind === 'ask') return say(`${reading.question} Please write it out. ${example}`);
  if (reading.kind === 'none') return say(`For when? I need a day and a time. ${example}`);
  const { title, minutes, lines } = services.playbook.drills.invite;
  const ics = icsOf({
    uid: `${services.newId()}@practice-run`,
    madeAt: turn.now,
    from: reading.at,
    minutes,
    title,
    lines,
  });
  return {
    reply: cardReply(csatTextCard, {
      title: 'Calendar invite for a practice run',
      lines: [
        { text: `It is for ${showTime(reading.at, reading.zone, turn.now)}, ${minutes} min.` },
        ...[...reading.notes, ...(isGuess ? [`I do not know your time zone, so I took ${zone}.`] : [])].map((text) => ({
          text,
        })),
        {
          text: 'Copy the text into a file named practice-run.ics, open it, add the people who shall come, and send it. I send it to nobody.',
        },
        { text: 'People from outside the team who play the stakeholders are invited as well (F87).' },
      ],
      label: 'Text of the file',
      copy: ics.replaceAll('\r\n', '\n'),
    }),
  };
}
