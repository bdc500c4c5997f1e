/** What stands in a calendar invite. */
export interface Invite {
  readonly uid: string;
  readonly madeAt: Date;
  readonly from: Date;
  readonly minutes: number;
  readonly title: string;
  readonly lines: readonly string[];
}

/**
 * A calendar invite as text (RFC 5545): nobody is invited by it, whoever saves it as a file sends it (METHOD:PUBLISH).
 * Times are UTC, lines end in CR LF and are folded at 75 bytes.
 */
export function icsOf(invite: Invite): string {
  const until = new Date(invite.from.getTime() + invite.minutes * 60_000);
  return [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'PRODID:-//asa-icm-bot//practice run//EN',
    'CALSCALE:GREGORIAN',
    'METHOD:PUBLISH',
    'BEGIN:VEVENT',
    `UID:${invite.uid}`,
    `DTSTAMP:${utc(invite.madeAt)}`,
    `DTSTART:${utc(invite.from)}`,
    `DTEND:${utc(until)}`,
    `SUMMARY:${escaped(invite.title)}`,
    `DESCRIPTION:${escaped(invite.lines.join('\n'))}`,
    'STATUS:CONFIRMED',
    'TRANSP:OPAQUE',
    'END:VEVENT',
    'END:VCALENDAR',
  ]
    .map((line) => `${folded(line)}\r\n`)
    .join('');
}

/** 20261121T140000Z */
const utc = (at: Date): string => at.toISOString().replace(/[-:]|\.\d{3}/g, '');

const escaped = (value: string): string =>
  value
    .replace(/[\\;,]/g, (sign) => `\\${sign}`)
    .replace(/\r\n|\r|\n/g, '\\n')
    .replace(/\p{Cc}/gu, ' ');

/** At most 75 bytes a line, the space of a continuation included; no character is cut. */
function folded(line: string): string {
  const lines: string[] = [];
  let current = '';
  let bytes = 0;
  for (const character of line) {
    const size = Buffer.byteLength(character);
    if (bytes + size > 75) {
      lines.push(current);
      current = ' ';
      bytes = 1;
    }
    current += character;
    bytes += size;
  }
  return [...lines, current].join('\r\n');
}
