import { type Actor, CurrentActor, Endpoint, Input, type InputOf } from '@komplat/server';
import { Controller, Inject, StreamableFile } from '@nestjs/common';
import { LEGAL_PERMISSIONS as P } from '../../contract/permissions.ts';
import {
  NewTemplate, TemplateAsked, TemplateParams, TemplatePreview, TemplateReason, TemplateText, TemplateVersionParams, TemplateVersions,
} from '../../contract/template.schema.ts';
import { TemplatesService } from './templates.service.ts';

@Controller('legal/templates')
export class TemplatesController {
  constructor(@Inject(TemplatesService) private readonly templates: TemplatesService) {}

  @Endpoint({ method: 'GET', path: '', permission: P.read.id, summary: 'Versions of the texts of packs and the fields they may use', response: TemplateVersions })
  list(): Promise<TemplateVersions> {
    return this.templates.list();
  }

  @Endpoint({
    method: 'GET', path: ':code/versions/:version', permission: P.read.id, summary: 'A version with its text',
    params: TemplateVersionParams, response: TemplateText,
  })
  text(@Input() { params }: InputOf<TemplateVersionParams>): Promise<TemplateText> {
    return this.templates.text(params.code, params.version);
  }

  @Endpoint({
    method: 'POST', path: ':code/versions', permission: P.templateEdit.id, idempotent: true,
    summary: 'A new version; an unknown field is refused with its line', params: TemplateParams, body: NewTemplate, response: TemplateText,
  })
  add(@Input() { params, body }: InputOf<TemplateParams, unknown, NewTemplate>, @CurrentActor() actor: Actor): Promise<TemplateText> {
    return this.templates.add(params.code, body, actor);
  }

  @Endpoint({
    method: 'GET', path: ':code/versions/:version/preview', permission: P.templateEdit.id,
    summary: 'A version on the newest data of an account, as PDF', params: TemplateVersionParams, query: TemplatePreview, response: 'file',
  })
  async preview(@Input() { params, query }: InputOf<TemplateVersionParams, TemplatePreview>): Promise<StreamableFile> {
    const pdf = await this.templates.preview(params.code, params.version, query);
    return new StreamableFile(pdf, { type: 'application/pdf', disposition: `inline; filename="${params.code}-${params.version}-${query.account}.pdf"` });
  }

  @Endpoint({
    method: 'POST', path: ':code/versions/:version/approval', permission: P.templateEdit.id, idempotent: true,
    summary: 'Ask a second person to approve a version', params: TemplateVersionParams, body: TemplateReason, response: TemplateAsked,
  })
  ask(@Input() { params, body }: InputOf<TemplateVersionParams, unknown, TemplateReason>, @CurrentActor() actor: Actor): Promise<TemplateAsked> {
    return this.templates.ask(params.code, params.version, body.reason, actor);
  }
}
