import { DomainError, Money } from '@komplat/kernel';
import type { Tx } from '@komplat/server';
import type { HoldingAdd } from '../../contract/holding.schema.ts';
import type { AccountRow } from './holdings.service.ts';

interface CategoryRow {
  readonly income_rule: string;
  readonly coverage: string;
}
interface HeldRow {
  readonly category: string;
  readonly number: string | null;
  readonly from: string;
  readonly to: string | null;
}

/**
 * Whether the right may be written: the account is open, the category exists on the day, every person lives there then, nobody holds two
 * rights in the same days, and a proved income lies within the limit where the category asks for it (law.md 2.1, 2.2).
 */
export async function checkHolding(tx: Tx, account: AccountRow, body: HoldingAdd): Promise<{ income: Money | null }> {
  if (body.to !== null && body.to < body.from) throw new DomainError('benefits.category.days', { from: body.from, to: body.to });
  if (account.closedOn !== null && account.closedOn <= body.from) {
    throw new DomainError('benefits.account.closed', { number: account.number, day: account.closedOn });
  }
  const category = await categoryOn(tx, body);
  await mustLiveThere(tx, account, body);
  await mustBeFree(tx, body);
  const family = body.covered.some(({ personId }) => personId !== body.personId);
  if (category.coverage === 'holder' && family) throw new DomainError('benefits.holding.no-family', { category: body.category });
  return { income: category.income_rule === 'tested' ? await provedIncome(tx, body) : null };
}

async function categoryOn(tx: Tx, { category, from }: HoldingAdd): Promise<CategoryRow> {
  const [row] = await tx.query<CategoryRow>(
    `select income_rule, coverage from benefits.category where upper_inf(known) and code = $1 and valid @> $2::date`,
    [category, from],
  );
  if (!row) throw new DomainError('benefits.category.unknown', { category, day: from });
  return row;
}

async function mustLiveThere(tx: Tx, account: AccountRow, { personId, covered, from }: HoldingAdd): Promise<void> {
  const persons = [personId, ...covered.map((person) => person.personId)];
  const [away] = await tx.query<{ holder: boolean }>(
    `select p = $3::uuid as holder from unnest($2::uuid[]) p
     where not exists (select from registry.pub_residence_v1 r
       where r.premises_id = $1 and r.person_id = p and r.kind <> 'owner' and r.valid @> $4::date)
     order by 1 desc limit 1`,
    [account.premisesId, persons, personId, from],
  );
  if (away) {
    const code = away.holder ? 'benefits.holding.not-resident' : 'benefits.holding.covered-not-resident';
    throw new DomainError(code, { number: account.number, day: from });
  }
}

async function mustBeFree(tx: Tx, { personId, from, to }: HoldingAdd): Promise<void> {
  const [held] = await tx.query<HeldRow>(
    `select h.category, a.number, lower(h.valid)::text as "from", (upper(h.valid) - 1)::text as "to"
     from benefits.holding h left join registry.pub_account_v1 a on a.account_id = h.account_id
     where upper_inf(h.known) and h.person_id = $1 and h.valid && daterange($2::date, $3::date, '[]') order by 3 limit 1`,
    [personId, from, to],
  );
  if (held) {
    const params = { category: held.category, number: held.number ?? '', from: held.from, to: held.to ?? '…' };
    throw new DomainError('benefits.holding.overlap', params, 409);
  }
}

async function provedIncome(tx: Tx, { category, from, incomePerPerson }: HoldingAdd): Promise<Money> {
  if (incomePerPerson === null) throw new DomainError('benefits.income.needed', { category });
  const income = Money.parse(incomePerPerson);
  const [limit] = await tx.query<{ value: string }>(
    `select value from benefits.parameter where code = 'income-limit' and valid @> $1::date`,
    [from],
  );
  if (!limit) throw new DomainError('benefits.parameter.missing', { parameter: 'income-limit', year: from.slice(0, 4) });
  if (income.isNegative() || income.cmp(Money.parse(limit.value)) > 0) {
    throw new DomainError('benefits.income.above-limit', { income: income.toString(), limit: Money.parse(limit.value).toString() });
  }
  return income;
}
