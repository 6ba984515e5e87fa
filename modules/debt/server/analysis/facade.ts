import { Inject, Injectable } from '@nestjs/common';
import type { DebtApi, LawApi } from '../../contract/debt.api.ts';
import { LawService } from '../services/law.service.ts';
import { Debtors } from './debtors.service.ts';
import { Holds } from './holds.service.ts';

type Of<K extends keyof DebtApi> = Parameters<DebtApi[K]>;

/** `DEBT_API`: the rules, the holds and the debtors behind one token. */
@Injectable()
export class DebtFacade implements DebtApi {
  constructor(
    @Inject(LawService) private readonly law: LawService,
    @Inject(Holds) private readonly holds: Holds,
    @Inject(Debtors) private readonly debtors: Debtors,
  ) {}

  inflationInterest(...args: Of<'inflationInterest'>): ReturnType<DebtApi['inflationInterest']> {
    return this.law.inflationInterest(...args);
  }
  limitation(...args: Of<'limitation'>): ReturnType<DebtApi['limitation']> {
    return this.law.limitation(...args);
  }
  penalty(...args: Of<'penalty'>): ReturnType<DebtApi['penalty']> {
    return this.law.penalty(...args);
  }
  deadline(...args: Of<'deadline'>): ReturnType<DebtApi['deadline']> {
    return this.law.deadline(...args);
  }
  putHold(...args: Of<'putHold'>): ReturnType<DebtApi['putHold']> {
    return this.holds.putHold(...args);
  }
  endHolds(...args: Of<'endHolds'>): ReturnType<DebtApi['endHolds']> {
    return this.holds.endHolds(...args);
  }
  standingHolds(...args: Of<'standingHolds'>): ReturnType<DebtApi['standingHolds']> {
    return this.holds.standingHolds(...args);
  }
  debtorAccounts(...args: Of<'debtorAccounts'>): ReturnType<DebtApi['debtorAccounts']> {
    return this.debtors.accounts(...args);
  }
  keptLaw(): LawApi {
    return this.law.kept();
  }
}
