import { BENEFITS_API, type BenefitsApi, type Form2, type Form2Row } from '@komplat/benefits/contract';
import { assert, forbidden, Money, notFound, Period } from '@komplat/kernel';
import { REGISTRY_API, type RegistryApi } from '@komplat/registry/contract';
import { type Actor, audit, Database } from '@komplat/server';
import { Inject, Injectable } from '@nestjs/common';
import type { Form2Lanes, Form2View } from '../../contract/form2.schema.ts';
import { type Booked, type Form2World, NO_RIGHT, partsOf, type Right, rowsOf } from './form2-rows.ts';
import { seenInTotals } from './visibility.ts';

/** Benefits in the books of a month; what recalculations posted for earlier months stands apart. $1 month, $2 providers or null. */
const LANES = `
  select p.code as provider, p.short_name as name, count(distinct e.account_id)::int as accounts,
    -coalesce(sum(e.amount_kop) filter (where e.for_period = e.period), 0)::bigint as of_month,
    -coalesce(sum(e.amount_kop) filter (where e.for_period <> e.period), 0)::bigint as of_earlier
  from billing.ledger_entry e join tariffs.pub_provider_v1 p on p.id = e.provider_id
  where e.period = $1 and e.kind = 3 and ($2::text[] is null or p.code = any($2)) group by p.code, p.short_name order by p.code`;
const BOOKED = `
  select e.account_id, e.service_id, s.code as service, s.name as service_name, e.for_period as month, -sum(e.amount_kop)::bigint as kop
  from billing.ledger_entry e join tariffs.pub_service_v1 s on s.id = e.service_id
  where e.period = $1 and e.provider_id = $2 and e.kind = 3
  group by e.account_id, e.service_id, s.code, s.name, e.for_period having sum(e.amount_kop) <> 0 order by 1, 2, 5`;
const ACCOUNTS = `
  select a.account_id as id, a.number, d.address, h.full_name as holder from registry.pub_account_v1 a
  join registry.pub_address_v1 d on d.premises_id = a.premises_id join registry.pub_holder_v1 h on h.account_id = a.account_id
  where a.account_id = any($1::int[])`;
/** The newest right of an account stands last. */
const RIGHTS = `
  select holding_id::text as holding, account_id, person_id::text as person, category from benefits.pub_holding_v1
  where account_id = any($1::int[]) order by account_id, upper(valid) nulls last, holding_id`;
const PERSONS = 'select person_id::text as id, full_name as name from registry.pub_person_v1 where person_id = any($1::uuid[])';
const CATEGORIES = `
  select code, name, edarp_code as "edarpCode", percent::text as percent from benefits.pub_category_v1
  where valid && daterange($1, $2) order by code, valid`;

interface ProviderRow {
  readonly id: number;
  readonly code: string;
  readonly name: string;
  readonly edrpou: string;
}
/** The form of a provider and month with its file. */
export interface MadeForm2 {
  readonly provider: ProviderRow;
  readonly month: Period;
  readonly form: Form2;
  /** Names of the services of the form by their codes. */
  readonly names: ReadonlyMap<string, string>;
  readonly dbf: Uint8Array;
}

/** Form 2-benefit (order of Minpratsi 535 of 04.10.2007, law.md 2.5): every kopeck of benefits in the books of a month, by persons. */
@Injectable()
export class Form2Service {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(BENEFITS_API) private readonly benefits: BenefitsApi,
    @Inject(REGISTRY_API) private readonly registry: RegistryApi,
  ) {}

  async lanes(month: string, actor: Actor): Promise<Form2Lanes> {
    const rows = await this.database.query<{ provider: string; name: string; accounts: number; of_month: bigint; of_earlier: bigint }>(LANES, [
      Period.parse(month).firstDay, seenInTotals(actor),
    ]);
    const money = (kop: bigint): string => Money.ofKop(kop).toString();
    const items = rows.map(({ provider, name, accounts, of_month: own, of_earlier: earlier }) => ({
      provider, providerName: name, accounts, ofMonth: money(own), ofEarlier: money(earlier), total: money(own + earlier),
    }));
    return { month, items, total: money(rows.reduce((sum, row) => sum + row.of_month + row.of_earlier, 0n)) };
  }

  async view(code: string, month: string, actor: Actor): Promise<Form2View> {
    const { provider, form } = await this.make(code, month, actor);
    return {
      month,
      provider: provider.code,
      providerName: provider.name,
      records: form.records.length,
      categories: form.blocks.map(({ category, categoryName: name, persons, covered, total }) => ({ category, name, persons, covered, total: total.toString() })),
      total: form.total.toString(),
      problems: form.problems.map(({ code: key, params }) => ({ key: `error.${key}`, params })),
    };
  }

  /** The form for a file; it names persons, so who took it stands in the audit. */
  async taken(code: string, month: string, format: 'dbf' | 'pdf', actor: Actor): Promise<MadeForm2> {
    const made = await this.make(code, month, actor);
    await this.database.transaction((tx) =>
      audit(tx, { actor, action: 'billing.form2.export', subject: `provider/${code}`, after: { month, format, records: made.form.records.length } }),
    );
    return made;
  }

  private async make(code: string, month: string, actor: Actor): Promise<MadeForm2> {
    const period = Period.parse(month);
    const provider = await this.provider(code, actor);
    const booked = await this.database.query<Booked>(BOOKED, [period.firstDay, provider.id]);
    const world = await this.world(provider, period, booked, actor);
    const rows: Form2Row[] = [];
    for (const first of new Set(booked.map((line) => line.month))) {
      const lines = booked.filter((line) => line.month === first);
      const parts = await partsOf(this.database, first, provider.id, [...new Set(lines.map((line) => line.account_id))]);
      for (const line of lines) rows.push(...rowsOf(line, parts.get(`${line.account_id}/${line.service_id}`) ?? [], world));
    }
    const { dbf, form } = await this.benefits.form2(rows, period.next().firstDay);
    const ledger = booked.reduce((sum, { kop }) => sum + kop, 0n);
    assert(form.total.kop === ledger, `form 2-benefit ${form.total.toString()} is not the ledger ${ledger}`);
    return { provider, month: period, form: withoutRights(form), names: new Map(booked.map((line) => [line.service, line.service_name])), dbf };
  }

  private async provider(code: string, actor: Actor): Promise<ProviderRow> {
    const seen = seenInTotals(actor);
    if (seen !== null && !seen.includes(code)) throw forbidden('billing.form2.provider', { provider: code });
    const [row] = await this.database.query<ProviderRow>(
      'select id, code, short_name as name, edrpou from tariffs.pub_provider_v1 where code = $1', [code],
    );
    if (!row) throw notFound('billing.form2.provider', { provider: code });
    return row;
  }

  private async world({ code, edrpou }: ProviderRow, month: Period, booked: readonly Booked[], { login }: Actor): Promise<Form2World> {
    const ids = [...new Set(booked.map((line) => line.account_id))];
    const accounts = await this.database.query<{ id: number; number: string; address: string; holder: string }>(ACCOUNTS, [ids]);
    const rights = await this.database.query<Right & { account_id: number }>(RIGHTS, [ids]);
    const persons = [...new Set(rights.map(({ person }) => person))];
    const names = await this.database.query<{ id: string; name: string }>(PERSONS, [persons]);
    const codes = await this.registry.personCodes(persons, { by: login, subject: `form2/${code}/${month.toString()}` });
    const months = booked.map((line) => line.month).toSorted();
    const categories = await this.database.query<{ code: string; name: string; edarpCode: string | null; percent: string }>(CATEGORIES, [
      months[0] ?? month.firstDay, month.next().firstDay,
    ]);
    return {
      edrpou,
      month,
      accounts: new Map(accounts.map((row) => [row.id, row])),
      rights: new Map(rights.map((row) => [row.holding, row])),
      ofAccount: new Map(rights.map((row) => [row.account_id, row])),
      names: new Map(names.map(({ id, name }) => [id, name])),
      taxNumbers: new Map([...codes].map(([person, { taxNumber }]) => [person, taxNumber])),
      categories: new Map(categories.map((row) => [row.code, row])),
    };
  }
}

/** A benefit without a right is a problem of its own, not one of codes. */
function withoutRights(form: Form2): Form2 {
  const problems = form.problems.filter(({ params }) => params['category'] !== NO_RIGHT);
  if (problems.length === form.problems.length) return form;
  const lines = form.blocks.find(({ category }) => category === NO_RIGHT)?.lines ?? [];
  const params = { accounts: [...new Set(lines.map(({ second }) => second.account))].slice(0, 20).join(', ') };
  return { ...form, problems: [{ code: 'billing.form2.no-right', params }, ...problems] };
}
