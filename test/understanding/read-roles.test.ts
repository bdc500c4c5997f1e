import { readRoles, type RoleRequest } from '../../src/understanding/read-roles.ts';

type Short = string;
const short = (request: RoleRequest | undefined): Short =>
  request === undefined
    ? 'none'
    : [request.kind, ...request.roles, ...(request.self ? ['self'] : []), ...(request.certain ? [] : ['unsure'])].join(
        ' ',
      );

describe('a line about roles', () => {
  test.each<[line: string, meaning: Short]>([
    ['commander of 512345678 is Amara Nowak', 'assign commander'],
    ['IC of 512345678 is Amara', 'assign commander'],
    ['incident commander: Amara', 'assign commander'],
    ['scribe for 512345678: Ben', 'assign scribe'],
    ['Ben is the scribe now', 'assign scribe'],
    ['make Lukas the incident commander', 'assign commander'],
    ['please assign the scribe role to Ben', 'assign scribe'],
    ['Priya is comms for 512345678', 'assign communications'],
    ['subject matter expert for 512345678 is Mei', 'assign sme'],
    ['I am the scribe for 512345678', 'assign scribe self'],
    ["I'll be the note taker", 'assign scribe self'],
    ['I take the role of scribe', 'assign scribe self'],
    ['I am the SME for 512345678', 'assign sme self'],
    ['I take over as comms', 'assign communications self'],
    ['I take over 512345678 as scribe', 'assign scribe self'],
    ['take scribe', 'assign scribe self'],
    ['commander of 512345678 is me', 'assign commander self'],
    ['Amara Nowak takes over as communications officer', 'assign communications'],
    ['Lukas Weber takes 512345678 over as commander', 'assign commander'],
    ['hand over scribe to Ben', 'assign scribe'],
    ['hand over communications of 512345678 to Ben Smith', 'assign communications'],
    ['give comms to Lukas', 'assign communications'],
    ['step down as scribe', 'step-down scribe'],
    ['I am stepping down as the communications officer of 512345678', 'step-down communications'],
    ['I am no longer the scribe', 'step-down scribe'],
    ['remove the scribe of 512345678', 'step-down scribe'],
    ['roles 512345678', 'list'],
    ['roles of ICM 512345678', 'list'],
    ['who has which role', 'list'],
    ['who is the scribe of 512345678?', 'list scribe'],
    ['who is the scribe?', 'list scribe unsure'],
    ['roles', 'list unsure'],
    ['default commander is Amara', 'default-set commander'],
    ['default scribe is me', 'default-set scribe self'],
    ['set default communications officer to Mei', 'default-set communications'],
    ['default roles', 'default-list'],
    ['show the default roles', 'default-list'],
    ['remove the default scribe', 'default-clear scribe'],
    ['set the default roles for 512345678', 'default-use'],
    ['use the defaults for 512345678', 'default-use'],
  ])('“%s”', (line, meaning) => {
    expect(short(readRoles(line))).toBe(meaning);
  });

  test.each([
    'what does a scribe do?',
    'who can be the scribe',
    'should the commander be the scribe',
    'is Ben the scribe?',
    'can I be the scribe',
    'can you take over as scribe?',
    'how do I hand over the scribe role?',
    'there is no scribe yet',
    'the commander is not here',
    'SME is unavailable',
    'the SME is not available',
    'I asked the SME',
    'an SME said to open an ICM',
    'I am an SME and need help',
    'communication is bad',
    'communication with the customer is difficult',
    'set the default time zone',
    'hand over 512345678 to Ben',
    'take over 512345678',
    'track 512345678',
    'roles and responsibilities',
    'incident commander',
    'scribe',
    '',
    'we need a scribe because the outage has many changes and nobody writes them down, so please somebody step forward and take it over from me',
  ])('“%s” is none', (line) => {
    expect(short(readRoles(line))).toBe('none');
  });

  test('the ends of numbers and several of them are kept, and hostile lines take no time', () => {
    expect(readRoles('I am the scribe for 512345678')?.numbers).toEqual(['512345678']);
    expect(readRoles('roles for icm 5678')?.numbers).toEqual(['5678']);
    for (const odd of ['scribe '.repeat(5_000), 'default '.repeat(3_000), '<at>'.repeat(5_000), '\u202e'.repeat(9_000)])
      expect(readRoles(odd)).toBeUndefined();
  });
});
