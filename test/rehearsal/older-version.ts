import { execFileSync } from 'node:child_process';
import { existsSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../../', import.meta.url));
const git = (...args: readonly string[]): string =>
  execFileSync('git', args, { cwd: root, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] }).trim();

/** A version of this repository in a folder of its own, with the packages of this one. */
export interface OlderVersion {
  readonly commit: string;
  /** Its production entry. */
  readonly entry: string;
  remove(): void;
}

/** @throws Error in a sentence: no git here, no such commit (a shallow clone has few), or one from before the rehearsal */
export function checkOut(reference: string, folder: string): OlderVersion {
  const path = join(folder, 'older');
  let commit: string;
  try {
    commit = git('rev-parse', '--short', '--verify', `${reference}^{commit}`);
    git('worktree', 'add', '--detach', path, commit);
  } catch {
    throw new Error(`Expected a commit of this repository after --from, ${reference} is none that is here.`);
  }
  const remove = (): void => void git('worktree', 'remove', '--force', path);
  // Before that commit no setting led the bot to a stand-in of Microsoft.
  if (!existsSync(join(path, 'test/rehearsal'))) {
    remove();
    throw new Error(`${reference} is from before there was a rehearsal; it knows no way to the stand-in.`);
  }
  symlinkSync(join(root, 'node_modules'), join(path, 'node_modules'));
  return { commit, entry: join(path, 'src/main.ts'), remove };
}
