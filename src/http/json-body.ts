import type { IncomingMessage } from 'node:http';
import { AppError } from '../errors.ts';

/** Limits of an incoming body (platform notes, 4.2 rule 10). */
export const bodyLimits = { bytes: 262_144, depth: 32, keys: 2_000 } as const;

/**
 * Reads a JSON object from a request.
 *
 * restify's own body parser can be killed by one garbled gzip body, inflates without a limit and writes uploads to
 * disk before anybody is authenticated, so this takes plain `application/json` only and counts what it reads.
 * Of a key that stands twice in an object the last one wins, as in JSON.parse.
 *
 * @throws AppError unsupported-media, too-large or bad-request
 */
export async function readJsonObject(request: IncomingMessage): Promise<Record<string, unknown>> {
  const type = (request.headers['content-type'] ?? '').split(';', 1)[0]?.trim().toLowerCase();
  if (type !== 'application/json') throw new AppError('unsupported-media', 'content type is not application/json');
  if (request.headers['content-encoding'] !== undefined) throw new AppError('unsupported-media', 'body is encoded');
  if (Number(request.headers['content-length'] ?? 0) > bodyLimits.bytes)
    throw new AppError('too-large', 'declared length');
  return parseObject(await readBytes(request));
}

function readBytes(request: IncomingMessage): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let length = 0;
    const fail = (error: AppError) => {
      request.off('data', take);
      request.pause();
      reject(error);
    };
    const take = (chunk: Buffer) => {
      length += chunk.length;
      if (length > bodyLimits.bytes) return fail(new AppError('too-large', 'body goes on'));
      chunks.push(chunk);
    };
    request.on('data', take);
    request.once('end', () => resolve(chunks.length === 1 ? (chunks[0] as Buffer) : Buffer.concat(chunks, length)));
    request.once('error', (error) => reject(new AppError('bad-request', 'connection broke', error)));
    request.once('aborted', () => reject(new AppError('bad-request', 'connection closed')));
  });
}

const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** @throws AppError bad-request for anything but one JSON object within the limits */
export function parseObject(bytes: Uint8Array): Record<string, unknown> {
  let text: string;
  try {
    text = decoder.decode(bytes);
  } catch (error) {
    throw new AppError('bad-request', 'body is not UTF-8', error);
  }
  assertShape(text);
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw new AppError('bad-request', 'body is not JSON', error);
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new AppError('bad-request', 'body is not a JSON object');
  }
  return value as Record<string, unknown>;
}

/** Counts nesting and keys before parsing, so that a hostile body costs one pass over its characters and no more. */
function assertShape(text: string): void {
  let depth = 0;
  let keys = 0;
  let inString = false;
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (inString) {
      if (code === 92) at += 1;
      else if (code === 34) inString = false;
    } else if (code === 34) inString = true;
    else if (code === 123 || code === 91) {
      if ((depth += 1) > bodyLimits.depth) throw new AppError('bad-request', 'body is nested too deeply');
    } else if (code === 125 || code === 93) depth -= 1;
    else if (code === 58 && (keys += 1) > bodyLimits.keys) throw new AppError('bad-request', 'body has too many keys');
  }
}
