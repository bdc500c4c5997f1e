import { describe, expect, test } from '@jest/globals';
import { readStatusUpdate } from '../../src/understanding/read-status-update.ts';

describe('a line that asks for a status update', () => {
  test.each([
    ['status update 512345678', undefined, false],
    ['Post an update for #512345678', undefined, false],
    ['hey, could you please post a status update on icm 512 345 678?', undefined, false],
    ['customer update for 512345678', 'external', false],
    ['I need to share an internal update for 512345678', 'internal', false],
    ['give the last update on 512345678', undefined, true],
    ['Send the final customer update for case 2411220050001234', 'external', true],
    ['post an internal update', 'internal', false],
    ['post a status update', undefined, false],
  ])('%s', (line, audience, isResolved) => {
    const read = readStatusUpdate(line);
    expect({ kind: read?.kind, audience: read?.audience, isResolved: read?.isResolved }).toEqual({
      kind: 'post',
      audience,
      isResolved,
    });
  });

  test.each([
    ['what is known about 512345678'],
    ["What's known about ICM 512345678?"],
    ['what do we know so far about 512345678?'],
    ['where do we stand with 512345678?'],
    ['any update on 512345678?'],
    ['status of 512345678'],
    ['show me what is known about 512345678'],
  ])('%s asks what is known', (line) => {
    expect(readStatusUpdate(line)).toMatchObject({ kind: 'known', icmNumbers: ['512345678'] });
  });

  // Questions, reminders, promises, drafts and stories belong to others.
  test.each([
    ['what should a status update contain?'],
    ['who posts the status update?'],
    ['can I post an update for 512345678?'],
    ['remind me to post an update for 512345678'],
    ['next update on 512345678 friday 17:00'],
    ['post an update on 512345678 by 5pm'],
    ['update sent 512345678'],
    ['no more updates for 512345678'],
    ['update 512345678'],
    ['draft an update for 512345678'],
    ['status update for customer'],
    ['what is the severity of 512345678'],
    ['we posted the status update for 512345678 and the customer is still upset'],
    ['send an update'],
  ])('%s is left to others', (line) => {
    expect(readStatusUpdate(line)).toBeUndefined();
  });
});
