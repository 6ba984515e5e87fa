import { Period } from '@komplat/kernel';
import type { DemoCity, DemoData } from '@komplat/plugin-api';
import { Database, type Tx, withoutTimeLimit } from '@komplat/server';
import { Inject, Injectable } from '@nestjs/common';
import { AWARDS, CITY_CATEGORY, COVERED, FAMILY_OF_FOUR, FIRST_RETURN, HOLDINGS, SHARE_TABLES } from './shares.ts';

/** Holders of benefits and awards of subsidies by the shares of the city's profile; set-based, the same for one seed. */
@Injectable()
export class BenefitsDemo implements DemoData {
  constructor(@Inject(Database) private readonly database: Database) {}

  async create(city: DemoCity): Promise<void> {
    const current = Period.parse(city.current);
    const [from, until] = [current.plus(-city.months).firstDay, current.next().firstDay];
    const done = await this.database.transaction(async (tx) => {
      await withoutTimeLimit(tx);
      await tx.query(CITY_CATEGORY);
      await tx.query(SHARE_TABLES);
      const drawn = await count(tx, HOLDINGS, [String(city.seed), from, `${city.current}-23`]);
      const holdings = drawn + (await count(tx, FAMILY_OF_FOUR, [String(city.seed), `${city.current}-23`]));
      await tx.query('analyze benefits.holding');
      const persons = await count(tx, COVERED, [String(city.seed)]);
      const awards = await count(tx, AWARDS, [String(city.seed), from, until]);
      await tx.query(FIRST_RETURN);
      await tx.query('analyze benefits.covered_person, benefits.award');
      const [made] = await tx.query<{ rows: number }>('select benefits.refresh_entitlement(null) as rows');
      return { holdings, persons, awards, entitlements: made?.rows ?? 0 };
    });
    const { holdings, persons, awards, entitlements } = done;
    city.note(`benefits: ${holdings} holders, ${persons} covered, ${awards} awards, ${entitlements} entitlements`);
  }
}

async function count(tx: Tx, sql: string, params: readonly unknown[]): Promise<number> {
  const [row] = await tx.query<{ made: number }>(`with made as (${sql} returning 1) select count(*)::int as made from made`, params);
  return row?.made ?? 0;
}
