import { createBreaker } from '../../src/jobs/breaker.ts';
import type { Place } from '../../src/features/feature.ts';

const place = (name: string): Place => ({
  kind: 'personal',
  conversationId: name,
  serviceUrl: 'http://x',
  botId: '28:b',
});

describe('the breaker', () => {
  const asked: string[] = [];
  const answering = new Set<string>();
  let now = 0;
  const breaker = () => {
    asked.length = 0;
    return createBreaker(
      async ({ conversationId }) => {
        asked.push(conversationId);
        return answering.has(conversationId);
      },
      () => now,
    );
  };
  beforeEach(() => {
    answering.clear();
    now = 0;
  });

  test('opens when three places fail, and closes when one of them answers', async () => {
    const one = breaker();
    for (const name of ['a', 'b']) one.failed(place(name));
    expect(await one.open()).toBe(false);
    one.failed(place('c'));
    expect(await one.open()).toBe(true);
    now = 5_000;
    expect(await one.open()).toBe(true);
    expect(asked).toEqual(['a']);
    answering.add('b');
    now = 10_000;
    expect(await one.open()).toBe(false);
  });

  test('places that fail for themselves hold up no others: the one that worked last is asked, at once and each time', async () => {
    const one = breaker();
    answering.add('well');
    one.worked(place('well'));
    for (const _round of [1, 2]) {
      for (const name of ['a', 'b', 'c']) one.failed(place(name));
      expect(await one.open()).toBe(false);
    }
    expect(asked).toEqual(['well', 'well']);
  });

  test('when the place that worked last is silent too, the others are asked in turn', async () => {
    const one = breaker();
    one.worked(place('well'));
    for (const name of ['a', 'b', 'c']) one.failed(place(name));
    for (let n = 0; n < 4; n += 1) {
      expect(await one.open()).toBe(true);
      now += 5_000;
    }
    expect(asked).toEqual(['well', 'a', 'b', 'c']);
  });

  test('a place that worked before is asked when the last one has gone silent by itself', async () => {
    const one = breaker();
    answering.add('before');
    for (const name of ['before', 'last']) one.worked(place(name));
    for (const name of ['a', 'b', 'c']) one.failed(place(name));
    expect(await one.open()).toBe(true);
    now = 5_000;
    expect(await one.open()).toBe(false);
    expect(asked).toEqual(['last', 'before']);
  });
});
