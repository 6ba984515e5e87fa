import { DomainError } from '@komplat/kernel';
import { Database } from '@komplat/server';
import { Inject, Injectable } from '@nestjs/common';
import { z } from 'zod';
import type { BenefitsApi } from '../../contract/benefits.api.ts';
import type { Form2, Form2Row } from '../../contract/form2.ts';
import { makeForm2 } from '../../domain/index.ts';
import { layoutBytes } from './award-reader.ts';
import { Parameters } from './parameters.service.ts';

const Codes = z.record(z.string(), z.string());

/** What benefits do for other modules. */
@Injectable()
export class BenefitsForOthers implements BenefitsApi {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(Parameters) private readonly parameters: Parameters,
  ) {}

  async form2(rows: readonly Form2Row[], day: string): Promise<{ dbf: Buffer; form: Form2 }> {
    const month = rows[0]?.month.firstDay ?? day;
    const codes = await this.parameters.find('form2-service-code', month);
    if (!codes) throw new DomainError('benefits.parameter.missing', { parameter: 'form2-service-code', year: month.slice(0, 4) });
    const form = makeForm2(rows, Codes.parse(JSON.parse(codes.value)));
    return { dbf: layoutBytes('FACILITY_FORM2', form.records, day), form };
  }

  async refresh(accounts: readonly number[] | null): Promise<number> {
    const [row] = await this.database.query<{ rows: number }>('select benefits.refresh_entitlement($1) as rows', [accounts]);
    return row?.rows ?? 0;
  }
}
