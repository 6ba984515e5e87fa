import { type Actor, CurrentActor, Endpoint, Input, type InputOf } from '@komplat/server';
import { Controller, Inject } from '@nestjs/common';
import { CategoryAsked } from '../../contract/catalogue.schema.ts';
import { BENEFITS_PERMISSIONS as P } from '../../contract/permissions.ts';
import { RuleChange, RuleList, RuleQuery, RuleTouched } from '../../contract/rule.schema.ts';
import { Rules } from '../services/rules.service.ts';

@Controller('benefits/rules')
export class RulesController {
  constructor(@Inject(Rules) private readonly rules: Rules) {}

  @Endpoint({
    method: 'GET', path: '', permission: P.read.id, summary: 'Parameters, norms and regimes of benefits as of a day', query: RuleQuery,
    response: RuleList,
  })
  list(@Input() { query }: InputOf<unknown, RuleQuery>): Promise<RuleList> {
    return this.rules.list(query);
  }

  @Endpoint({
    method: 'POST', path: 'touched', status: 200, permission: P.catalogueEdit.id, summary: 'Whom a change of a parameter or a norm touches',
    body: RuleChange, response: RuleTouched,
  })
  touched(@Input() { body }: InputOf<unknown, unknown, RuleChange>): Promise<RuleTouched> {
    return this.rules.touched(body);
  }

  @Endpoint({
    method: 'POST', path: 'changes', status: 202, permission: P.catalogueEdit.id, idempotent: true,
    summary: 'Ask for a new version of a parameter or a norm; a second person decides', body: RuleChange, response: CategoryAsked,
  })
  propose(@Input() { body }: InputOf<unknown, unknown, RuleChange>, @CurrentActor() actor: Actor): Promise<CategoryAsked> {
    return this.rules.propose(body, actor);
  }
}
