import { BILLING_API, type BillingApi } from '@komplat/billing/contract';
import { DEBT_API, type DebtApi } from '@komplat/debt/contract';
import { Inject, Injectable } from '@nestjs/common';
import { ModuleRef } from '@nestjs/core';

/** What the legal service asks of other modules; found when it is asked, because modules are made side by side. */
@Injectable()
export class Neighbours {
  constructor(@Inject(ModuleRef) private readonly refs: ModuleRef) {}

  get debt(): DebtApi {
    return this.refs.get<DebtApi>(DEBT_API, { strict: false });
  }
  get billing(): BillingApi {
    return this.refs.get<BillingApi>(BILLING_API, { strict: false });
  }
}
