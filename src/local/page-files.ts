import { readFile } from 'node:fs/promises';
import type { ServerResponse } from 'node:http';
import { createRequire } from 'node:module';
import { extname } from 'node:path';
import { fileURLToPath } from 'node:url';

const require = createRequire(import.meta.url);
const own = (name: string): string => fileURLToPath(new URL(`page/${name}`, import.meta.url));

/** Every file that the page consists of. Nothing else on the disk can be asked for. */
const FILES: Record<string, () => string> = {
  '/': () => own('index.html'),
  '/style.css': () => own('style.css'),
  '/page.js': () => own('page.js'),
  '/api.js': () => own('api.js'),
  '/cards.js': () => own('cards.js'),
  '/composer.js': () => own('composer.js'),
  '/extensions.js': () => own('extensions.js'),
  '/host-config.js': () => own('host-config.js'),
  '/messages.js': () => own('messages.js'),
  '/vendor/adaptivecards.js': () => require.resolve('adaptivecards/dist/adaptivecards.min.js'),
  '/vendor/markdown-it.js': () => require.resolve('markdown-it/browser'),
};

const TYPES: Record<string, string> = { '.html': 'text/html', '.css': 'text/css', '.js': 'text/javascript' };

/** No request leaves the machine, whatever a card or a message contains. The style of cards is set inline. */
const CONTENT_POLICY = [
  "default-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data:",
  "frame-ancestors 'none'",
  "form-action 'none'",
  "base-uri 'none'",
].join('; ');

/** Serves a file of the page; false when there is none at this path. */
export async function servePageFile(path: string, response: ServerResponse): Promise<boolean> {
  const file = Object.hasOwn(FILES, path) ? FILES[path]?.() : undefined;
  if (file === undefined) return false;
  response.writeHead(200, {
    'content-type': `${TYPES[extname(file)] ?? 'application/octet-stream'}; charset=utf-8`,
    'content-security-policy': CONTENT_POLICY,
    'cache-control': 'no-cache',
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'no-referrer',
  });
  response.end(await readFile(file));
  return true;
}
