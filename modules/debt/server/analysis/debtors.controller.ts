import { LIST_TYPES, listHeaders } from '@komplat/documents';
import { type Actor, CurrentActor, Endpoint, Input, type InputOf, localeOf } from '@komplat/server';
import { Controller, Headers, Inject, StreamableFile } from '@nestjs/common';
import {
  DebtChoices, DebtorList, DebtorsFileQuery, DebtorsQuery, NewSelection, SelectionGone, SelectionItem, SelectionList, SelectionParams,
  SelectionsQuery,
} from '../../contract/analysis.schema.ts';
import { DEBT_PERMISSIONS as P } from '../../contract/permissions.ts';
import { DebtorFiles } from './debtor-files.ts';
import { Debtors } from './debtors.service.ts';
import { Selections } from './selections.service.ts';

const DBF = { type: 'application/x-dbase', disposition: 'attachment; filename="debtors.dbf"' };
const fileHeaders = (format: DebtorsFileQuery['format']): { type: string; disposition: string } =>
  format in LIST_TYPES && format !== 'dbf' ? listHeaders('debtors', format) : DBF;

/** Debtors and kept selections. */
@Controller('debt')
export class DebtorsController {
  constructor(
    @Inject(Debtors) private readonly debtors: Debtors,
    @Inject(DebtorFiles) private readonly files: DebtorFiles,
    @Inject(Selections) private readonly selections: Selections,
  ) {}

  @Endpoint({
    method: 'GET',
    path: 'debtors',
    permission: P.read.id,
    summary: 'Debtors by account, the largest debt first; count and sums of the whole filter with the first page',
    query: DebtorsQuery,
    response: DebtorList,
  })
  list(@Input() { query }: InputOf<unknown, DebtorsQuery>, @CurrentActor() actor: Actor): Promise<DebtorList> {
    return this.debtors.list(query, actor);
  }

  @Endpoint({
    method: 'GET',
    path: 'debtors/file',
    permission: P.read.id,
    summary: 'The whole filter of debtors as XLSX, CSV or DBF',
    query: DebtorsFileQuery,
    response: 'file',
  })
  async file(
    @Input() { query }: InputOf<unknown, DebtorsFileQuery>,
    @CurrentActor() actor: Actor,
    @Headers('accept-language') language: string | undefined,
  ): Promise<StreamableFile> {
    const content = await this.files.file(query, { actor, locale: localeOf(language) });
    return new StreamableFile(content, fileHeaders(query.format));
  }

  @Endpoint({ method: 'GET', path: 'choices', permission: P.read.id, summary: 'What the filters of debt can be set to', response: DebtChoices })
  choices(@CurrentActor() actor: Actor): Promise<DebtChoices> {
    return this.debtors.choices(actor);
  }

  @Endpoint({
    method: 'GET',
    path: 'selections',
    permission: 'signed-in',
    summary: 'Filters of a list that the reader keeps',
    query: SelectionsQuery,
    response: SelectionList,
  })
  kept(@Input() { query }: InputOf<unknown, SelectionsQuery>, @CurrentActor() actor: Actor): Promise<SelectionList> {
    return this.selections.list(query.list, actor);
  }

  @Endpoint({
    method: 'POST',
    path: 'selections',
    permission: 'signed-in',
    summary: 'Keep a filter under a name; the same name takes the new filter',
    body: NewSelection,
    response: SelectionItem,
  })
  keep(@Input() { body }: InputOf<unknown, unknown, NewSelection>, @CurrentActor() actor: Actor): Promise<SelectionItem> {
    return this.selections.keep(body, actor);
  }

  @Endpoint({
    method: 'DELETE',
    path: 'selections/:id',
    permission: 'signed-in',
    summary: 'Forget a kept filter',
    params: SelectionParams,
    response: SelectionGone,
  })
  async remove(@Input() { params }: InputOf<SelectionParams>, @CurrentActor() actor: Actor): Promise<SelectionGone> {
    await this.selections.remove(params.id, actor);
    return { done: true };
  }
}
