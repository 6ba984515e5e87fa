import { type Actor, CurrentActor, Endpoint, Input, type InputOf } from '@komplat/server';
import { Controller, Inject, StreamableFile } from '@nestjs/common';
import { Form2Lanes, Form2Params, Form2Query, Form2View } from '../../contract/form2.schema.ts';
import { BILLING_PERMISSIONS as P } from '../../contract/permissions.ts';
import { Form2Paper } from '../services/form2-paper.ts';
import { Form2Service } from '../services/form2.service.ts';

type Ask = InputOf<Form2Params, Form2Query>;

/** Form 2-benefit over the books. */
@Controller('billing/form2')
export class Form2Controller {
  constructor(
    @Inject(Form2Service) private readonly forms: Form2Service,
    @Inject(Form2Paper) private readonly paper: Form2Paper,
  ) {}

  @Endpoint({ method: 'GET', path: '', permission: P.form2Make.id, summary: 'Benefits in the books of a month by provider', query: Form2Query, response: Form2Lanes })
  lanes(@Input() { query }: InputOf<unknown, Form2Query>, @CurrentActor() actor: Actor): Promise<Form2Lanes> {
    return this.forms.lanes(query.month, actor);
  }

  @Endpoint({
    method: 'GET', path: ':provider', permission: P.form2Make.id, summary: 'Form 2-benefit of a provider: sums by category and service, what is missing',
    params: Form2Params, query: Form2Query, response: Form2View,
  })
  view(@Input() { params, query }: Ask, @CurrentActor() actor: Actor): Promise<Form2View> {
    return this.forms.view(params.provider, query.month, actor);
  }

  @Endpoint({
    method: 'GET', path: ':provider/file.dbf', permission: P.form2Make.id, summary: 'Form 2-benefit as DBF, cp866', params: Form2Params, query: Form2Query,
    response: 'file',
  })
  async dbf(@Input() { params, query }: Ask, @CurrentActor() actor: Actor): Promise<StreamableFile> {
    const { dbf } = await this.forms.taken(params.provider, query.month, 'dbf', actor);
    return new StreamableFile(dbf, { type: 'application/x-dbase', disposition: `attachment; filename="pilga-${params.provider}-${query.month}.dbf"` });
  }

  @Endpoint({
    method: 'GET', path: ':provider/file.pdf', permission: P.form2Make.id, summary: 'Form 2-benefit as it is printed', params: Form2Params, query: Form2Query,
    response: 'file',
  })
  async pdf(@Input() { params, query }: Ask, @CurrentActor() actor: Actor): Promise<StreamableFile> {
    const made = await this.forms.taken(params.provider, query.month, 'pdf', actor);
    const disposition = `attachment; filename="pilga-${params.provider}-${query.month}.pdf"`;
    return new StreamableFile(await this.paper.pdf(made), { type: 'application/pdf', disposition });
  }
}
