import { type Actor, CurrentActor, Endpoint, Input, type InputOf } from '@komplat/server';
import { Controller, Inject } from '@nestjs/common';
import { AccountParams } from '../../contract/analysis-dunning.schema.ts';
import {
  AcknowledgementDone, AcknowledgementEnd, AcknowledgementParams, Claimable, NewAcknowledgement,
} from '../../contract/claimable.schema.ts';
import { DEBT_PERMISSIONS as P } from '../../contract/permissions.ts';
import { Acknowledgements } from './acknowledgements.service.ts';
import { ClaimableDebts } from './claimable.service.ts';

/** What to claim now and what to keep, and the acknowledgements that begin limitation anew. */
@Controller('debt')
export class ClaimableController {
  constructor(
    @Inject(ClaimableDebts) private readonly claimable: ClaimableDebts,
    @Inject(Acknowledgements) private readonly acknowledgements: Acknowledgements,
  ) {}

  @Endpoint({
    method: 'GET', path: 'accounts/:number/claimable', permission: P.read.id, summary: 'What of the debt to claim now and what to keep, by creditor',
    params: AccountParams, response: Claimable,
  })
  of(@Input() { params }: InputOf<AccountParams>, @CurrentActor() actor: Actor): Promise<Claimable> {
    return this.claimable.of(params.number, actor);
  }

  @Endpoint({
    method: 'POST', path: 'acknowledgements', permission: P.acknowledgementWrite.id, summary: 'Record that the debtor acknowledged the debt or paid a part',
    body: NewAcknowledgement, response: AcknowledgementDone, idempotent: true,
  })
  record(@Input() { body }: InputOf<unknown, unknown, NewAcknowledgement>, @CurrentActor() actor: Actor): Promise<AcknowledgementDone> {
    return this.acknowledgements.record(body, actor);
  }

  @Endpoint({
    method: 'POST', path: 'acknowledgements/:id/withdraw', permission: P.acknowledgementWrite.id, summary: 'Withdraw an acknowledgement written by mistake',
    params: AcknowledgementParams, body: AcknowledgementEnd, response: AcknowledgementDone,
  })
  withdraw(
    @Input() { params, body }: InputOf<AcknowledgementParams, unknown, AcknowledgementEnd>,
    @CurrentActor() actor: Actor,
  ): Promise<AcknowledgementDone> {
    return this.acknowledgements.withdraw(params.id, body.reason, actor);
  }
}
