import type { DemoCity, DemoData } from '@komplat/plugin-api';
import { Database } from '@komplat/server';
import { Inject, Injectable } from '@nestjs/common';

/** Whose data the sample users and clients see. A login of a person is the name of the role. */
const SCOPES: readonly (readonly [logins: string, kind: string, value: string])[] = [
  ['operator cashier accountant accountant2 lawyer passport-clerk manager manager2', 'all', '*'],
  ['process-operator social-protection security-admin', 'all', '*'],
  ['komplat-service service-account-komplat-service', 'all', '*'],
  ['provider-user', 'provider', 'P01'],
  ['channel komplat-bank service-account-komplat-bank', 'channel', 'OSCH_TERM'],
  ['employer', 'employer', 'E01'],
  ['condominium', 'house', 'H0003'],
  ['citizen', 'account', '0100000017'],
];

/** The operating day of the city and the data scope of its users. */
@Injectable()
export class AdministrationDemo implements DemoData {
  constructor(@Inject(Database) private readonly database: Database) {}

  async create(city: DemoCity): Promise<void> {
    await this.database.transaction(async (tx) => {
      await tx.query(`insert into platform.operating_day (day, state) values ($1, 'open')`, [`${city.current}-23`]);
      for (const [logins, kind, value] of SCOPES) {
        await tx.query(
          `insert into administration.user_scope (login, kind, value) select l, $2, $3 from unnest($1::text[]) l
            on conflict do nothing`,
          [logins.split(' '), kind, value],
        );
      }
    });
  }
}
