import { readHours } from '../../understanding/hours.ts';
import type { FollowUpRequest } from '../../understanding/read-follow-up.ts';
import { readTime } from '../../understanding/read-time.ts';
import { showTime } from '../../understanding/show-time.ts';
import { readZone, zoneLabel } from '../../understanding/zones.ts';
import { say, type Change, type MessageTurn, type Outcome, type Person, type Services } from '../feature.ts';
import { icmsAsOfficer, remindedOf } from '../incidents/officer.ts';
import { icmsOf } from '../tracking/icm-store.ts';
import { isSame } from '../tracking/permission.ts';
import { openFollowUps } from './follow-up-store.ts';
import { zoneFor } from './follow-up-steps.ts';
import { keepPreference, type Preference } from './preference-store.ts';
import { planAnew } from './promises.ts';

const event = (name: string, person: Person) => ({ event: name, subject: person.aadObjectId, details: {} });

/** "I'm in Bangalore, set my time zone". Promises that are open keep the instants that were promised. */
export function setZone(turn: MessageTurn, _services: Services): Outcome {
  const reading = readZone(turn.text);
  if (reading.kind === 'none')
    return say('Which time zone? Write for example “my time zone is Europe/Dublin”, or “I am in Bangalore”.');
  if (reading.kind === 'ask')
    return say(`${reading.question} ${reading.choices.map(({ label }) => label).join(', or ')}. Please write it out.`);
  const { zone } = reading;
  const clock = showTime(turn.now, zone, turn.now);
  return {
    reply: {
      kind: 'text',
      text: `I read your times in the zone ${zoneLabel(zone)} from now on. It is ${clock} there. Promises that are open stay at their moments.`,
    },
    changes: [keepPreference(turn.person, { zone, zoneIsSet: true })],
    audit: event('time zone set', turn.person),
  };
}

/** "don't ping me at night", "quiet hours 20:00-08:00", "I work 7-15 mon-thu". */
export async function setHours(turn: MessageTurn, services: Services): Promise<Outcome> {
  const reading = readHours(turn.text);
  if (reading.kind === 'refused') return say(reading.reason);
  if (reading.kind === 'none')
    return say(
      'When do you work? Write for example “I work 8:00 to 16:30 monday to friday”, or “quiet hours 20:00-08:00”.',
    );
  const usual = services.playbook.reminders.hours;
  // Quiet from 20:00 to 08:00 is work from 08:00 to 20:00.
  const hours =
    reading.kind === 'quiet'
      ? { from: reading.to, to: reading.from, days: usual.days }
      : { from: reading.from, to: reading.to, days: reading.days ?? usual.days };
  return {
    reply: {
      kind: 'text',
      text: `I count ${hours.from} to ${hours.to}, ${daysOf(hours.days)}, as your working time. Outside of it I remind you of nothing but a promise at its time. Sev A cases and outages are exempt.`,
    },
    changes: [keepPreference(turn.person, { hours }), ...(await allPlannedAnew(turn, services, hours))],
    audit: event('working hours set', turn.person),
  };
}

const dayNames = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'];
function daysOf(days: readonly number[]): string {
  return [...days]
    .sort((a, b) => a - b)
    .map((day) => dayNames[day - 1] ?? '')
    .join(', ');
}

/** "I'm on leave next week, hand my follow-ups to @Priya"; without anybody the leads are asked to take over. */
export async function setAway(turn: MessageTurn, request: FollowUpRequest, services: Services): Promise<Outcome> {
  const [mentioned] = turn.mentioned;
  if (!mentioned && request.people.length > 0)
    return say(
      'Please write the name as a real mention, so that I know who it is: in the channel, “I am away until friday, @Name stands in”.',
    );
  const { zone } = await zoneFor(turn, services);
  const reading = readTime(turn.text, { now: turn.now, zone });
  const until = reading.kind === 'time' ? reading.at : new Date(turn.now.getTime() + 30 * 86_400_000);
  const during = `until ${showTime(until, zone, turn.now)}, or until you write “I am back”`;
  let delegate: Person | undefined;
  if (mentioned) {
    try {
      delegate = await services.member(turn.place, turn.person.tenantId, mentioned.teamsId);
    } catch {
      return say('I could not look that person up just now, so nothing was changed. Please try again in a minute.');
    }
    if (!delegate) return say('I could not find that person in this team, so nothing was changed.');
    if (delegate.aadObjectId === turn.person.aadObjectId) return say('That is you. Please name somebody else.');
  }
  const text = delegate
    ? `Your reminders go to ${delegate.name} ${during}. ${delegate.name} can answer them.`
    : `You are away ${during}. Nobody stands in, so with each reminder a lead is asked to take over. To name somebody, write “I am away until friday, @Name stands in”.`;
  return {
    reply: { kind: 'text', text },
    changes: [keepPreference(turn.person, { awayUntil: until, delegate })],
    audit: {
      ...event('away', turn.person),
      details: { delegate: delegate?.aadObjectId ?? null, until: until.toISOString() },
    },
  };
}

export function setBack(turn: MessageTurn): Outcome {
  return {
    reply: { kind: 'text', text: 'Welcome back. Your reminders come to you again.' },
    changes: [keepPreference(turn.person, { awayUntil: undefined, delegate: undefined })],
    audit: event('back', turn.person),
  };
}

/** New working hours move the reminders of what is promised already. */
async function allPlannedAnew(
  turn: MessageTurn,
  services: Services,
  newHours: Preference['hours'],
): Promise<readonly Change[]> {
  const all = [
    ...(await icmsOf(services.records, turn.person, false)),
    ...(await icmsAsOfficer(services.records, turn.person)),
  ];
  // An engineer's hours do not move the reminders that a communications officer gets.
  const isReminded = await Promise.all(
    all.map(async (icm) => isSame(await remindedOf(services.records, icm), turn.person)),
  );
  const icms = all.filter((_icm, at) => isReminded[at]);
  const open = await openFollowUps(
    services.records,
    icms.map(({ id }) => id),
  );
  const planned = icms.flatMap((icm) => {
    const followUp = open.get(icm.id);
    return followUp ? [planAnew(followUp, icm, turn.now, services, { newHours })] : [];
  });
  return (await Promise.all(planned)).flatMap(({ changes }) => changes);
}
