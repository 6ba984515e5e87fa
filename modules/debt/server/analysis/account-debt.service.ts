import { type Actor, Database } from '@komplat/server';
import { Inject, Injectable } from '@nestjs/common';
import type { AccountDebt, DunningOutcome, StepCode } from '../../contract/analysis-dunning.schema.ts';
import { AGES } from '../../contract/analysis-reports.schema.ts';
import { Debtors, kopText } from './debtors.service.ts';
import { Holds } from './holds.service.ts';
import { onlyProviders } from './scope.ts';

/** $1 account, $2 today, $3 codes of providers or null. */
const AGES_OF = `
  select p.code as provider, p.short_name as name, least(6, width_bucket(
      (extract(year from age($2::date, i.due_on)) * 12 + extract(month from age($2::date, i.due_on)))::int + 1, array[2, 4, 7, 13, 25, 37])) as age,
    to_char(i.ends_on, 'YYYY-MM-DD') as ends, sum(i.outstanding_kop)::bigint as kop
  from debt.pub_claimable_v1 i join tariffs.pub_provider_v1 p on p.id = i.provider_id
  where i.account_id = $1 and i.due_on < $2::date and ($3::text[] is null or p.code = any($3)) group by 1, 2, 3, 4 order by 1, 3, 4`;
const NOTICES_OF = `
  select d.code as step, p.code as provider, to_char(d.as_of, 'YYYY-MM-DD') as "on", d.outcome, d.debt_kop from debt.pub_dunning_v1 d
  join tariffs.pub_provider_v1 p on p.id = d.provider_id
  where d.account_id = $1 and d.outcome in ('done', 'held') and ($2::text[] is null or p.code = any($2)) order by d.as_of desc, d.run_id desc limit 50`;

/** Debt of one account for its card. */
@Injectable()
export class AccountDebts {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(Debtors) private readonly debtors: Debtors,
    @Inject(Holds) private readonly holds: Holds,
  ) {}

  /** Refuses 404 `debt.account.unknown`. */
  async of(number: string, actor: Actor): Promise<AccountDebt> {
    const id = await this.holds.account(number, actor);
    const today = await this.debtors.today();
    const only = onlyProviders(actor);
    const items = await this.database.query<{ provider: string; name: string; age: number; ends: string; kop: bigint }>(AGES_OF, [id, today, only]);
    const notices = await this.database.query<{ step: StepCode; provider: string; on: string; outcome: DunningOutcome; debt_kop: bigint }>(
      NOTICES_OF,
      [id, only],
    );
    const ages = new Map<string, { provider: string; providerName: string; at: number; kop: bigint }>();
    for (const { provider, name, age, kop } of items) {
      const key = `${provider} ${age}`;
      ages.set(key, { provider, providerName: name, at: age, kop: (ages.get(key)?.kop ?? 0n) + kop });
    }
    return {
      today,
      total: kopText(items.reduce((sum, { kop }) => sum + kop, 0n)),
      ages: [...ages.values()].map(({ at, kop, ...row }) => ({ ...row, age: AGES[at] ?? '37+', debt: kopText(kop) })),
      limitation: nearest(items, today),
      holds: await this.holds.ofAccount(id, today, actor),
      notices: notices.map(({ debt_kop: kop, ...row }) => ({ ...row, debt: kopText(kop) })),
    };
  }
}

/** The nearest end of limitation that is still to come. */
function nearest(items: readonly { provider: string; ends: string; kop: bigint }[], today: string): AccountDebt['limitation'] {
  const [first] = items.filter(({ ends }) => ends >= today).toSorted((a, b) => (a.ends < b.ends ? -1 : 1));
  if (!first) return null;
  const same = items.filter(({ ends, provider }) => ends === first.ends && provider === first.provider);
  return { day: first.ends, provider: first.provider, debt: kopText(same.reduce((sum, { kop }) => sum + kop, 0n)) };
}
