import { ActivityHandler, authorizeJWT, CloudAdapter, loadAuthConfigFromEnv } from '@microsoft/agents-hosting';
import express from 'express';
import { answerParent } from '../child.ts';

/** An echo bot of the Microsoft 365 Agents SDK, as its README hosts it. Without a clientId it checks no token. */
class EchoBot extends ActivityHandler {
  constructor() {
    super();
    this.onMessage(async (context, next) => {
      await context.sendActivity(context.activity.text);
      await next();
    });
  }
}

const authConfig = loadAuthConfigFromEnv();
const adapter = new CloudAdapter(authConfig);
const bot = new EchoBot();

const app = express();
app.use(express.json());
app.use(authorizeJWT(authConfig));
app.post('/api/messages', async (request, response) => {
  await adapter.process(request, response, (context) => bot.run(context));
});
const server = app.listen(0, '127.0.0.1', () => answerParent({ port: server.address().port }));
