import { cpSync, rmSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { shippedData } from '../src/playbook/load.ts';
import { usualCards } from './usual-cards.ts';

/**
 * Makes `dist/`: the production entry in a few files, with the data that it reads beside it (`cards/` is read from
 * where it is). Starting it opens a handful of files instead of a thousand. Only the embedded database stays in
 * `node_modules`, since it looks for its own files by path.
 */
rmSync('dist', { recursive: true, force: true });
await build({
  // The second is loaded late, by its name.
  entryPoints: ['src/main.ts', 'src/bot/templating.ts'],
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
  plugins: [
    {
      name: 'yaml',
      setup({ onResolve }) {
        const path = fileURLToPath(new URL('../src/playbook/yaml-bundled.ts', import.meta.url));
        onResolve({ filter: /\/yaml-package\.ts$/ }, () => ({ path }));
      },
    },
  ],
  minifySyntax: true,
  minifyWhitespace: true,
  logLevel: 'warning',
});
cpSync('src/store/migrations', 'dist/migrations', { recursive: true });
for (const part of ['asa.yaml', 'asa-guide.yaml']) cpSync(`src/playbook/${part}`, `dist/${part}`);
writeFileSync('dist/asa.json', JSON.stringify(shippedData()));
writeFileSync('dist/expanded.json', JSON.stringify(await usualCards()));
cpSync('src/understanding/weights.json', 'dist/weights.json');
cpSync('src/features/message-check/learned/sentence-weights.json', 'dist/sentence-weights.json');
process.stdout.write('dist/main.mjs is ready: node dist/main.mjs\n');
