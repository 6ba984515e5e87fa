import 'reflect-metadata';
import { compose } from '@komplat/plugin-api';
import { plugins, seedRoles } from '@komplat/all/server';
import { migrate } from '@komplat/server';
import pg from 'pg';

const ownerUrl = process.env.DATABASE_OWNER_URL;
if (!ownerUrl) throw new Error('DATABASE_OWNER_URL is not set: start through "npm start"');

const started = Date.now();
const { applied, partitions, drift } = await migrate(ownerUrl, compose(plugins), new Date().getUTCFullYear());
const client = new pg.Client({ connectionString: ownerUrl });
await client.connect();
await seedRoles(client);
await client.end();
process.stdout.write(`database: ${applied.length} migrations, ${partitions} partitions made in ${Date.now() - started} ms\n`);
if (drift !== '') {
  process.stderr.write(`The database differs from the entities of the code. Missing:\n${drift}\n`);
  process.exitCode = 1;
}
