import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { topicsInSteps, topicsOf } from '../../src/features/answers/topics.ts';
import { inSteps } from '../../src/jobs/in-steps.ts';
import { loadPlaybook } from '../../src/playbook/load.ts';
import { Harness } from '../support/harness.ts';

describe('work in steps', () => {
  beforeEach(() => void jest.useFakeTimers());
  afterEach(() => void jest.useRealTimers());

  function* work(done: string[], name: string, steps: number, fails = false) {
    for (let at = 1; at <= steps; at += 1) {
      done.push(`${name}${at}`);
      if (fails) throw new Error(name);
      yield;
    }
  }

  test('is not begun at once, is done in its order, and a failure ends only the work that failed', () => {
    const done: string[] = [];
    const failures: unknown[] = [];
    inSteps([work(done, 'a', 2), work(done, 'b', 3, true), work(done, 'c', 2)], (error) => failures.push(error));
    expect(done).toEqual([]);
    jest.advanceTimersByTime(10_000);
    expect(done).toEqual(['a1', 'a2', 'b1', 'c1', 'c2']);
    expect(failures).toEqual([new Error('b')]);
  });

  test('is not begun after a stop', () => {
    const done: string[] = [];
    inSteps([work(done, 'a', 2)], () => {}).stop();
    jest.advanceTimersByTime(10_000);
    expect(done).toEqual([]);
  });

  test('lets other things happen between two goes', () => {
    const done: string[] = [];
    function* slow() {
      for (const name of ['first', 'second']) {
        done.push(name);
        // Six ms pass within the step, as far as the clock is concerned.
        jest.spyOn(performance, 'now').mockReturnValue(performance.now() + 6);
        yield;
      }
    }
    inSteps([slow()], () => {});
    jest.advanceTimersByTime(250);
    expect(done).toEqual(['first']);
    jest.advanceTimersByTime(1);
    expect(done).toEqual(['first', 'second']);
    jest.restoreAllMocks();
  });
});

describe('the topics', () => {
  test('are made in steps, and whoever asks in between gets all of them', () => {
    const playbook = { ...loadPlaybook() };
    const steps = topicsInSteps(playbook);
    for (let at = 0; at < 50; at += 1) expect(steps.next().done).toBe(false);
    const topics = topicsOf(playbook);
    expect(topics.all.size).toBeGreaterThan(Object.keys(playbook.topics).length);
    expect(topics.finder.find('quota increase')[0]?.id).toBe('owner-quota');
    expect([...steps]).toEqual([]);
    expect(topicsOf(playbook)).toBe(topics);
  });

  test('whose playbook is broken fail each time they are asked for', () => {
    const playbook = { ...loadPlaybook(), tensions: undefined as never };
    for (let time = 0; time < 2; time += 1) expect(() => topicsOf(playbook)).toThrow();
  });
});

test('once the bot is ready a feature prepares what its first question needs', async () => {
  const isDone = Promise.withResolvers<void>();
  function* prepare() {
    yield;
    isDone.resolve();
  }
  const bot = await Harness.start({ moreFeatures: [{ name: 'prepared', prepare }] });
  await isDone.promise;
  await bot.stop();
});
