import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Whether certificates can be made on this machine. */
export const hasOpenssl = (() => {
  try {
    execFileSync('openssl', ['version'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
})();

export interface Certificates {
  /** For NODE_EXTRA_CA_CERTS. */
  readonly caFile: string;
  readonly key: Buffer;
  readonly cert: Buffer;
}

/** An authority of one test run and a certificate of it for `hosts`; both are worth nothing after a day. */
export function makeCertificates(folder: string, hosts: readonly string[]): Certificates {
  const path = (name: string) => join(folder, name);
  const openssl = (...args: string[]) => execFileSync('openssl', args, { stdio: 'ignore', cwd: folder });
  const key = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes'];
  openssl('req', '-x509', ...key, '-days', '1', '-subj', '/CN=Test authority', '-keyout', 'ca.key', '-out', 'ca.pem');
  openssl('req', ...key, '-subj', '/CN=Stand-in', '-keyout', 'leaf.key', '-out', 'leaf.csr');
  writeFileSync(path('leaf.ext'), `subjectAltName=${hosts.map((host) => `DNS:${host}`).join(',')},IP:127.0.0.1\n`);
  const signed = ['-CA', 'ca.pem', '-CAkey', 'ca.key', '-CAcreateserial', '-days', '1', '-extfile', 'leaf.ext'];
  openssl('x509', '-req', '-in', 'leaf.csr', ...signed, '-out', 'leaf.pem');
  return { caFile: path('ca.pem'), key: readFileSync(path('leaf.key')), cert: readFileSync(path('leaf.pem')) };
}
