import { createServer } from 'node:http';
import { App, ExpressAdapter } from '@microsoft/teams.apps';
import express from 'express';
import { answerParent } from '../child.ts';

/** An echo bot of the Teams SDK, as its README puts it on a server of one's own. It checks no token here. */
const web = express();
const app = new App({ httpServerAdapter: new ExpressAdapter(web), dangerouslyAllowUnauthenticatedRequests: true });
app.on('message', async ({ activity, send }) => {
  await send(activity.text);
});
await app.initialize();

const server = createServer(web);
server.listen(0, '127.0.0.1', () => answerParent({ port: server.address().port }));
