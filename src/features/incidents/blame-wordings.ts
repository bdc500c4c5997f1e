/** Words of blame, or a name beside a fault, in a text that is to help everybody (F90, F91). */
export interface BlameFinding {
  /** As typed, cut. */
  readonly words: string;
  readonly why: string;
  /** How the same can be said without blame. */
  readonly instead: string;
}

/** How a sentence blames. */
export type BlameKind = 'left-out' | 'broke' | 'owned' | 'state' | 'judging' | 'should';

/** Why it is pointed out, and the same without a person: what happened, and what let it happen (F90, F91). */
export function wordings(kind: BlameKind, rest: string, isDuty: boolean): Pick<BlameFinding, 'why' | 'instead'> {
  const isDone = isDuty || /^to /i.test(rest);
  const step = rest.replace(/^(?:to|known) ?/i, '');
  switch (kind) {
    case 'judging':
      return {
        why: 'It judges people.',
        instead: 'Leave the word out, or say what was seen: when, and with what result.',
      };
    case 'should':
      return {
        why: 'It judges by what is known today.',
        instead:
          step === ''
            ? 'That was not known at the time. Next time … would show it.'
            : `At the time nothing pointed to it (“${step}”). Next time … would.`,
      };
    case 'owned':
      return {
        why: 'It gives the fault to somebody.',
        instead: 'The cause was … . What let it happen: … .',
      };
    case 'state':
      return {
        why: 'It gives the fault to somebody.',
        instead: 'It took until … . What would have made it faster or safer: … .',
      };
    case 'broke':
      return {
        why: 'It names somebody beside a fault.',
        instead:
          step === ''
            ? 'A change had an effect that nobody expected.'
            : `After a change this no longer worked: “${step}”.`,
      };
    case 'left-out':
      return {
        why: 'It names somebody beside a fault.',
        instead:
          step === ''
            ? 'A step was left out, and nothing in the process pointed to it.'
            : isDone
              ? `This did not happen: “${step}”. Nothing in the process pointed to it.`
              : `This was left out, and nothing in the process pointed to it: “${step}”.`,
      };
  }
}
