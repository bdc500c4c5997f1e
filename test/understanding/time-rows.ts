/**
 * What engineers write and what they mean by it. Most rows were written before the reader was run on them; the later
 * ones hold what it got wrong when it was tried on other lines.
 *
 * `text => meaning`: a moment in UTC is read; `ask` is asked back, with the moment that must be among the choices
 * behind it; `refused` and `none` as they say. Rows of a block share the moment and the zone that they are said in.
 */
interface Block {
  readonly now: string;
  readonly zone: string;
  readonly rows: string;
}

const blocks: readonly Block[] = [
  {
    // Wednesday, 10:00
    now: '2026-11-18T10:00:00+01:00',
    zone: 'Europe/Berlin',
    rows: `
in 90 min => 2026-11-18T10:30Z
in 90min => 2026-11-18T10:30Z
in 1.5 hours => 2026-11-18T10:30Z
in 1,5 Stunden => 2026-11-18T10:30Z
in 1½ hours => 2026-11-18T10:30Z
30m => 2026-11-18T09:30Z
2h30 => 2026-11-18T11:30Z
2h 30m => 2026-11-18T11:30Z
1h15m => 2026-11-18T10:15Z
in 1:30 => 2026-11-18T10:30Z
in 1:30h => 2026-11-18T10:30Z
in an hour => 2026-11-18T10:00Z
in an hour and a half => 2026-11-18T10:30Z
in one and a half hours => 2026-11-18T10:30Z
half an hour => 2026-11-18T09:30Z
in half an hour pls => 2026-11-18T09:30Z
in a quarter of an hour => 2026-11-18T09:15Z
in twenty five minutes => 2026-11-18T09:25Z
in forty-five minutes => 2026-11-18T09:45Z
two hours from now => 2026-11-18T11:00Z
3 hours later => 2026-11-18T12:00Z
after 2 hours => 2026-11-18T11:00Z
within the hour => 2026-11-18T10:00Z
in the next 30 minutes => 2026-11-18T09:30Z
snooze for 20 min => 2026-11-18T09:20Z
+45 min => 2026-11-18T09:45Z
in 2 hours and 15 minutes => 2026-11-18T11:15Z
in 2 days => 2026-11-20T09:00Z
in 2 days at 15:00 => 2026-11-20T14:00Z
in a week => 2026-11-25T09:00Z
in 1 month => 2026-12-18T09:00Z
in 3 business days => 2026-11-23T09:00Z
in a fortnight => 2026-12-02T09:00Z
in 36 hours => 2026-11-19T21:00Z
1d4h => 2026-11-19T13:00Z
tomorrow 9am => 2026-11-19T08:00Z
tmrw 9am => 2026-11-19T08:00Z
tomorow at 9:30 => 2026-11-19T08:30Z
tomorrow at 9 => 2026-11-19T08:00Z
tomorrow 9 => 2026-11-19T08:00Z
tomorrow 15:00 => 2026-11-19T14:00Z
tomorrow at 3 => ask 2026-11-19T14:00Z
tomorrow morning => ask 2026-11-19T08:00Z
tmrw mornign => ask 2026-11-19T08:00Z
tomorrow morning at 10 => 2026-11-19T09:00Z
tomorrow afternoon => ask 2026-11-19T14:00Z
tomorrow => ask 2026-11-19T08:00Z
day after tomorrow 10:00 => 2026-11-20T09:00Z
today 17:00 => 2026-11-18T16:00Z
17:00 => 2026-11-18T16:00Z
17.00 Uhr => 2026-11-18T16:00Z
by 17.30 => 2026-11-18T16:30Z
by 5pm => 2026-11-18T16:00Z
by 5 p.m. => 2026-11-18T16:00Z
5:15 PM => 2026-11-18T16:15Z
at 1730 => 2026-11-18T16:30Z
before 4pm => 2026-11-18T15:00Z
@ 16:00 => 2026-11-18T15:00Z
at 5 => 2026-11-18T16:00Z
at 3 => 2026-11-18T14:00Z
at 11 => ask 2026-11-18T10:00Z
11:30 => 2026-11-18T10:30Z
13pm => 2026-11-18T12:00Z
noon => 2026-11-18T11:00Z
12 noon => 2026-11-18T11:00Z
at 12 => 2026-11-18T11:00Z
tomorrow noon => 2026-11-19T11:00Z
midnight => 2026-11-18T23:00Z
tomorrow midnight => ask 2026-11-19T23:00Z
24:00 => 2026-11-18T23:00Z
today 24:00 => 2026-11-18T23:00Z
2026-11-20 24:00 => 2026-11-20T23:00Z
quarter past 4 => 2026-11-18T15:15Z
half past 4 => 2026-11-18T15:30Z
half past four pm => 2026-11-18T15:30Z
quarter to 5 => 2026-11-18T15:45Z
ten to 5 => 2026-11-18T15:50Z
5 o'clock => 2026-11-18T16:00Z
tonight at 8 => 2026-11-18T19:00Z
8 tonight => 2026-11-18T19:00Z
tonight => ask 2026-11-18T19:00Z
at 8 in the evening => 2026-11-18T19:00Z
9 in the morning => 2026-11-19T08:00Z
EOD => ask 2026-11-18T16:00Z
by end of day => ask 2026-11-18T16:00Z
by COB friday => ask 2026-11-20T16:00Z
close of business => ask 2026-11-18T16:00Z
after lunch => ask 2026-11-18T12:00Z
this afternoon => ask 2026-11-18T14:00Z
this evening => ask 2026-11-18T19:00Z
later today => ask 2026-11-18T16:00Z
friday 17:00 => 2026-11-20T16:00Z
Fri 5pm => 2026-11-20T16:00Z
17:00 on Friday => 2026-11-20T16:00Z
monday 9:00 => 2026-11-23T08:00Z
monday at 14 => 2026-11-23T13:00Z
next monday 9am => 2026-11-23T08:00Z
next monday => ask 2026-11-23T08:00Z
next friday 10:00 => ask 2026-11-20T09:00Z
this friday 10:00 => 2026-11-20T09:00Z
wednesday 15:00 => ask 2026-11-18T14:00Z
wednesday 09:00 => 2026-11-25T08:00Z
next wednesday 15:00 => 2026-11-25T14:00Z
next business day 9:00 => 2026-11-19T08:00Z
nbd => ask 2026-11-19T08:00Z
next week => ask
2026-12-01 => ask 2026-12-01T08:00Z
2026-12-01 14:30 => 2026-12-01T13:30Z
2026-12-01T14:30 => 2026-12-01T13:30Z
2026-12-01T14:30:00 => 2026-12-01T13:30Z
2026-12-01T14:30Z => 2026-12-01T14:30Z
2026-12-01T14:30:00.000Z => 2026-12-01T14:30Z
2026-12-01T14:30+05:30 => 2026-12-01T09:00Z
2026-12-01T14:30-08:00 => 2026-12-01T22:30Z
2026-12-01 14:30 -0800 => 2026-12-01T22:30Z
20261201T1430Z => 2026-12-01T14:30Z
2026/12/01 14:30 => 2026-12-01T13:30Z
2026-W48-3 14:00 => 2026-11-25T13:00Z
2026-W48-3 => ask 2026-11-25T08:00Z
2026-W53-5 10:00 => 2027-01-01T09:00Z
2026-335 10:00 => 2026-12-01T09:00Z
1.12.2026 10:00 => 2026-12-01T09:00Z
01.12.26 10:00 => 2026-12-01T09:00Z
1/12/2026 10:00 => ask 2026-12-01T09:00Z
12/1/2026 10:00 => ask 2026-12-01T09:00Z
1/2/2027 10:00 => ask 2027-02-01T09:00Z
25/12/2026 10:00 => 2026-12-25T09:00Z
12/25/2026 10:00 => 2026-12-25T09:00Z
12/25/26 10:00 => 2026-12-25T09:00Z
on 25/12 at 10:00 => 2026-12-25T09:00Z
12/12 10:00 => 2026-12-12T09:00Z
dec 1 9am => 2026-12-01T08:00Z
1 December at 17:00 => 2026-12-01T16:00Z
December 1st, 2026 at 5pm => 2026-12-01T16:00Z
1st of dec 10am => 2026-12-01T09:00Z
jan 2 9am => 2027-01-02T08:00Z
Tue 24 Nov 10:00 => 2026-11-24T09:00Z
Monday 24 Nov 10:00 => ask 2026-11-24T09:00Z
the 25th at 10:00 => 2026-11-25T09:00Z
14:30 UTC => 2026-11-18T14:30Z
14:30 CET => 2026-11-18T13:30Z
14:30 GMT => 2026-11-18T14:30Z
2pm PST => 2026-11-18T22:00Z
9am PT => 2026-11-18T17:00Z
3pm ET => 2026-11-18T20:00Z
14:30 IST => ask 2026-11-19T09:00Z
20:00 JST => 2026-11-18T11:00Z
14:30Z => 2026-11-18T14:30Z
13:00 +05:30 => 2026-11-19T07:30Z
14:30 UTC+2 => 2026-11-18T12:30Z
tomorrow 10:00 GMT-3 => 2026-11-19T13:00Z
5pm Seattle time => 2026-11-19T01:00Z
17:00 in London => 2026-11-18T17:00Z
15:00 Europe/London => 2026-11-18T15:00Z
15:00 (Asia/Kolkata) => 2026-11-18T09:30Z
5pm their time => ask 2026-11-18T16:00Z
5pm my time => 2026-11-18T16:00Z
9am => 2026-11-19T08:00Z
at 09:30 => ask 2026-11-19T08:30Z
14:00-15:00 => ask 2026-11-18T13:00Z
between 2 and 3pm => ask 2026-11-18T13:00Z
5pm or 6pm => ask 2026-11-18T16:00Z
in 2-3 hours => ask 2026-11-18T11:00Z
in a few hours => ask 2026-11-18T12:00Z
in a couple of hours => ask 2026-11-18T11:00Z
in a few minutes => ask 2026-11-18T09:05Z
every 4 hours => ask 2026-11-18T13:00Z
hourly => ask 2026-11-18T10:00Z
every day at 9:00 => ask 2026-11-19T08:00Z
every monday 10:00 => ask 2026-11-23T09:00Z
30 min before 5pm => 2026-11-18T15:30Z
1 hour after noon => 2026-11-18T12:00Z
in 2 hours, at 12:00 => 2026-11-18T11:00Z
mañana a las 9:00 => 2026-11-19T08:00Z
mañana por la mañana => ask 2026-11-19T08:00Z
pasado mañana a las 15:00 => 2026-11-20T14:00Z
en 2 horas => 2026-11-18T11:00Z
dentro de 30 minutos => 2026-11-18T09:30Z
el viernes a las 17:00 => 2026-11-20T16:00Z
morgen um 9 Uhr => 2026-11-19T08:00Z
morgen früh um 8 => 2026-11-19T07:00Z
morgen 15:30 Uhr => 2026-11-19T14:30Z
übermorgen 10:00 => 2026-11-20T09:00Z
in einer halben Stunde => 2026-11-18T09:30Z
in zwei Stunden => 2026-11-18T11:00Z
heute um 17 Uhr => 2026-11-18T16:00Z
halb fünf => 2026-11-18T15:30Z
am Freitag um 14:00 => 2026-11-20T13:00Z
demain à 15h30 => 2026-11-19T14:30Z
dans 2 heures => 2026-11-18T11:00Z
aujourd'hui à 17h => 2026-11-18T16:00Z
à 5h => 2026-11-19T04:00Z
alle 4h => ask 2026-11-18T13:00Z
lundi 9h => 2026-11-23T08:00Z
amanhã às 10:00 => 2026-11-19T09:00Z
domani alle 10 => 2026-11-19T09:00Z
１４：３０ => 2026-11-18T13:30Z
٣:٣٠ pm => 2026-11-18T14:30Z
in ९० minutes => 2026-11-18T10:30Z
۱۴:۳۰ => 2026-11-18T13:30Z
FRIDAY 17:00!!! => 2026-11-20T16:00Z
at six thirty => 2026-11-18T17:30Z
by 6 30 pm => 2026-11-18T17:30Z
6:30p => 2026-11-18T17:30Z
5 minutes to 5pm => 2026-11-18T15:55Z
midnight tonight => 2026-11-18T23:00Z
in a day or two => ask 2026-11-19T09:00Z
18 nov 9:00 => refused
18 nov 11:00 => 2026-11-18T10:00Z
today 9:30 => ask 2026-11-18T20:30Z
in 5 min, no make it 10 min => ask 2026-11-18T09:10Z
tomorrow or friday 9am => ask 2026-11-20T08:00Z
move my 3pm follow-up to 5 => 2026-11-18T16:00Z
change the reminder to 17:00 => 2026-11-18T16:00Z
promised the customer an update in 4 hrs => 2026-11-18T13:00Z
tomorrow same time => 2026-11-19T09:00Z
end of week => ask 2026-11-20T16:00Z
remind me in 5 => ask 2026-11-18T09:05Z
remind me later => ask 2026-11-18T10:00Z
twice a day => ask 2026-11-19T09:00Z
in less than an hour => 2026-11-18T10:00Z
by 17:00 for the 2 open cases, sev 2 => 2026-11-18T16:00Z
remind me at 5pm, not in 2 customers' way => 2026-11-18T16:00Z
down for 3 hours, remind me in 30 min => 2026-11-18T09:30Z
outage since 8:00, ping me at 11:00 => 2026-11-18T10:00Z
sev 2 icm 512345678 2 customers affected, next update in 1h => 2026-11-18T10:00Z
job v1.2.3 lagging 20 min, update cx by 16:00 => 2026-11-18T15:00Z
`,
  },
  {
    now: '2026-11-18T10:00:00+01:00',
    zone: 'Europe/Berlin',
    rows: `
2026-02-30 10:00 => refused
2027-02-29 10:00 => refused
2026-13-45 10:00 => refused
30 February => refused
feb 30 at 10:00 => refused
31 November 9am => refused
31/11/2026 10:00 => refused
32.12.2026 => refused
25:00 => refused
24:30 => refused
at 25 => refused
12:60 => refused
14:75 pm => refused
0am => refused
yesterday => refused
yesterday 17:00 => refused
2 hours ago => refused
last friday => refused
last friday 10:00 => refused
last night => refused
last week => refused
this morning at 8 => refused
today 09:00 => refused
today at 8am => refused
2026-11-17 10:00 => refused
17.11.2026 10:00 => refused
vor 2 Stunden => refused
2020-01-01 => refused
in 91 days => refused
in 10 years => refused
2036-11-18 10:00 => refused
2027-02-17 10:00 => refused
18 November 275760 => refused
275760-09-13 10:00 => refused
+275760-09-13T00:00:00Z => refused
in 5 months => refused
in 100000 days => refused
in 10^9 min => refused
1000000000 minutes => refused
1e309 minutes => refused
1e309 => refused
NaN => refused
NaN minutes => refused
Infinity hours => refused
-5 => refused
in -5 minutes => refused
-1h => refused
0 => refused
0 min => refused
in 0 hours => refused
5h5 => refused
in 2h75 => refused
in 10 seconds => ask
now => ask
remind me now => ask
asap => ask
30 => ask
in 90 days => 2027-02-16T09:00Z
in 1 minute => 2026-11-18T09:01Z
512345678 => none
icm 512345678 => none
ICM#512345678 => none
SR 2107150050002345 => none
2107150050002345 => none
sev 2 => none
sev2 icm => none
P1 => none
2 customers => none
2 customers affected in west us 2 => none
version 1.2.3 => none
v2.1 => none
asa 1.0.4 => none
10.0.0.1 => none
50% of the jobs => none
24/7 support => none
24x7 => none
3/4 of the jobs => none
the job has been down for 3 hours => none
5 min tumbling window => none
error 1045 on 3 jobs => none
6 SUs => none
https://portal.azure.com/2026-12-01/14:30 => none
mail bob@10.contoso.com => none
hello => none
should I open an icm? => none
case sev A, east us 2 => none
call me maybe => none
I may march on => none
who is on call => none
who is the incident commander right now => none
cancel the reminder for 4321 => none
PG downgraded my ICM from 2 to 3 => none
200 streaming units for black friday => none
can you get it => none
`,
  },
  {
    // Friday, 10:00
    now: '2026-11-20T10:00:00+05:30',
    zone: 'Asia/Kolkata',
    rows: `
friday => ask 2026-11-20T11:30Z
friday 17:00 => ask 2026-11-20T11:30Z
this friday 17:00 => 2026-11-20T11:30Z
next friday 17:00 => 2026-11-27T11:30Z
friday 9:00 => 2026-11-27T03:30Z
next business day 9am => 2026-11-23T03:30Z
monday => ask 2026-11-23T03:30Z
14:30 IST => 2026-11-20T09:00Z
9am PST => 2026-11-20T17:00Z
tomorrow 9am PST => ask 2026-11-21T17:00Z
3 CST => none
3pm CST => ask 2026-11-20T21:00Z
2pm Redmond time => 2026-11-20T22:00Z
6 pm => 2026-11-20T12:30Z
18:00 hrs => 2026-11-20T12:30Z
1800 hrs => 2026-11-20T12:30Z
in 2 hrs => 2026-11-20T06:30Z
`,
  },
  {
    // A summer evening on the west coast
    now: '2026-07-15T20:30:00-07:00',
    zone: 'America/Los_Angeles',
    rows: `
9am => 2026-07-16T16:00Z
tonight at 11 => 2026-07-16T06:00Z
at 11pm => 2026-07-16T06:00Z
at 9 => ask 2026-07-16T04:00Z
tonight at 12 => 2026-07-16T07:00Z
5pm PST => 2026-07-17T00:00Z
5pm EST => ask 2026-07-16T21:00Z
5pm PDT => 2026-07-17T00:00Z
5pm PT => 2026-07-17T00:00Z
14:30 CET => ask 2026-07-16T12:30Z
14:30 CEST => 2026-07-16T12:30Z
8pm => ask 2026-07-17T03:00Z
tomorrow 12am => 2026-07-16T07:00Z
7/20 9am => 2026-07-20T16:00Z
8/9 9am => ask 2026-08-09T16:00Z
tomorrow 9:00 UTC => ask 2026-07-16T09:00Z
`,
  },
  {
    now: '2026-12-30T15:00:00-05:00',
    zone: 'America/New_York',
    rows: `
jan 2 9am => 2027-01-02T14:00Z
2 jan 9:00 => 2027-01-02T14:00Z
1/2 9am => ask 2027-01-02T14:00Z
jan 1 at noon => 2027-01-01T17:00Z
tomorrow 17:00 => 2026-12-31T22:00Z
friday 9am => 2027-01-01T14:00Z
dec 29 9am => refused
feb 29 9am => refused
9am CST => 2026-12-31T15:00Z
`,
  },
];

export interface TimeRow {
  readonly text: string;
  readonly now: Date;
  readonly zone: string;
  /** "time", "ask", "refused" or "none". */
  readonly kind: string;
  /** The moment that is read, or that is among the choices. */
  readonly at?: Date;
}

export const timeRows: readonly TimeRow[] = blocks.flatMap(({ now, zone, rows }) =>
  rows
    .trim()
    .split('\n')
    .map((row) => {
      const [text = '', meaning = ''] = row.split(' => ');
      const [first = '', second] = meaning.split(' ');
      const isMoment = first.startsWith('20');
      const at = isMoment ? first : second;
      const kind = isMoment ? 'time' : first;
      return { text, now: new Date(now), zone, kind, ...(at === undefined ? {} : { at: new Date(at) }) };
    }),
);
