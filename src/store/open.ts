import type { Settings } from '../settings.ts';
import type { Database } from './database.ts';

/** PostgreSQL where DATABASE_URL names one, otherwise the embedded database in DATA_DIR. */
export async function openDatabase(settings: Settings): Promise<Database> {
  if (settings.databaseUrl !== undefined) return (await import('./database.ts')).openPostgres(settings.databaseUrl);
  const { openEmbedded } = await import('./embedded-database.ts');
  return openEmbedded(settings.dataDir);
}
