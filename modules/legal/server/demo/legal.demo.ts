import type { DemoCity, DemoData } from '@komplat/plugin-api';
import { cityTable, copyRows, Database } from '@komplat/server';
import { Inject, Injectable } from '@nestjs/common';

const TARGET = `legal.court (id, code, name, name_genitive, name_dative, level, case_prefix, edrpou, address, email,
  fee_recipient, fee_recipient_edrpou, fee_bank, fee_mfo, fee_iban, budget_code, fee_purpose, valid, mark)`;
const COLUMNS = [
  'court_id', 'name', 'name_genitive', 'name_dative', 'level', 'case_prefix', 'edrpou', 'address', 'email', 'fee_recipient',
  'fee_recipient_edrpou', 'fee_bank', 'fee_mfo', 'fee_iban', 'budget_code', 'fee_purpose',
] as const;

/** Courts of the demonstration city with the accounts of the Treasury that take their fees, and the parts of the city that belong to them. */
@Injectable()
export class LegalDemo implements DemoData {
  constructor(@Inject(Database) private readonly database: Database) {}

  async create(city: DemoCity): Promise<void> {
    const rows = cityTable('courts').map((row, index) => [
      index + 1,
      ...COLUMNS.map((column) => row.text(column)),
      '[2015-09-01,)',
      row.text('confidence'),
    ]);
    const areas = cityTable('court-areas').map((row, index) => [
      index + 1, row.text('court_id'), row.optional('district'), `[${row.text('from')},)`, row.text('act'), row.text('confidence'),
    ]);
    await this.database.transaction(async (tx) => {
      await copyRows(tx, TARGET, rows);
      await copyRows(tx, 'legal.court_area (id, court_code, district, valid, act, mark)', areas);
    });
    city.note(`legal: ${rows.length} courts`);
  }
}
