import { Period } from '@komplat/kernel';
import type { DemoCity, DemoData } from '@komplat/plugin-api';
import { type Cell, cityTable, copyRows, Database, ranges, sideBySide, type Tx, generously } from '@komplat/server';
import { Inject, Injectable } from '@nestjs/common';
import { normRows, providerId, providerRows, serviceIds, serviceRows, tariffRows } from './catalogue.ts';
import { heatingSeasons, type Season } from './seasons.ts';
import { managerOf, type SupplyPlan, SupplyPlanner } from './supplies.ts';

interface AccountRow {
  readonly account_id: number;
  readonly opened_on: string;
  readonly house_code: string;
  readonly total_area: string;
}
const CHUNK = 1_000;
const [BY, REASON] = ['city', 'перенесення даних'];
const SUPPLY_TARGET = `tariffs.supply (account_id, service_id, provider_id, method, variant, equipment, due_day,
  contract_date,
  valid, known, reason, recorded_by)`;

/** Services, providers with their condominiums, tariffs, norms, and the supplies of every account. */
@Injectable()
export class TariffsDemo implements DemoData {
  constructor(@Inject(Database) private readonly database: Database) {}

  async create(city: DemoCity): Promise<void> {
    const current = Period.parse(city.current);
    const first = current.plus(-city.months);
    const seasons = heatingSeasons(city.seed, first.year, current.year);
    await this.database.transaction((tx) => this.catalogue(tx, seasons));
    let supplies = 0;
    await sideBySide(ranges(city.accounts, CHUNK), async ([from, to]) => {
      const rows = await this.accounts(from, to);
      const planned = [...this.supplyRows(city, first.firstDay, rows)];
      await this.database.transaction(async (tx) => {
        await generously(tx);
        await copyRows(tx, SUPPLY_TARGET, planned);
      });
      supplies += planned.length;
    });
    city.note(`tariffs: ${supplies} supplies`);
  }

  private async catalogue(tx: Tx, seasons: readonly Season[]): Promise<void> {
    const houses = await tx.query<{ code: string }>(
      `select distinct house_code as code from registry.pub_address_v1 where house_code not like '%-%' order by 1`,
    );
    const rows = new Map(cityTable('houses').map((row) => [row.text('house_id'), row]));
    const managers = houses.map(({ code }) => {
      const row = rows.get(code);
      return row ? managerOf(row, code) : '';
    });
    const condominiums = new Set(managers.filter((code) => code.startsWith('O')));
    await copyRows(tx, SERVICE_TARGET, serviceRows());
    await copyRows(tx, PROVIDER_TARGET, providerRows(condominiums));
    await copyRows(tx, TARIFF_TARGET, tariffRows(condominiums));
    await copyRows(
      tx,
      'tariffs.norm (id, code, purpose, service_id, equipment, unit, per, value, valid, act, mark)',
      normRows(),
    );
    await copyRows(tx, 'tariffs.parameter (code, value, valid, act, mark)', seasonRows(seasons));
  }

  private accounts(from: number, to: number): Promise<AccountRow[]> {
    return this.database.query<AccountRow>(
      `select a.account_id, a.opened_on, d.house_code, f.total_area
        from registry.pub_account_v1 a join registry.pub_address_v1 d on d.premises_id = a.premises_id
        join registry.pub_premises_fact_v1 f on f.premises_id = a.premises_id and upper_inf(f.valid)
        where a.account_id between $1 and $2 order by a.account_id`,
      [from, to],
    );
  }

  private *supplyRows(
    city: DemoCity,
    historyFrom: string,
    accounts: readonly AccountRow[],
  ): Generator<readonly Cell[]> {
    const houses = new Map(cityTable('houses').map((row) => [row.text('house_id'), row]));
    const services = serviceIds();
    const planner = new SupplyPlanner();
    for (const row of accounts) {
      const house = houses.get(row.house_code.split('-')[0] ?? '');
      if (!house) throw new RangeError(`house ${row.house_code} is not in the data of the city`);
      const frame = {
        account: row.account_id,
        openedOn: row.opened_on,
        house,
        houseCode: row.house_code,
        area: Number(row.total_area),
        historyFrom,
        seed: city.seed,
      };
      for (const supply of planner.plan(frame))
        yield supplyRow(row.account_id, services.get(supply.service) ?? 0, supply);
    }
  }
}

const SERVICE_TARGET = `tariffs.service (id, code, name, name_en, unit, quantity_scale, charge_base, kind, pay_order,
  exchange_id,
  linked_services, valid)`;
const PROVIDER_TARGET = 'tariffs.provider (id, code, name, short_name, kind, edrpou, mfo, iban, active, successor_id)';
const TARIFF_TARGET = `tariffs.tariff (id, code, service_id, provider_id, variant, tier, tier_from, tier_to,
  tier_mode, valid, price,
  unit, decision_body, decision_number, decision_date, mark)`;

function supplyRow(account: number, service: number, supply: SupplyPlan): readonly Cell[] {
  return [
    account,
    service,
    providerId(supply.provider),
    supply.method,
    supply.variant,
    supply.equipment,
    20,
    supply.from,
    `[${supply.from},${supply.until ?? ''})`,
    `[${supply.from} 06:00:00+00,)`,
    REASON,
    BY,
  ];
}

const seasonRows = (seasons: readonly Season[]): Cell[][] =>
  seasons.map(({ from, until }) => [
    'heating-season',
    JSON.stringify({ from, until }),
    `[${from},${until})`,
    'розпорядження Яворопільського міського голови про опалювальний сезон',
    'plausible',
  ]);
