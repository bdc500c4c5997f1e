import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** Installs the peers' own packages beside their bots, when that has not happened yet. False when it cannot be done. */
export function installPeers(): boolean {
  const folder = fileURLToPath(new URL('./peers/', import.meta.url));
  if (existsSync(new URL('./peers/node_modules/@microsoft/teams.apps', import.meta.url))) return true;
  console.log('Installing the peers (once) ...');
  const { status } = spawnSync('npm', ['install', '--no-audit', '--no-fund', '--prefix', folder], {
    stdio: ['ignore', 'ignore', 'inherit'],
    shell: process.platform === 'win32',
  });
  if (status !== 0) console.log('The peers could not be installed, so they are left out.');
  return status === 0;
}
