// The two parts of restify that make a server; `restify` itself loads all of its plugins as well, and has types for
// `createServer` only, which puts the two together.
declare module 'restify/lib/server.js' {
  import type { Server } from 'restify';
  const RestifyServer: new (options: {
    readonly name: string;
    readonly log: object;
    readonly router: object;
    readonly ignoreTrailingSlash: boolean;
  }) => Server;
  export default RestifyServer;
}
declare module 'restify/lib/router.js' {
  const RestifyRouter: new (options: { readonly log: object; readonly ignoreTrailingSlash: boolean }) => object;
  export default RestifyRouter;
}
