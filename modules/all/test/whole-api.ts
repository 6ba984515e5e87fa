import { seedRoles } from '@komplat/administration/server';
import { testApi, type TestApi, type TestApiOptions } from '@komplat/testing';
import { readCatalogue } from '../messages.ts';
import { plugins } from '../server.ts';

/** The API of all modules with the first rights of the roles, on a fresh database unless one is given. */
export const wholeApi = (options: Partial<TestApiOptions> = {}): Promise<TestApi> =>
  testApi({
    plugins,
    catalogue: readCatalogue(plugins.map(({ id }) => id)),
    seed: (owner) => seedRoles({ query: (sql, params) => owner.query(sql, params) }),
    ...options,
  });
