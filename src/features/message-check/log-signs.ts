import { wordSet } from '../../understanding/token-pattern.ts';

/** Longer lines are read to here. */
const MOST = 1_000;

const SIGNS: readonly (readonly [RegExp, number])[] = [
  // Frames of a stack.
  [/(?:^|\s)at [\w.<>`$[\]+]{3,200}\(/, 2],
  [/^\s*(?:at |file ")\S[^\n]{3,200}\bline \d/i, 3],
  [/\(\w{1,60}\.(?:java|cs|py|js|ts|go|cpp|scala):\d{1,5}\)/, 2],
  [/--- end of /i, 2],
  [/^traceback \(/i, 3],
  [/^\s*caused by:/i, 2],
  [/^#\d{1,3}\s+0x[0-9a-f]{4,16}/i, 3],
  // Names of a program's parts.
  [/\.[A-Z]\w{0,60}\.[A-Z]/, 1],
  [/\w(?:Exception|Error)\b/, 1],
  [/>d__\d|>b__\d|\.MoveNext\(\)/, 3],
  [/\.[A-Z]\w{2,60}\(/, 1.5],
  [
    /(?:Operator|Pump|Manager|Writer|Reader|Sink|Adapter|Host|Executor|Coordinator|Scheduler|Provider|Dispatcher|Aggregator|Store|Node|Engine|Worker)[.\]:(-]/,
    0.5,
  ],
  [/_asanode|\bnode[-_]\d/i, 1],
  // Levels and times of a log.
  [
    /(?:^|[\s[(|,;"=<])(?:ERR|ERROR|WARN|WARNING|WRN|INFO|FATAL|DEBUG|DBG|TRACE|VERBOSE|CRIT|CRITICAL)(?=[\s\]):|,;"/]|$)/,
    1,
  ],
  [/\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d/, 1],
  [/\d\d:\d\d:\d\d[.,]\d/, 1.5],
  [/\d\d:\d\d:\d\d(?:[.,]\d{1,7})?[Z\]]/, 0.5],
  [/^\s*\[?\d{1,4}[-/]\d\d[-/]\d{1,4}[T ]\d\d:\d\d/, 1],
  [/^\s*[[(]?\d\d:\d\d:\d\d/, 1],
  [/\b0x[0-9a-f]{6,16}\b/i, 1],
  [
    /\b(?:pid|tid|threadid|activityid|requestid|correlationid|traceid|spanid|eventid|operationid|deploymentid)["']?\s?[=:]/i,
    1.5,
  ],
  [/\b(?:nodename|roleinstance|precisetimestamp|eventname|taskname|clustername|tenantname|sourcenamespace)\b/i, 1.5],
  [/\b(?:level|severity)\s?["']?[=:]/i, 0.5],
  [/\b(?:hr|hresult|errno|rc|exitcode|status|code|node|retry|attempts?)=/i, 0.5],
  [/[[<(]\d{1,6}[\])>]/, 0.5],
  // What programs write and people do not.
  [/\b0x[0-9a-f]{2,5}\b/i, 1],
  [/\w(?:::|!)[A-Za-z_]\w/, 1.5],
  [/\b[A-Z]{2,12}_[A-Z0-9]/, 1],
  [/[a-z][A-Z][a-z]+[A-Z(.\[:]/, 0.75],
  [/\b[a-z]{2,20}\.[a-z]{2,20}\.[a-z]/, 1],
  [/(?:->|→|=>) ?\w/, 0.75],
  [/\b[a-z]{2,4}-[a-z]{2,6}-?[a-z]?\d{1,4}\b/, 0.75],
  [/\[[\w.-]{1,30}\]/, 0.5],
  [/\w=[^\s=]/, 0.75],
  [/\|[^|\n]{1,80}\|/, 1],
  [/\d(?:ms|s)\b|\(\d/, 0.25],
  [/^[`"'\s]{0,4}(?:dbg|sched|trc|wrn|warn|err|inf)\b/i, 1],
  [/[\w)]:\d{2,5}\b|\w\\\w/, 0.5],
  [/\b[a-z]\w{1,20}\[\d{1,6}\]/i, 1],
  [/\|\s?(?:where|project|summarize|extend|take|order by|join kind)\b/, 3],
];

/** Forms of programs, services and machines besides those of .NET. */
const OTHER_SIGNS: readonly (readonly [RegExp, number])[] = [
  [/^[IWEF]\d{4} \d\d:\d\d/, 2.5],
  [/^\s*0x[0-9a-f]{6,16}\s/i, 1.5],
  [/^\s*\[[A-Z][a-z]{1,20}[A-Z]\w{1,30}[:\]]/, 1.5],
  [/<\/\w{1,40}>/, 1],
  [/\b(?:GET|PUT|POST|DELETE|PATCH|HEAD) \/\S/, 1.5],
  [/\bHTTP\/\d/, 0.75],
  [/\b(?:10|172|192)\.\d{1,3}\.\d{1,3}\.\d{1,3}\b/, 0.75],
  [/\w\.(?:rs|cc|cpp|go|py|java|cs|js|ts):\d/, 2],
  [/\bRD[0-9A-F]{10,14}\b/, 1.5],
  [/-[0-9a-f]{8,10}-[a-z0-9]{5}\b/, 1.5],
  [/\bexit code \d|\b[A-Z]{2,4}Killed\b|\bpanicked\b|\bsegfault\b/, 1],
  [/^\s*[A-Z][a-z]{1,30}[A-Z]\w{1,60}: /, 1.25],
  [/\b(?:retry|epoch|shard|lease|spid) \d/i, 0.75],
  [/(?:^|; ?)[A-Z]\w{1,40}\.[A-Z][\w.]{1,60} = \w/, 1.5],
  [/\w \d{1,9} ?%? ?\| ?\w{1,30}(?: \w{1,20})? \d/, 1],
  [/\b(?:Faulted|Degraded|Recovering|Aborted|Terminated)\b/, 0.75],
];

export const GUID = /\b[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\b/gi;
const CONNECTION =
  /\b(?:endpoint|accountname|sharedaccesskeyname|entitypath|data source|defaultendpointsprotocol)\s?=/i;

/** How much a line looks like one of a log, apart from prose in it; about 3 is one. */
export function logPoints(line: string): number {
  const read = line.slice(0, MOST);
  if (!/[=.:|\d]/.test(read) || CONNECTION.test(read)) return 0;
  const signs = [...SIGNS, ...OTHER_SIGNS].reduce((sum, [sign, weight]) => (sign.test(read) ? sum + weight : sum), 0);
  // Addresses have pairs as well.
  const pairs = /[?&]\w/.test(read) ? 0 : (read.match(/\w=[^\s=]/g)?.length ?? 0);
  const ids = read.match(GUID)?.length ?? 0;
  // Two names of parts of a program.
  const parts = (read.match(/\b[A-Z][a-z]{1,20}[A-Z][a-z]/g)?.length ?? 0) > 1 ? 0.75 : 0;
  return parts + keyPoints(read) + signs + (pairs >= 3 ? 2.5 : pairs === 2 ? 1 : 0) + Math.min(2, ids);
}

const KEYS = wordSet(`
  level lvl component instance hresult opid operationid activityid role roleinstance node nodeid host hostname evt eventid code
  thread threadid tid pid severity exception exc stack stacktrace retry retries attempt operation category msg logger traceid spanid
  cluster worker shard errorcode innererror module src category machine process step state fault deployment tenantid jobid
`);

/** Keys of a record that only programs of a service write; a customer's event has a device and a value. */
function keyPoints(line: string): number {
  const keys = [...line.matchAll(/["'<]?\b([A-Za-z]{2,16})["']?\s?[:=>]/g)].map(([, key = '']) => key.toLowerCase());
  const known = new Set(keys.filter((key) => KEYS.has(key))).size;
  return known >= 3 ? 2.5 : known === 2 ? 1.25 : 0;
}

const SMALL_WORDS = wordSet(
  'the a an is are was we you your our and to of in on for that this will have has it I with',
);

/** Sentences have many small words; a log line has few. */
export function prosePoints(line: string): number {
  const words = line.slice(0, MOST).match(/[\w.=]+/g) ?? [];
  return Math.min(3, words.filter((word) => SMALL_WORDS.has(word)).length * 0.4);
}

/** Names of an exception at the beginning of its line. */
export function isException(line: string): boolean {
  return /^\s*[\w.]+:/.test(line.slice(0, 200)) && /(?:exception|error):/i.test(line.slice(0, 200));
}

/** Rows of a result: cells parted by bars, tabs or semicolons, or by commas behind a time. */
export function isRow(line: string): boolean {
  const read = line.slice(0, MOST);
  const bars = read.match(/[|\t]/g)?.length ?? 0;
  const cells = /[;] /.test(read) ? 0 : (read.match(/;\S/g)?.length ?? 0);
  const commas = TIME.test(read) ? (read.match(/,\S/g)?.length ?? 0) : 0;
  return bars >= 2 || commas >= 3 || cells >= 3;
}

const TIME = /\d{4}-\d\d-\d\d[T ]\d\d:\d\d/;
const CELL_WORDS = wordSet(`
  timestamp precisetimestamp node nodename level roleinstance operator shard errorcode activityid partition error
  exception attempt retry
`);

/** Whether the cells of a row hold what only logs and telemetry hold. */
export function hasLogCells(line: string): boolean {
  const read = line.slice(0, MOST).toLowerCase();
  if (TIME.test(read) || /\b0x[0-9a-f]{4}/.test(read) || /\b[0-9a-f]{8}-[0-9a-f]{4}-/.test(read)) return true;
  return (read.match(/[a-z]+/g) ?? []).some((word) => CELL_WORDS.has(word));
}

/** A row that needs no other beside it: a time to the second and cells. */
export function isRowOfLog(line: string): boolean {
  return isRow(line) && /\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d/.test(line.slice(0, MOST));
}
