/** `npm run bench:peers`: the same table with the echo bots of the newer SDKs in it. */
process.argv.push('--peers');
await import('./run.ts');
export {};
