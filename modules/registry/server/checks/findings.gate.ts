import type { CloseGate } from '@komplat/plugin-api';
import { Database } from '@komplat/server';
import { Inject, Injectable } from '@nestjs/common';

/** Open findings that block, of accounts which the provider supplies in the month; what a person has put aside with a reason does not hold. */
@Injectable()
export class BlockingFindingsGate implements CloseGate {
  constructor(@Inject(Database) private readonly database: Database) {}

  async measure({ providerId, month }: Parameters<CloseGate['measure']>[0]): ReturnType<CloseGate['measure']> {
    const [row] = await this.database.query<{ open: number }>(
      `select count(*)::int as open from registry.finding f where f.state = 'open' and f.severity = 'blocks' and exists (
         select from tariffs.pub_supply_v1 s where s.account_id = f.account_id and s.provider_id = $1
           and s.valid && daterange($2::date, ($2::date + interval '1 month')::date))`,
      [providerId, `${month}-01`],
    );
    const value = row?.open ?? 0;
    return { value, limit: 0, green: value === 0 };
  }
}
