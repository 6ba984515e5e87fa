import { DomainError } from '@komplat/kernel';
import { type Actor, type Database, type Scope, uuid7 } from '@komplat/server';

interface Row {
  readonly permissions: string[];
  readonly scopes: Scope[];
}
/** Sample users of the demonstration city: login = role. `admin` is the person at the machine of a training site. */
export const SAMPLE_LOGINS = [
  'operator', 'accountant', 'manager', 'cashier', 'process-operator', 'lawyer', 'passport-clerk', 'security-admin', 'service',
] as const;

/** A sample user of the training profile; without a login the first one who holds the permission. */
export async function sampleActor(database: Database, profile: string, login: string | undefined, permission: string): Promise<Actor> {
  if (profile !== 'training') throw new DomainError('cli.sign-in-needed', {}, 401);
  const candidates = login ? [login] : SAMPLE_LOGINS;
  for (const candidate of candidates) {
    const role = candidate.replace(/\d+$/, '');
    const [row] = await database.query<Row>(
      `select coalesce((select array_agg(permission) from administration.role_permission where role = $1), '{}') as permissions,
         coalesce((select jsonb_agg(jsonb_build_object('kind', kind, 'value', value)) from administration.user_scope where login = $2), '[]') as scopes`,
      [role, candidate],
    );
    if (row?.permissions.includes(permission)) {
      const scopes = row.scopes.length > 0 ? row.scopes : [{ kind: 'all', value: '*' } as const];
      return {
        login: candidate, fullName: candidate, kind: 'person', roles: [role], permissions: new Set(row.permissions), scopes,
        requestId: `cli-${uuid7()}`, authTime: Math.floor(Date.now() / 1000),
      };
    }
  }
  throw new DomainError('platform.forbidden', { permission }, 403);
}
