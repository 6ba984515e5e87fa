import { Migrator } from '@mikro-orm/migrations';
import { MikroORM } from '@mikro-orm/postgresql';
import type { Composition } from '@komplat/plugin-api';

const TRACKING_TABLE = 'schema_migration';

/** Views, triggers, functions, exclusion constraints and partitions are hand-written SQL: the comparison must not see them. */
const comparison = {
  skipViews: [/^pub_/, /\.pub_/],
  ignoreTriggers: true,
  ignoreRoutines: true,
  ignorePolicies: true,
};

/** The ORM over the entities of all modules; migrations of all modules as one list. */
export function createOrm(clientUrl: string, { order, migrations }: Composition): Promise<MikroORM> {
  const entities = order.flatMap((plugin) => [...plugin.entities]);
  const withEntities = new Set(order.filter((plugin) => plugin.entities.length > 0).map((plugin) => plugin.dbSchema));
  const bare = order.map((plugin) => plugin.dbSchema).filter((schema) => !withEntities.has(schema));
  return MikroORM.init({
    clientUrl,
    entities: entities as never,
    discovery: { warnWhenNoEntities: false },
    logger: () => undefined,
    allowGlobalContext: false,
    extensions: [Migrator],
    schemaGenerator: {
      ...comparison,
      ignoreSchema: ['public', 'platform', ...bare, ...order.map((plugin) => `${plugin.dbSchema}_part`)],
      skipTables: [TRACKING_TABLE],
    },
    migrations: {
      tableName: TRACKING_TABLE,
      schema: 'platform',
      snapshot: false,
      transactional: true,
      allOrNothing: false,
      migrationsList: migrations.map(({ name, class: migration }) => ({ name, class: migration })),
    },
  });
}
