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
      periods: await this.periods(),
    };
  }

  private periods(): Promise<Me['periods']> {
    return this.database.query(
      `select to_char(period, 'YYYY-MM') as period,
         case when bool_and(state = 'locked') then 'closed' when bool_or(state <> 'open') then 'closing' else 'open' end as state,
         case when bool_and(state = 'locked') then (max(changed_at) at time zone 'Europe/Kyiv')::date end as "closedOn"
       from platform.period_lane
       where period between platform.current_period() - interval '24 months' and platform.current_period() + interval '1 month'
       group by period order by platform.period_lane.period desc`,
    );
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
