import {
  CloudAdapter,
  ConfigurationBotFrameworkAuthentication,
  TeamsActivityHandler,
  type TurnContext,
} from 'botbuilder';
import restify from 'restify';
import { answerParent } from './child.ts';

/** The bare bot to compare with: restify 12 and CloudAdapter as the textbook shows them, and nothing else. */
class EchoBot extends TeamsActivityHandler {
  constructor() {
    super();
    this.onMessage(async (context, next) => {
      await context.sendActivity(context.activity.text);
      await next();
    });
  }

  protected override onAdaptiveCardInvoke(context: TurnContext) {
    const body = [{ type: 'TextBlock', text: `Echo: ${context.activity.replyToId}`, wrap: true }];
    return Promise.resolve({
      statusCode: 200,
      type: 'application/vnd.microsoft.card.adaptive',
      value: { type: 'AdaptiveCard', version: '1.5', body },
    });
  }
}

// Without an app id nothing is checked and nothing is signed.
const adapter = new CloudAdapter(new ConfigurationBotFrameworkAuthentication(process.env));
const bot = new EchoBot();

const server = restify.createServer();
server.use(restify.plugins.bodyParser());
server.post('/api/messages', async (request, response) => {
  await adapter.process(request, response, (context) => bot.run(context));
});
server.listen(Number(process.env['PORT'] ?? 0), '127.0.0.1', () => {
  answerParent({ port: server.address().port });
});
