import { Inject, Injectable } from '@nestjs/common';
import { DomainError } from '@komplat/kernel';
import { type Actor, Database, PROFILE, seesEverything } from '@komplat/server';
import { ROLE_PERMISSIONS } from '../../domain/index.ts';
import type { Me, People } from '../../contract/me.schema.ts';

@Injectable()
export class MeService {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(PROFILE) private readonly profile: Me['profile'],
  ) {}

  async me(actor: Actor): Promise<Me> {
    const [row] = await this.database.query<{ today: string | null }>('select platform.today() as today');
    if (!row?.today) throw new DomainError('administration.no-operating-day', {}, 503);
    return {
      login: actor.login,
      fullName: actor.fullName,
      roles: actor.roles.filter((role) => role in ROLE_PERMISSIONS),
      permissions: [...actor.permissions].toSorted(),
      scopes: actor.scopes.map(({ kind, value }) => ({ kind, value })),
      today: row.today,
      period: row.today.slice(0, 7),
      profile: this.profile,
    };
  }

  /** Colleagues by login. Who sees only a part of the data learns only the own name. */
  async people(actor: Actor): Promise<People> {
    const rows = await this.database.query<{ login: string; name: string }>(
      'select login, full_name as name from administration.app_user where $1 or login = $2 order by login limit 2000',
      [seesEverything(actor), actor.login],
    );
    return { names: Object.fromEntries(rows.map(({ login, name }) => [login, name])) };
  }
}
