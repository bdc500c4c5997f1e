import { cpSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { build } from 'esbuild';
import { parse } from 'yaml';

/**
 * Makes `dist/`: the production entry in a few files, with the data that it reads beside it (`cards/` is read from
 * where it is). Starting it opens a handful of files instead of a thousand. Only the embedded database stays in
 * `node_modules`, since it looks for its own files by path.
 */
rmSync('dist', { recursive: true, force: true });
await build({
  entryPoints: ['src/main.ts'],
  outdir: 'dist',
  bundle: true,
  splitting: true,
  format: 'esm',
  platform: 'node',
  target: 'node24',
  outExtension: { '.js': '.mjs' },
  external: ['@electric-sql/pglite', '@electric-sql/pglite/*', 'pg-native', 'dtrace-provider', 'cloudflare:sockets'],
  // Packages in CommonJS call `require`, which an ES module does not have.
  banner: {
    js: [
      "import { createRequire as __createRequire } from 'node:module';",
      "import { fileURLToPath as __toPath } from 'node:url';",
      "import { dirname as __dirnameOf } from 'node:path';",
      'const require = __createRequire(import.meta.url);',
      'const __filename = __toPath(import.meta.url);',
      'const __dirname = __dirnameOf(__filename);',
    ].join(' '),
  },
  minifySyntax: true,
  minifyWhitespace: true,
  logLevel: 'warning',
});
cpSync('src/store/migrations', 'dist/migrations', { recursive: true });
cpSync('src/playbook/asa.yaml', 'dist/asa.yaml');
writeFileSync('dist/asa.json', JSON.stringify(parse(readFileSync('src/playbook/asa.yaml', 'utf8'))));
cpSync('src/understanding/weights.json', 'dist/weights.json');
process.stdout.write('dist/main.mjs is ready: node dist/main.mjs\n');
