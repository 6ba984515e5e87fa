import { Inject, Injectable } from '@nestjs/common';
import { Database } from '@komplat/server';
import type { TariffsApi } from '../../contract/tariffs.api.ts';

interface Named {
  readonly id: number;
  readonly code: string;
  readonly name: string;
}

/** Services and providers by their codes. */
@Injectable()
export class CatalogueService implements TariffsApi {
  constructor(@Inject(Database) private readonly database: Database) {}

  async serviceByCode(code: string): Promise<Named | undefined> {
    const [row] = await this.database.query<Named>('select id, code, name from tariffs.service where code = $1', [
      code,
    ]);
    return row;
  }
  async providerByCode(code: string): Promise<Named | undefined> {
    const [row] = await this.database.query<Named>('select id, code, name from tariffs.provider where code = $1', [
      code,
    ]);
    return row;
  }
}
