import { type Actor, CurrentActor, Endpoint, Input, type InputOf } from '@komplat/server';
import { Controller, Inject } from '@nestjs/common';
import {
  DebtAgeing, DebtMovement, DebtYears, LimitationForecast, PaidByPeriods, ReportQuery, SpanQuery,
} from '../../contract/analysis-reports.schema.ts';
import { DEBT_PERMISSIONS as P } from '../../contract/permissions.ts';
import { DebtReports } from './reports.service.ts';

const permission = P.read.id;

/** Figures of debt over the city. */
@Controller('debt/reports')
export class DebtReportsController {
  constructor(@Inject(DebtReports) private readonly reports: DebtReports) {}

  @Endpoint({ method: 'GET', path: 'years', permission, summary: 'Debt by years', query: ReportQuery, response: DebtYears })
  years(@Input() { query }: InputOf<unknown, ReportQuery>, @CurrentActor() actor: Actor): Promise<DebtYears> {
    return this.reports.years(query, actor);
  }

  @Endpoint({ method: 'GET', path: 'ageing', permission, summary: 'Debt by its age', query: ReportQuery, response: DebtAgeing })
  ageing(@Input() { query }: InputOf<unknown, ReportQuery>, @CurrentActor() actor: Actor): Promise<DebtAgeing> {
    return this.reports.ageing(query, actor);
  }

  @Endpoint({ method: 'GET', path: 'paid', permission, summary: 'Payments by the months they paid', query: SpanQuery, response: PaidByPeriods })
  paid(@Input() { query }: InputOf<unknown, SpanQuery>, @CurrentActor() actor: Actor): Promise<PaidByPeriods> {
    return this.reports.paid(query, actor);
  }

  @Endpoint({ method: 'GET', path: 'movement', permission, summary: 'Debt from month to month', query: SpanQuery, response: DebtMovement })
  movement(@Input() { query }: InputOf<unknown, SpanQuery>, @CurrentActor() actor: Actor): Promise<DebtMovement> {
    return this.reports.movement(query, actor);
  }

  @Endpoint({
    method: 'GET', path: 'limitation', permission, summary: 'What passes limitation in the coming months', query: ReportQuery,
    response: LimitationForecast,
  })
  limitation(@Input() { query }: InputOf<unknown, ReportQuery>, @CurrentActor() actor: Actor): Promise<LimitationForecast> {
    return this.reports.limitation(query, actor);
  }
}
