import type { Delivery, Feature, NewDelivery } from '../../src/features/feature.ts';

/** A reminder of a torture run, as the runner invents it; `subject` is unique. */
export interface Reminder {
  readonly subject: string;
  readonly tenantId: string;
  /** With its thread. */
  readonly conversationId: string;
  /** ms since 1970. */
  readonly dueAt: number;
}

export function toDelivery(reminder: Reminder, serviceUrl: string): NewDelivery {
  return {
    tenantId: reminder.tenantId,
    place: { kind: 'channel', conversationId: reminder.conversationId, serviceUrl, botId: '28:torture' },
    job: 'torture/post',
    subject: reminder.subject,
    stage: 'one',
    dueAt: new Date(reminder.dueAt),
  };
}

/** A text that says what it is: for which reminder, by which process, and whether it may be there already. */
export const textOf = (subject: string, by: string, repeat: boolean): string =>
  `${subject} by ${by}${repeat ? ' (repeat)' : ''}`;

export function readText(text: string): { subject: string; by: string; repeat: boolean } {
  const [subject = '', , by = '', repeat] = text.split(' ');
  return { subject, by, repeat: repeat !== undefined };
}

/** A feature that posts one line for each row; `onTake` and `onFlag` let the runner look over its shoulder. */
export function tortureFeature(
  by: string,
  onTake: (delivery: Delivery) => void = () => {},
  onFlag: (delivery: Delivery) => void = () => {},
): Feature {
  return {
    name: 'torture',
    jobs: [
      {
        name: 'torture/post',
        async run(delivery) {
          onTake(delivery);
          const text = textOf(delivery.subject, by, delivery.repeat);
          return { kind: 'post', reply: { kind: 'text', text }, summary: delivery.subject };
        },
        async undelivered(delivery) {
          onFlag(delivery);
          return [];
        },
      },
    ],
  };
}
