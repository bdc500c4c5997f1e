import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { readActivity } from '../../src/bot/activity.ts';
import { AppError } from '../../src/errors.ts';
import { parseObject } from '../../src/http/json-body.ts';
import { goodActivity } from '../support/tokens.ts';

test('a whole activity is read as it is', () => {
  expect(readActivity({ ...goodActivity(), value: { a: 1 }, entities: [1] })).toMatchObject({
    ...goodActivity(),
    value: { a: 1 },
    entities: [1],
  });
});

test.each<[string, Record<string, unknown>]>([
  ['no type', {}],
  ['an empty type', { type: '' }],
  ['a type that is a number', { type: 7 }],
  ['a type that is null', { type: null }],
  ['a type of 101 characters', { type: 'x'.repeat(101) }],
])('what has %s is no activity', (_title, body) => {
  expect(() => readActivity(body)).toThrow(expect.objectContaining({ code: 'bad-request' }));
});

describe('a part of another shape is dropped and the rest is read:', () => {
  test.each<[string, Record<string, unknown>, string]>([
    ['an id that is a number', { id: 7 }, 'id'],
    ['an empty id', { id: '' }, 'id'],
    ['an id with NUL', { id: 'a\0b' }, 'id'],
    ['an id with a line break', { id: 'a\nb' }, 'id'],
    ['an id with half a surrogate pair', { id: 'a\uD800' }, 'id'],
    ['an id of 1,025 characters', { id: 'x'.repeat(1_025) }, 'id'],
    ['a text that is a list', { text: ['x'] }, 'text'],
    ['a sender without an id', { from: { name: 'x' } }, 'from'],
    ['a sender that is a text', { from: 'x' }, 'from'],
    ['a conversation without an id', { conversation: { tenantId: 't' } }, 'conversation'],
    ['channel data that is a list', { channelData: [] }, 'channelData'],
    ['members that are an object', { membersAdded: {} }, 'membersAdded'],
    ['an address that is an object', { serviceUrl: {} }, 'serviceUrl'],
  ])('%s', (_title, part, name) => {
    const activity = readActivity({ ...goodActivity(), ...part });
    expect(activity).toMatchObject({ type: 'message', channelId: 'msteams' });
    expect(activity[name as 'id']).toBeUndefined();
  });

  test('inner parts alone where the outer one is needed', () => {
    const activity = readActivity({
      ...goodActivity(),
      from: { id: '29:x', aadObjectId: 7, name: { a: 1 }, userRole: null },
      conversation: { id: 'c', tenantId: 7 },
      channelData: { tenant: 'x' },
    });
    expect(activity.from).toEqual({ id: '29:x' });
    expect(activity.conversation).toEqual({ id: 'c' });
    expect(activity.channelData).toEqual({});
  });

  test('NUL in a name and in a text, which no database holds', () => {
    const activity = readActivity({ ...goodActivity(), text: 'a\0b', from: { id: 'x', name: '\0Eve\0' } });
    expect([activity.text, activity.from?.name]).toEqual(['ab', 'Eve']);
  });
});

// A part of row H13; the whole turn is fuzzed elsewhere.
test('20,000 mutated activities are read or refused as bad requests', () => {
  const hostile = fc.oneof(
    fc.anything(),
    fc.constantFrom<unknown>(
      null,
      '',
      0,
      -1,
      1e309,
      true,
      [],
      {},
      'x'.repeat(5_000),
      '\0',
      '\uD800',
      '__proto__',
      [null],
      { id: {} },
    ),
  );
  const base = goodActivity();
  const names = [
    ...Object.keys(base),
    'value',
    'entities',
    'membersAdded',
    'replyToId',
    'action',
    'name',
    '__proto__',
    'constructor',
  ];
  const path = fc.tuple(
    fc.constantFrom(...names),
    fc.option(fc.constantFrom('id', 'tenantId', 'tenant', 'team', 'name', 'aadObjectId', '__proto__')),
  );
  const before = JSON.stringify(Object.getOwnPropertyNames(Object.prototype));
  let read = 0;
  fc.assert(
    fc.property(fc.array(fc.tuple(path, hostile), { maxLength: 4 }), (changes) => {
      const body = JSON.parse(JSON.stringify(base)) as Record<string, unknown>;
      for (const [[name, inner], value] of changes) {
        // Only what is its own: "__proto__" would lead to the prototype of everything.
        const part = Object.hasOwn(body, name) ? body[name] : undefined;
        const target = inner !== null && typeof part === 'object' && part !== null ? part : body;
        Object.defineProperty(target, target === body ? name : String(inner), {
          value,
          enumerable: true,
          configurable: true,
          writable: true,
        });
      }
      try {
        const activity = readActivity(body);
        expect(typeof activity.type).toBe('string');
        read += 1;
      } catch (error) {
        if (!(error instanceof AppError && error.code === 'bad-request')) throw error;
      }
    }),
    { numRuns: 20_000 },
  );
  expect(read).toBeGreaterThan(10_000);
  expect(JSON.stringify(Object.getOwnPropertyNames(Object.prototype))).toBe(before);
});

test('any bytes are an object or a bad request', () => {
  const bytes = fc.oneof(
    fc.uint8Array({ maxLength: 200 }),
    fc.json().map((text) => new Uint8Array(Buffer.from(text))),
    fc.tuple(fc.json(), fc.nat(), fc.nat(255)).map(([text, at, byte]) => {
      const changed = new Uint8Array(Buffer.from(text));
      if (changed.length > 0) changed[at % changed.length] = byte;
      return changed;
    }),
  );
  fc.assert(
    fc.property(bytes, (body) => {
      try {
        const value = parseObject(body);
        expect(value).toEqual(JSON.parse(Buffer.from(body).toString('utf8')));
      } catch (error) {
        if (!(error instanceof AppError && error.code === 'bad-request')) throw error;
      }
    }),
    { numRuns: 10_000 },
  );
});
