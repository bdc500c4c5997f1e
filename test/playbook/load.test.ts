import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  loadPlaybook,
  missingPeople,
  PlaybookError,
  shippedPlaybook,
  type PlaybookFault,
} from '../../src/playbook/load.ts';
import { orderRules } from '../../src/playbook/rule-order.ts';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'playbook-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function file(content: string): string {
  const path = join(folder, 'team.yaml');
  writeFileSync(path, content);
  return path;
}

function faultsOf(path: string): readonly PlaybookFault[] {
  try {
    loadPlaybook(path);
  } catch (error) {
    if (error instanceof PlaybookError) return error.faults;
    throw error;
  }
  return [];
}

const shipped = readFileSync(shippedPlaybook, 'utf8');

/** A mistake in a team's file: the lines of the file, then where it is found and what is said. */
const broken: readonly (readonly [string, readonly string[], string, string, RegExp])[] = [
  [
    'an unknown part',
    ['extends: asa', 'liinks: {}'],
    '2:1',
    'liinks',
    /^expected one of name, links, .*, got "liinks"$/,
  ],
  ['a list for a map', ['extends: asa', 'rules: [F1]'], '2:1', 'rules', /^expected a map, got a list$/],
  [
    'a rule without a source',
    ['extends: asa', 'rules:', '  team-1:', '    text: Ask first.'],
    '3:3',
    'rules.team-1.source',
    /^expected a text, got nothing$/,
  ],
  [
    'an empty text',
    ['extends: asa', 'rules:', "  team-1: { text: '', source: Us }"],
    '3:19',
    'rules.team-1.text',
    /^expected a text that is not empty, got an empty text$/,
  ],
  [
    'a bad name',
    ['extends: asa', 'rules:', '  1st: { text: a, source: b }'],
    '3:3',
    'rules.1st',
    /^expected a name of letters, digits and hyphens.*, got "1st"$/,
  ],
  [
    'a link over http',
    ['extends: asa', 'links:', '  smes:', '    url: http://example.com'],
    '4:10',
    'links.smes.url',
    /^expected an address that starts with https:\/\/, got "http:\/\/example.com"$/,
  ],
  [
    'an ICM severity that is not there',
    ['extends: asa', 'severity:', '  table:', '    A: { icm: 4 }'],
    '4:15',
    'severity.table.A.icm',
    /^expected 1, 2 or 3, got the number 4$/,
  ],
  [
    'a rule that does not exist',
    ['extends: asa', 'owners:', '  css-escalation:', '    rule: F99'],
    '4:11',
    'owners.css-escalation.rule',
    /^expected the name of one of the rules, got "F99"$/,
  ],
  [
    'a condition with a value that is not there',
    ['extends: asa', 'opening:', '  ours: { rule: F19, when: { need: bugfix } }'],
    '3:36',
    'opening.ours.when.need',
    /^expected one of bug-fix, quota-increase, .*, got "bugfix"$/,
  ],
  [
    'a condition on a fact that is not there',
    ['extends: asa', 'opening:', '  ours: { rule: F19, when: { severty: A } }'],
    '3:30',
    'opening.ours.when.severty',
    /^expected one of need, outage, .*, got "severty"$/,
  ],
  [
    'a case severity without quotes',
    [
      'extends: asa',
      'questions:',
      '  case-severity:',
      '    options:',
      '      severity-one: { set: { caseSeverity: 1 } }',
    ],
    '5:44',
    'questions.case-severity.options.severity-one.set.caseSeverity',
    /^expected one of A, B, C, "1", unknown, got the number 1$/,
  ],
  [
    'an option that sets nothing',
    ['extends: asa', 'questions:', '  need:', '    options:', '      other: { label: Other }'],
    '5:7',
    'questions.need.options.other.set',
    /^expected the facts that this option sets, got nothing$/,
  ],
  [
    'a question that is missing',
    ['extends: asa', 'questions:', '  asked: null'],
    '3:3|rules',
    'advice.rules.colleagues-not-asked.when.askedColleagues',
    /^expected a question that sets askedColleagues with every answer/,
  ],
  [
    'an unknown verdict',
    ['extends: asa', 'advice:', '  rules:', '    bug: { verdict: maybe }'],
    '4:21',
    'advice.rules.bug.verdict',
    /^expected one of open, do-not-open, .*, got "maybe"$/,
  ],
  [
    'a rule that opens without a severity',
    [
      'extends: asa',
      'advice:',
      '  rules:',
      '    ours: { before: bug, when: { need: rca }, verdict: open, because: So., cites: [F19] }',
    ],
    '4:5',
    'advice.rules.ours.severity',
    /^expected case, outage or undecided/,
  ],
  [
    'a rule that comes last and does not always hold',
    [
      'extends: asa',
      'advice:',
      '  rules:',
      '    ours: { when: { need: rca }, verdict: ask-smes, because: So., cites: [F31] }',
    ],
    '4:13',
    'advice.rules.ours.when',
    /^expected an empty `when: \{\}` in the last rule/,
  ],
  [
    'a rule before one that is not there',
    [
      'extends: asa',
      'advice:',
      '  rules:',
      '    ours: { before: bugs, when: { need: rca }, verdict: ask-smes, because: So., cites: [F31] }',
    ],
    '4:21',
    'advice.rules.ours.before',
    /^expected the name of another rule of advice, and no circle, got "bugs"$/,
  ],
  [
    'a rule that hides all others',
    [
      'extends: asa',
      'advice:',
      '  rules:',
      '    ours: { before: outage, when: {}, verdict: ask-smes, because: So., cites: [F31] }',
    ],
    '4:29',
    'advice.rules.ours.when',
    /"outage" after it is never reached/,
  ],
  [
    'a disagreement about an unknown owner',
    ['extends: asa', 'advice:', '  disagreements:', '    ours: { tension: T1, when: { owner: nobody } }'],
    '4:41',
    'advice.disagreements.ours.when.owner',
    /^expected the name of one of the owners, or none, got "nobody"$/,
  ],
  [
    'a word in braces that is not known',
    ['extends: asa', 'noOwner:', '  template:', "    title: '{title}'"],
    '4:12',
    'noOwner.template.title',
    /^expected only these words in braces: .*, got \{title\}$/,
  ],
  [
    'an address that is none',
    ['extends: asa', 'people:', '  aliases: { smes: secret-name }'],
    '3:20',
    'people.aliases.smes',
    /^expected an email address, got another text$/,
  ],
  ['another base', ['extends: other'], '1:10', 'extends', /^expected asa .*, got "other"$/],
  ['the same name twice', ['extends: asa', 'people: {}', 'people: {}'], '3:1', '', /^expected each name once/],
  ['broken YAML', ['extends: asa', 'rules: {'], '3:1', '', /^expected YAML, but /],
  ['no map at all', ['- extends'], '1:1', '', /^expected a map of the parts of a playbook, got a list$/],
];

test.each(broken)('%s is told with its place', (_name, content, place, path, message) => {
  const faults = faultsOf(file(content.join('\n') + '\n'));
  const fault = faults.find((candidate) => candidate.path === path);
  expect(faults.map((each) => each.path)).toContain(path);
  expect(fault?.message).toMatch(message);
  if (!place.includes('|')) {
    expect(fault?.file).toBe(join(folder, 'team.yaml'));
    expect(`${fault?.line}:${fault?.column}`).toBe(place);
  }
});

test('a complete file with a mistake names its own line', () => {
  const lines = shipped.split('\n');
  const at = lines.findIndex((line) => line.includes('rule: F35'));
  const faults = faultsOf(
    file(lines.map((line, index) => (index === at ? line.replace('F35', 'F-35') : line)).join('\n')),
  );
  expect(faults).toHaveLength(1);
  expect(faults[0]).toMatchObject({ line: at + 1, path: 'owners.livesite-dri.rule' });
});

test('a fault that the team’s file causes in the shipped one names the shipped line', () => {
  const [fault] = faultsOf(file('extends: asa\nladder:\n  pg-engineers: null\n'));
  expect(fault?.file).toBe(shippedPlaybook);
  expect(fault?.path).toBe('verdicts.ask-collab-channel.help.1');
  expect(shipped.split('\n')[(fault?.line ?? 0) - 1]).toContain('pg-engineers');
});

test('all faults are told at once, one line each, with file, line and path', () => {
  const path = file('extends: asa\nliinks: {}\nname: 7\n');
  expect(() => loadPlaybook(path)).toThrow(PlaybookError);
  try {
    loadPlaybook(path);
  } catch (error) {
    const lines = (error as Error).message.split('\n');
    expect(lines).toHaveLength(2);
    expect(lines).toContain(`${path}:3:7 name: expected a text, got the number 7`);
  }
});

test('a file that is not there is told', () => {
  const [fault] = faultsOf(join(folder, 'nowhere.yaml'));
  expect(fault?.message).toBe('expected a playbook, but there is no such file');
});

test('aliases that multiply are refused', () => {
  const bomb = [
    'a: &a [x,x,x,x,x,x,x,x,x]',
    ...'bcdefghi'.split('').map((name, index) => `${name}: &${name} [${`*${'abcdefgh'[index]},`.repeat(9)}]`),
  ];
  expect(faultsOf(file(bomb.join('\n')))[0]?.message).toContain('aliases');
});

test('a team’s file changes what it names and keeps the rest', () => {
  const base = loadPlaybook();
  const team = loadPlaybook(
    file(
      [
        'extends: asa',
        'links:',
        '  smes: { url: https://example.com/smes }',
        'rules:',
        '  team-1: { text: Ask Ada first., source: Team notes }',
        'tracking:',
        '  email: null',
        'advice:',
        '  rules:',
        '    team-query:',
        '      before: documentation-question',
        '      when: { need: query-question }',
        '      verdict: ask-smes',
        '      because: We ask an SME.',
        '      cites: [team-1]',
      ].join('\n'),
    ),
  );
  expect(team.links['smes']).toEqual({ label: base.links['smes']?.label, url: 'https://example.com/smes' });
  expect(Object.keys(team.rules)).toEqual([...Object.keys(base.rules), 'team-1']);
  expect(Object.keys(team.tracking)).toEqual(['list']);
  const order = orderRules(team.advice.rules).map(([id]) => id);
  expect(order.indexOf('team-query')).toBe(order.indexOf('documentation-question') - 1);
  expect(order).toHaveLength(Object.keys(base.advice.rules).length + 1);
});

test('a loaded playbook cannot be changed', () => {
  const playbook = loadPlaybook();
  expect(() => Object.assign(playbook.rules, { F1: undefined })).toThrow(TypeError);
});

test('what is missing about people is said until it is given', () => {
  const id = '00000000-0000-4000-8000-000000000001';
  expect(missingPeople(loadPlaybook())).toHaveLength(6);
  const path = file(
    [
      'extends: asa',
      'people:',
      '  engineeringManager: { email: em@example.com }',
      '  aliases: { smes: smes@example.com, productManagers: pms@example.com }',
      `  smes: [{ aadObjectId: ${id}, tenantId: ${id}, region: EMEA, delegate: ${id} }]`,
      `  leads: [{ aadObjectId: ${id}, tenantId: ${id} }]`,
      `  smeChannel: { tenantId: ${id}, channelId: '19:a@thread.tacv2' }`,
    ].join('\n'),
  );
  expect(missingPeople(loadPlaybook(path))).toEqual([]);
});
