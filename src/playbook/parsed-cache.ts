import { createHash } from 'node:crypto';
import { startCache } from '../start-cache.ts';

/**
 * What a YAML file came to at an earlier start, by its content: reading the playbook anew takes a tenth of the start.
 * YAML has values that JSON has not; such a file is read anew each time.
 */
export const parsedCache = {
  get: (content: string): unknown => startCache.get(nameOf(content)),
  set: (content: string, data: unknown): void => startCache.set(nameOf(content), data),
};

const nameOf = (content: string): string =>
  `playbook-${createHash('sha256').update(content).digest('hex').slice(0, 32)}`;
