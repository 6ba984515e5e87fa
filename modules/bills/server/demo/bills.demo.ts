import type { DemoCity, DemoData } from '@komplat/plugin-api';
import { cityTable, Database } from '@komplat/server';
import { Inject, Injectable } from '@nestjs/common';

/** Who issues the bills of the demonstration city. */
@Injectable()
export class BillsDemo implements DemoData {
  constructor(@Inject(Database) private readonly database: Database) {}

  async create(_city: DemoCity): Promise<void> {
    const rows = new Map(cityTable('city').map((row) => [row.text('key'), row.text('value')]));
    const of = (key: string): string => rows.get(key) ?? '';
    await this.database.query(
      `insert into bills.issuer (name, short_name, address, phone, hours, site, edrpou, iban, valid, decision)
       values ($1, $2, $3, '15-17', 'щодня 08:00–20:00', $4, $5, $6, '[1997-01-01,)', 'Статут, 1997')`,
      [
        of('centre_name'),
        of('centre_short'),
        of('centre_address'),
        process.env.PORTAL_URL ?? `https://${of('website')}`,
        of('centre_edrpou'),
        of('centre_account_settlement'),
      ],
    );
  }
}
