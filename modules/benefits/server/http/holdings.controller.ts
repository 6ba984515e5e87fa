import { type Actor, CurrentActor, Endpoint, Input, type InputOf } from '@komplat/server';
import { Controller, Inject } from '@nestjs/common';
import { z } from 'zod';
import {
  AccountBenefits, AccountBenefitsQuery, ChoiceSet, HoldingAdd, HoldingDone, HoldingEnd, HoldingList, HoldingParams, HoldingQuery, NumberParams,
} from '../../contract/holding.schema.ts';
import { BENEFITS_PERMISSIONS as P } from '../../contract/permissions.ts';
import { Holdings } from '../services/holdings.service.ts';

const Chosen = z.object({ done: z.literal(true) }).meta({ id: 'BenefitChosen' });

@Controller('benefits')
export class HoldingsController {
  constructor(@Inject(Holdings) private readonly holdings: Holdings) {}

  @Endpoint({
    method: 'GET', path: 'holdings', permission: P.read.id, summary: 'Holders of benefits', query: HoldingQuery, response: HoldingList,
  })
  list(@Input() { query }: InputOf<unknown, HoldingQuery>, @CurrentActor() actor: Actor): Promise<HoldingList> {
    return this.holdings.list(query, actor);
  }

  @Endpoint({
    method: 'GET', path: 'accounts/:number', permission: P.read.id,
    summary: 'Benefits and subsidies of an account, as of a day and as known on a day',
    params: NumberParams, query: AccountBenefitsQuery, response: AccountBenefits,
  })
  view(@Input() { params, query }: InputOf<NumberParams, AccountBenefitsQuery>, @CurrentActor() actor: Actor): Promise<AccountBenefits> {
    return this.holdings.view(params.number, query, actor);
  }

  @Endpoint({
    method: 'POST', path: 'accounts/:number/holdings', permission: P.holdingEdit.id, idempotent: true, summary: 'Enter the right of a person',
    params: NumberParams, body: HoldingAdd, response: HoldingDone,
  })
  add(@Input() { params, body }: InputOf<NumberParams, unknown, HoldingAdd>, @CurrentActor() actor: Actor): Promise<HoldingDone> {
    return this.holdings.add(params.number, body, actor);
  }

  @Endpoint({
    method: 'POST', path: 'holdings/:id/end', status: 200, permission: P.holdingEdit.id, idempotent: true, summary: 'End the right of a person',
    params: HoldingParams, body: HoldingEnd, response: HoldingDone,
  })
  end(@Input() { params, body }: InputOf<HoldingParams, unknown, HoldingEnd>, @CurrentActor() actor: Actor): Promise<HoldingDone> {
    return this.holdings.end(params.id, body, actor);
  }

  @Endpoint({
    method: 'POST', path: 'accounts/:number/choice', status: 200, permission: P.holdingEdit.id, idempotent: true,
    summary: 'Benefit or subsidy, as the family chose', params: NumberParams, body: ChoiceSet, response: Chosen,
  })
  async choose(
    @Input() { params, body }: InputOf<NumberParams, unknown, ChoiceSet>,
    @CurrentActor() actor: Actor,
  ): Promise<z.infer<typeof Chosen>> {
    await this.holdings.choose(params.number, body, actor);
    return { done: true };
  }
}
