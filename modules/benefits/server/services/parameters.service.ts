import { Database } from '@komplat/server';
import { Inject, Injectable } from '@nestjs/common';

export interface ParameterRow {
  readonly code: string;
  readonly value: string;
  /** First day of the version. */
  readonly from: string;
  readonly act: string;
  readonly mark: string;
}

/** Dated parameters of benefits and subsidies. */
@Injectable()
export class Parameters {
  constructor(@Inject(Database) private readonly database: Database) {}

  /** The version in force on a day; undefined where the table has none. */
  async find(code: string, day: string): Promise<ParameterRow | undefined> {
    const [row] = await this.database.query<ParameterRow>(
      `select code, value, lower(valid)::text as "from", act, mark from benefits.parameter where code = $1 and valid @> $2::date`,
      [code, day],
    );
    return row;
  }
}
