import { ROLE_PERMISSIONS } from '../domain/index.ts';

interface Queryable {
  query(sql: string, params: unknown[]): Promise<unknown>;
}

/** First rights of the roles. A role that has rights already is left as its administrator set it. */
export async function seedRoles(database: Queryable): Promise<void> {
  for (const [role, permissions] of Object.entries(ROLE_PERMISSIONS)) {
    await database.query(
      `insert into administration.role_permission (role, permission) select $1, p from unnest($2::text[]) p
       where not exists (select 1 from administration.role_permission where role = $1)`,
      [role, permissions],
    );
  }
}
