import type { DemoCity, DemoData } from '@komplat/plugin-api';
import { cityTable, copyRows, Database } from '@komplat/server';
import { Inject, Injectable } from '@nestjs/common';

const TARGET = `legal.creditor (id, provider_id, valid, address, phone, email, bank, head_surname, head_given_name, head_patronymic, head_sex, head_post,
  authority_number, authority_valid)`;
const MALE = /ч$/u;

/** Addresses and heads of the creditors, and the authorities under which the Centre acts for them. */
@Injectable()
export class CreditorsDemo implements DemoData {
  constructor(@Inject(Database) private readonly database: Database) {}

  async create(city: DemoCity): Promise<void> {
    const known = await this.database.query<{ id: number; code: string }>('select id::int as id, code from tariffs.pub_provider_v1');
    const ids = new Map(known.map(({ id, code }) => [code, id]));
    const banks = new Map(cityTable('banks').map((row) => [row.text('mfo'), row.text('short_name')]));
    const rows = cityTable('providers').flatMap((row, at) => {
      const id = ids.get(row.text('provider_code'));
      if (id === undefined) return [];
      const [surname = null, given = null, patronymic = null] = row.text('head').split(' ');
      const named = surname !== null && given !== null;
      return [[
        at + 1, id, `[${row.text('active_from')},)`, row.text('address'), row.text('phone') || null, row.text('email') || null,
        banks.get(row.text('mfo')) ?? null, named ? surname : null, given, patronymic,
        named ? (MALE.test(patronymic ?? '') ? 'male' : 'female') : null, named ? 'директор' : null, `Д-${String(at + 1).padStart(2, '0')}/2026`, '[2026-01-01,2027-01-01)',
      ]];
    });
    await this.database.transaction((tx) => copyRows(tx, TARGET, rows));
    city.note(`legal: ${rows.length} creditors`);
  }
}
