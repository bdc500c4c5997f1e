import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';

/** What the last stage came to: the folder that stands for its `/`, and how it is started. */
export interface PlayedImage {
  readonly root: string;
  readonly workdir: string;
  readonly user: string | undefined;
  readonly environment: Readonly<Record<string, string>>;
  readonly command: readonly string[];
}

/**
 * Does what a Dockerfile says without Docker: each stage is a folder that stands for `/`, COPY copies, RUN runs here
 * in its folder. It knows the few words that ours uses and throws at any other, so that it cannot leave one out.
 * What it cannot show: the base image, and that nothing outside of the folder is used.
 */
export function playDockerfile(text: string, context: string, folder: string): PlayedImage {
  const stages = new Map<string, string>();
  let [root, workdir]: string[] = ['', '/'];
  let [user, environment, command]: [string | undefined, Record<string, string>, string[]] = [undefined, {}, []];
  const inside = (path: string) => join(root as string, path.startsWith('/') ? path : join(workdir as string, path));
  const lines = text.split('\n').map((line) => line.trim());
  for (const line of lines.filter((one) => one !== '' && !one.startsWith('#'))) {
    const [, word = '', rest = ''] = /^([A-Z]+) (.*)$/.exec(line) ?? [];
    if (word === 'FROM') {
      const name = /^\S+ AS (\S+)$/.exec(rest)?.[1];
      if (name === undefined) throw new Error(`Each stage needs a name: ${line}`);
      [root, workdir, user, environment, command] = [join(folder, name), '/', undefined, {}, []];
      stages.set(name, root);
      mkdirSync(root, { recursive: true });
    } else if (word === 'WORKDIR') {
      workdir = rest;
      mkdirSync(inside('.'), { recursive: true });
    } else if (word === 'COPY') {
      const parts = rest.split(/\s+/);
      const stage = parts[0]?.startsWith('--from=') ? parts.shift()?.slice('--from='.length) : undefined;
      const from = stage === undefined ? context : stages.get(stage);
      const target = parts.pop();
      if (from === undefined || target === undefined) throw new Error(`Nothing to copy from: ${line}`);
      for (const part of parts) copy(join(from, part), inside(target), target.endsWith('/'));
    } else if (word === 'RUN') {
      const { status } = spawnSync('/bin/sh', ['-c', rest], {
        cwd: inside('.'),
        stdio: ['ignore', 'ignore', 'inherit'],
        env: { ...process.env, ...environment },
      });
      if (status !== 0) throw new Error(`${rest} ended with ${String(status)}`);
    } else if (word === 'ENV') {
      const [, name = '', value = ''] = /^(\w+)=(.*)$/.exec(rest) ?? [];
      environment[name] = value;
    } else if (word === 'USER') user = rest;
    else if (word === 'CMD') command = JSON.parse(rest) as string[];
    else if (word !== 'EXPOSE') throw new Error(`This line is not known here: ${line}`);
  }
  return { root: root as string, workdir: workdir as string, user, environment, command };
}

function copy(source: string, target: string, intoFolder: boolean): void {
  if (!existsSync(source)) throw new Error(`COPY: there is no ${source}`);
  const to = intoFolder && !statSync(source).isDirectory() ? join(target, basename(source)) : target;
  cpSync(source, to, { recursive: true });
}
