import { type Actor, CurrentActor, Endpoint, Input, type InputOf } from '@komplat/server';
import { Controller, Inject } from '@nestjs/common';
import { CategoryAsked, CategoryChange, CategoryList, CategoryQuery, CategoryTouched } from '../../contract/catalogue.schema.ts';
import { BENEFITS_PERMISSIONS as P } from '../../contract/permissions.ts';
import { Catalogue } from '../services/catalogue.service.ts';

@Controller('benefits/categories')
export class CatalogueController {
  constructor(@Inject(Catalogue) private readonly catalogue: Catalogue) {}

  @Endpoint({
    method: 'GET', path: '', permission: P.read.id, summary: 'Catalogue of benefits as of a day, or all versions of one category',
    query: CategoryQuery, response: CategoryList,
  })
  list(@Input() { query }: InputOf<unknown, CategoryQuery>): Promise<CategoryList> {
    return this.catalogue.list(query);
  }

  @Endpoint({
    method: 'POST', path: 'touched', status: 200, permission: P.catalogueEdit.id, summary: 'Whom a change of the catalogue touches',
    body: CategoryChange, response: CategoryTouched,
  })
  touched(@Input() { body }: InputOf<unknown, unknown, CategoryChange>): Promise<CategoryTouched> {
    return this.catalogue.touched(body);
  }

  @Endpoint({
    method: 'POST', path: 'changes', status: 202, permission: P.catalogueEdit.id, idempotent: true,
    summary: 'Ask for a new version of a category; a second person decides', body: CategoryChange, response: CategoryAsked,
  })
  propose(@Input() { body }: InputOf<unknown, unknown, CategoryChange>, @CurrentActor() actor: Actor): Promise<CategoryAsked> {
    return this.catalogue.propose(body, actor);
  }
}
