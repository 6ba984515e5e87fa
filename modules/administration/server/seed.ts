import { ROLE_PERMISSIONS } from '../domain/index.ts';

interface Queryable {
  query(sql: string, params: unknown[]): Promise<unknown>;
}

/**
 * First rights of the roles. A permission is given once, when the system first knows it: what an administrator took away later
 * stays away, and a new version brings the rights of what is new in it.
 */
export async function seedRoles(database: Queryable): Promise<void> {
  const rights = Object.entries(ROLE_PERMISSIONS).flatMap(([role, permissions]) => permissions.map((permission) => ({ role, permission })));
  const permissions = rights.map(({ permission }) => permission);
  await database.query(
    `insert into administration.role_permission (role, permission)
     select r.role, r.permission from unnest($1::text[], $2::text[]) r (role, permission)
     where not exists (select from administration.permission_offered o where o.permission = r.permission)
     on conflict do nothing`,
    [rights.map(({ role }) => role), permissions],
  );
  await database.query('insert into administration.permission_offered select distinct unnest($1::text[]) on conflict do nothing', [permissions]);
}
