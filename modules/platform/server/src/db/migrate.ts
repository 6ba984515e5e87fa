import type { Composition } from '@komplat/plugin-api';
import pg from 'pg';
import { createOrm } from './orm.ts';

export interface MigrateResult {
  readonly applied: readonly string[];
  readonly partitions: number;
  readonly drift: string;
}
const ADVISORY_LOCK = 7_311_406;
const FIRST_YEAR = 1997;
const YEARS_AHEAD = 2;

/**
 * Brings a database to the state of the code: waits for its turn, applies what is missing in one order over all
 * modules, makes the partitions ahead, grants rights by the tables' comments, and compares entities with tables.
 */
export async function migrate(ownerUrl: string, composition: Composition, lastYear: number): Promise<MigrateResult> {
  const client = new pg.Client({ connectionString: ownerUrl });
  await client.connect();
  try {
    await client.query('select pg_advisory_lock($1)', [ADVISORY_LOCK]);
    await client.query('create schema if not exists platform');
    const applied = await applyMigrations(ownerUrl, composition);
    const partitions = await makePartitions(client, lastYear + YEARS_AHEAD);
    await grant(client, composition.order.map((plugin) => plugin.dbSchema));
    return { applied, partitions, drift: await findDrift(ownerUrl, composition) };
  } finally {
    await client.end();
  }
}

async function applyMigrations(ownerUrl: string, composition: Composition): Promise<string[]> {
  const orm = await createOrm(ownerUrl, composition);
  try {
    const applied = await orm.migrator.up();
    return applied.map((migration) => migration.name);
  } finally {
    await orm.close();
  }
}

/** Indexes, checks, keys and partitions are SQL of the migrations; the comparison speaks of tables and columns. */
const COLUMNS = /^(create table|drop table)|\b(add|drop|rename) column\b|\balter column\b.*\b(type|(set|drop) not null)\b/i;

async function findDrift(ownerUrl: string, composition: Composition): Promise<string> {
  const orm = await createOrm(ownerUrl, composition);
  try {
    const statements = (await orm.schema.getUpdateSchemaSQL({ safe: false })).split(/;\s*\n/);
    return statements.map((statement) => statement.trim()).filter((statement) => COLUMNS.test(statement)).join(';\n');
  } finally {
    await orm.close();
  }
}

/** Tables by period are cut by year, in the sibling schema `<module>_part`; there is no default partition. */
async function makePartitions(client: pg.Client, lastYear: number): Promise<number> {
  const { rows } = await client.query<{ schema: string; name: string }>(
    `select n.nspname as schema, c.relname as name from pg_partitioned_table p
     join pg_class c on c.oid = p.partrelid join pg_namespace n on n.oid = c.relnamespace order by 1, 2`,
  );
  let made = 0;
  for (const { schema, name } of rows) {
    const { rows: present } = await client.query<{ name: string }>(
      'select c.relname as name from pg_class c join pg_namespace n on n.oid = c.relnamespace where n.nspname = $1',
      [`${schema}_part`],
    );
    const existing = new Set(present.map((row) => row.name));
    for (let year = FIRST_YEAR; year <= lastYear; year += 1) {
      if (existing.has(`${name}_${year}`)) continue;
      await client.query(
        `create table ${schema}_part.${name}_${year} partition of ${schema}.${name}
         for values from ('${year}-01-01') to ('${year + 1}-01-01')`,
      );
      made += 1;
    }
  }
  return made;
}

/** Rights of the logins follow the tables' comments: `append-only`, `close-only`, or plain. */
async function grant(client: pg.Client, schemas: readonly string[]): Promise<void> {
  for (const schema of schemas) {
    await client.query(`
      grant usage on schema ${schema} to komplat_app, komplat_close, komplat_report;
      grant select, insert, update, delete on all tables in schema ${schema} to komplat_app, komplat_close;
      grant usage, select on all sequences in schema ${schema} to komplat_app, komplat_close;
      grant execute on all functions in schema ${schema} to komplat_app, komplat_close`);
  }
  await grantStatistics(client, schemas.flatMap((schema) => [schema, `${schema}_part`]));
  const { rows } = await client.query<{ name: string; rule: string }>(
    `select format('%I.%I', n.nspname, c.relname) as name, obj_description(c.oid, 'pg_class') as rule
     from pg_class c join pg_namespace n on n.oid = c.relnamespace
     where n.nspname = any($1) and obj_description(c.oid, 'pg_class') in ('append-only', 'close-only')`,
    [schemas],
  );
  for (const { name, rule } of rows) {
    if (rule === 'append-only') await client.query(`revoke update, delete on ${name} from komplat_app, komplat_close`);
    else await client.query(`revoke insert, update, delete on ${name} from komplat_app`);
  }
  await client.query(`do $$ declare v record; begin
    for v in select schemaname, viewname from pg_views where viewname like 'pub\\_%' loop
      execute format('grant select on %I.%I to komplat_report', v.schemaname, v.viewname); end loop; end $$`);
}

/** Work that loads much at once refreshes the planner's statistics itself: autovacuum comes a minute too late. */
async function grantStatistics(client: pg.Client, schemas: readonly string[]): Promise<void> {
  const { rows } = await client.query<{ schema: string }>(
    'select quote_ident(nspname) as schema from pg_namespace where nspname = any($1)',
    [schemas],
  );
  for (const { schema } of rows) {
    await client.query(`
      grant usage on schema ${schema} to komplat_app, komplat_close;
      grant maintain on all tables in schema ${schema} to komplat_app, komplat_close`);
  }
}
