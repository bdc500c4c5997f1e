import { readFileSync } from 'node:fs';
import { licencesOf, type LockFile } from '../../scripts/supply-chain/licences.ts';

const rows = licencesOf(JSON.parse(readFileSync('package-lock.json', 'utf8')) as LockFile);
const { allowScripts } = JSON.parse(readFileSync('package.json', 'utf8')) as { allowScripts: Record<string, boolean> };

/** Licences that ask for nothing but to be named. */
const free = [
  'MIT',
  'MIT-0',
  'Apache-2.0',
  'BSD-2-Clause',
  'BSD-3-Clause',
  'ISC',
  '0BSD',
  'BlueOak-1.0.0',
  'Unlicense',
];
const isFree = (licence: string) =>
  licence
    .replace(/[()]/g, '')
    .split(' OR ')
    .some((one) => one.split(' AND ').every((part) => free.includes(part)));

/** Packages with another licence, looked at one by one. */
const lookedAt: Readonly<Record<string, string>> = {
  // Python's licence, free as well; only development tools load it.
  argparse: 'PSF-2.0',
  // Data about browsers, for the coverage tool of the tests; asks to be named.
  'caniuse-lite': 'CC-BY-4.0',
  // The licence file of one and the readme of the other say MIT; only their package.json does not.
  jspath: 'not said',
  'escape-regexp-component': 'not said',
};

describe('what comes from elsewhere', () => {
  test('every package is held by the sum of its bytes', () => {
    expect(rows.length).toBeGreaterThan(200);
    expect(rows.filter((row) => !row.pinned).map((row) => row.path)).toEqual([]);
  });

  test('every install script is decided on in package.json', () => {
    const undecided = rows.filter((row) => row.hasInstallScript && !Object.hasOwn(allowScripts, row.name));
    expect(undecided.map((row) => row.name)).toEqual([]);
  });

  test('only the install script of node runs', () => {
    expect(Object.keys(allowScripts).filter((name) => allowScripts[name])).toEqual(['node']);
  });

  test('every licence is free, or was looked at', () => {
    const others = rows.filter((row) => !isFree(row.licence) && lookedAt[row.name] !== row.licence);
    expect(others.map(({ name, licence, dev }) => ({ name, licence, dev }))).toEqual([]);
  });
});
