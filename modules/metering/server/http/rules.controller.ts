import { CurrentActor, Endpoint, Input } from '@komplat/server';
import type { Actor, InputOf } from '@komplat/server';
import { Controller, Inject } from '@nestjs/common';
import { METERING_PERMISSIONS as P } from '../../contract/permissions.ts';
import { RuleAsked, RuleChange, RuleList } from '../../contract/rule.schema.ts';
import { Rules } from '../services/rules.ts';

@Controller('metering')
export class RulesController {
  constructor(@Inject(Rules) private readonly rules: Rules) {}

  @Endpoint({
    method: 'GET',
    path: 'rules',
    permission: P.read.id,
    summary: 'Dated parameters of metering',
    response: RuleList,
  })
  list(): Promise<RuleList> {
    return this.rules.list();
  }

  @Endpoint({
    method: 'POST',
    path: 'rules',
    permission: P.change.id,
    summary: 'Change a parameter from a day on: says whom it touches and asks a second person',
    body: RuleChange,
    response: RuleAsked,
    idempotent: true,
  })
  change(@Input() { body }: InputOf<unknown, unknown, RuleChange>, @CurrentActor() actor: Actor): Promise<RuleAsked> {
    return this.rules.change(body, actor);
  }
}
