import { Inject, Injectable } from '@nestjs/common';
import { type Actor, type ActorDirectory, Database, type Scope, type TokenClaims } from '@komplat/server';

interface Resolved {
  readonly permissions: ReadonlySet<string>;
  readonly scopes: readonly Scope[];
  readonly until: number;
}
/** Changes of roles and scope take effect within this time. */
const KEPT_MS = 5_000;
const MAX_KEPT = 5_000;

/** Token → permissions (by role, from our table) and data scope. */
@Injectable()
export class DatabaseActorDirectory implements ActorDirectory {
  private readonly kept = new Map<string, Resolved>();

  constructor(@Inject(Database) private readonly database: Database) {}

  async resolve(claims: TokenClaims, requestId: string): Promise<Actor> {
    const key = `${claims.login}|${claims.roles.join(',')}`;
    const known = this.kept.get(key);
    const resolved = known && known.until > Date.now() ? known : await this.load(claims, key);
    return {
      login: claims.login,
      fullName: claims.fullName,
      kind: claims.isPerson ? 'person' : 'client',
      roles: claims.roles,
      permissions: resolved.permissions,
      scopes: resolved.scopes,
      requestId,
      authTime: claims.authTime,
    };
  }

  private async load(claims: TokenClaims, key: string): Promise<Resolved> {
    const [row] = await this.database.query<{ permissions: string[]; scopes: Scope[] }>(
      `select coalesce((select array_agg(distinct permission) from administration.role_permission where role = any($2)), '{}') as permissions,
         coalesce((select jsonb_agg(jsonb_build_object('kind', kind, 'value', value)) from administration.user_scope where login = $1), '[]') as scopes`,
      [claims.login, claims.roles],
    );
    const resolved = { permissions: new Set(row?.permissions ?? []), scopes: row?.scopes ?? [], until: Date.now() + KEPT_MS };
    if (this.kept.size > MAX_KEPT) this.kept.clear();
    this.kept.set(key, resolved);
    if (claims.isPerson) await this.seen(claims);
    return resolved;
  }

  private async seen(claims: TokenClaims): Promise<void> {
    await this.database.query(
      `insert into administration.app_user (login, subject, full_name, last_seen) values ($1, $2, $3, now())
       on conflict (login) do update set full_name = excluded.full_name, last_seen = now()`,
      [claims.login, claims.subject, claims.fullName],
    );
  }
}
