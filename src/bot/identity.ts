import { AppError } from '../errors.ts';
import type { Activity } from './activity.ts';
import type { TokenSource } from './connector.ts';
import { isLoopbackServiceUrl, type ServiceUrlRule } from './service-url.ts';

/** Who may talk to the bot, and how the bot signs what it sends. */
export interface BotIdentity {
  /**
   * Lets an activity in or throws.
   * @throws AppError unauthorized (not from the Bot Framework for this bot) or forbidden (another organisation)
   */
  admit(body: Record<string, unknown>, activity: Activity, authorization: string): Promise<void>;
  readonly token: TokenSource;
  readonly mayCall: ServiceUrlRule;
}

/** Local mode: nobody signs in, nothing is signed, and nothing leaves this machine. */
export function localIdentity(): BotIdentity {
  return {
    mayCall: isLoopbackServiceUrl,
    async admit(_body, activity) {
      if (!isLoopbackServiceUrl(activity.serviceUrl ?? ''))
        throw new AppError('forbidden', 'serviceUrl is not on this machine');
    },
    token: () => Promise.resolve(undefined),
  };
}
