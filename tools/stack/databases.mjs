// Roles, database and extensions, made idempotently by the superuser.
import { StackError } from './util.mjs';

const roles = {
  komplat_owner: 'CREATEDB NOCREATEROLE NOSUPERUSER',
  komplat_app: 'NOCREATEDB NOCREATEROLE NOSUPERUSER',
  komplat_close: 'NOCREATEDB NOCREATEROLE NOSUPERUSER',
  komplat_report: 'NOCREATEDB NOCREATEROLE NOSUPERUSER',
};
const extensions = ['btree_gist', 'pg_trgm', 'pgcrypto'];
const database = 'komplat';

async function withClient(url, work) {
  const { default: pg } = await import('pg');
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

const inDatabase = (url, name) => {
  const changed = new URL(url);
  changed.pathname = `/${name}`;
  return changed.href;
};

/** Makes roles with their passwords, the database `komplat` and the extensions there and in template1. */
export async function ensureDatabases(adminUrl, secrets) {
  await withClient(adminUrl, async (client) => {
    for (const [role, attributes] of Object.entries(roles)) {
      const password = secrets[`${role.toUpperCase()}_PASSWORD`];
      if (!password) throw new StackError(`${role.toUpperCase()}_PASSWORD is not set`);
      const { rowCount } = await client.query('SELECT 1 FROM pg_roles WHERE rolname = $1', [role]);
      const verb = rowCount ? 'ALTER' : 'CREATE';
      await client.query(`${verb} ROLE ${role} LOGIN ${attributes} PASSWORD ${client.escapeLiteral(password)}`);
    }
    const { rowCount } = await client.query('SELECT 1 FROM pg_database WHERE datname = $1', [database]);
    if (!rowCount) await client.query(`CREATE DATABASE ${database} OWNER komplat_owner TEMPLATE template0`);
    await client.query(`REVOKE CONNECT, TEMPORARY ON DATABASE ${database} FROM PUBLIC`);
    await client.query(
      `GRANT CONNECT, TEMPORARY ON DATABASE ${database} TO komplat_app, komplat_close, komplat_report`,
    );
  });
  for (const name of ['template1', database]) {
    await withClient(inDatabase(adminUrl, name), async (client) => {
      for (const extension of extensions) await client.query(`CREATE EXTENSION IF NOT EXISTS ${extension}`);
    });
  }
}

/** True when the database holds a city that was created or brought over: it has accounts. */
export function hasCity(ownerUrl) {
  return withClient(ownerUrl, async (client) => {
    const { rows } = await client.query("SELECT to_regclass('registry.account') IS NOT NULL AS known");
    if (!rows[0].known) return false;
    return (await client.query('SELECT 1 FROM registry.account LIMIT 1')).rowCount > 0;
  });
}

/** Removes the database, for a training city whose making was interrupted. */
export async function dropDatabase(adminUrl) {
  await withClient(adminUrl, (client) => client.query(`DROP DATABASE IF EXISTS ${database} WITH (FORCE)`));
}
