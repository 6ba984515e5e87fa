import { conflict, DomainError } from '@komplat/kernel';
import { type Actor, audit, Database, may, publish, Vault } from '@komplat/server';
import { Inject, Injectable } from '@nestjs/common';
import type { AccountDone, SupplyContract, SupplyContracts } from '../../contract/account-ops.schema.ts';
import { accountChanged } from '../../contract/events.ts';
import { REGISTRY_PERMISSIONS as P } from '../../contract/permissions.ts';
import { putContract } from '../changes/contract-terms.ts';
import { AccountOps } from './account-ops.service.ts';
import { AccountService } from '../services/account.service.ts';

/** Terms of the supplies of an account: number, date, kind, penalty, day of payment, with both times. */
@Injectable()
export class SupplyContractsService {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(Vault) readonly vault: Vault,
    @Inject(AccountService) private readonly accounts: AccountService,
    @Inject(AccountOps) private readonly ops: AccountOps,
  ) {}

  async list(number: string, query: { readonly asOf?: string | undefined; readonly knownAt?: string | undefined }, actor: Actor): Promise<SupplyContracts> {
    await this.accounts.mustSee(number, actor);
    const [account] = await this.database.query<{ version: number }>('select version from registry.account where number = $1', [number]);
    const knownAt = query.knownAt ? `${query.knownAt}T23:59:59Z` : new Date().toISOString();
    const items = await this.database.query<SupplyContracts['items'][number]>(LIST_SQL, [number, query.asOf ?? null, knownAt]);
    return { version: account?.version ?? 0, items };
  }

  async save(number: string, contract: SupplyContract, actor: Actor): Promise<AccountDone> {
    const { version, supplyId, from, to, reason, document, ...terms } = contract;
    return this.ops.change(number, version, actor, { reason, document }, async (work) => {
      const { tx, account } = work;
      const span = work.span(from, to);
      if (work.backdated() && !may(actor, P.accountCorrect.id)) {
        throw new DomainError('registry.change.correction-needs-right', { permission: P.accountCorrect.id, day: from }, 403);
      }
      const [supply] = await tx.query('select 1 from tariffs.pub_supply_v1 where supply_id = $1 and account_id = $2', [supplyId, account.id]);
      if (!supply) throw new DomainError('registry.contract.supply-unknown', { number }, 404);
      await putContract(work, supplyId, span, terms);
      if (work.items.length === 0) throw conflict('registry.change.nothing', {});
      await audit(tx, { actor, action: 'registry.contract.save', subject: `account/${number}`, after: { supplyId, from }, reason });
      await publish(tx, accountChanged, `account/${account.id}`, { accountId: account.id, fields: ['contract'], from });
    });
  }
}

const LIST_SQL = `
  select s.supply_id as "supplyId", v.name as service, p.short_name as provider, c.number, c.signed_on as "signedOn", c.kind,
    c.penalty_rate::text as "penaltyRate", coalesce(c.due_day, s.due_day)::int as "dueDay", lower(c.valid)::text as "from",
    case when upper_inf(c.valid) then null else (upper(c.valid) - 1)::text end as "to"
  from registry.account a join tariffs.pub_supply_v1 s on s.account_id = a.id and s.valid @> coalesce($2::date, platform.today())
  join tariffs.pub_service_v1 v on v.id = s.service_id join tariffs.pub_provider_v1 p on p.id = s.provider_id
  left join registry.supply_contract c on c.supply_id = s.supply_id and c.known @> $3::timestamptz and c.valid @> coalesce($2::date, platform.today())
  where a.number = $1 order by v.pay_order, p.code`;
