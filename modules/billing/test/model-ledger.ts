/** A plain ledger in memory: what the database must do, said a second time in the simplest words. Sums are kopecks. */
export interface ModelItem {
  readonly month: string;
  readonly service: number;
  rest: bigint;
}
interface Credit {
  readonly id: number;
  readonly service: number;
  advance: bigint;
  /** Month of the item -> what the credit paid of it. */
  readonly paid: Map<string, bigint>;
}
interface Posting {
  readonly account: number;
  readonly credits: readonly Credit[];
  /** A debit of a correction; its reversal is a credit. */
  readonly debit?: { readonly service: number; readonly month: string; readonly amount: bigint };
  reversed: boolean;
}
interface Account {
  readonly items: ModelItem[];
  readonly credits: Credit[];
  ledger: Map<number, bigint>;
  /** Charges of the last month that had any. */
  last: { month: string; charges: Map<number, bigint> };
}
export interface ModelSupply {
  readonly service: number;
  readonly provider: number;
  readonly charge: bigint;
}

const least = (a: bigint, b: bigint): bigint => (a < b ? a : b);

export class ModelLedger {
  readonly accounts = new Map<number, Account>();
  readonly postings: Posting[] = [];
  private readonly locked = new Set<string>();
  private sequence = 0;
  private readonly supplies: readonly ModelSupply[];
  private readonly months: readonly string[];

  constructor(accounts: readonly number[], supplies: readonly ModelSupply[], months: readonly string[]) {
    this.supplies = supplies;
    this.months = months;
    for (const id of accounts)
      this.accounts.set(id, { items: [], credits: [], ledger: new Map(), last: { month: '', charges: new Map() } });
  }

  openMonth(provider: number, from: string): string {
    const month = this.months.find((candidate) => candidate >= from && !this.locked.has(`${candidate}/${provider}`));
    if (!month) throw new Error('no open month');
    return month;
  }
  isLocked(provider: number, month: string): boolean {
    return this.locked.has(`${month}/${provider}`);
  }

  pay(accountId: number, amount: bigint, named?: { service: number; amount: bigint }): number {
    const account = this.account(accountId);
    const credits = new Map<number, Credit>();
    const creditOf = (service: number): Credit => {
      const credit = credits.get(service) ?? this.newCredit(account, service);
      credits.set(service, credit);
      return credit;
    };
    if (named) this.put(account, creditOf, named.amount, named.service);
    this.put(account, creditOf, amount - (named?.amount ?? 0n));
    for (const credit of credits.values()) this.move(account, credit.service, -total(credit));
    return this.keep({ account: accountId, credits: [...credits.values()], reversed: false });
  }

  correct(accountId: number, service: number, amount: bigint, nominal: string): number {
    const account = this.account(accountId);
    const month = this.openMonth(this.supply(service).provider, nominal);
    this.move(account, service, amount);
    if (amount > 0n) {
      this.item(account, month, service).rest += amount;
      this.settle(account, service);
      return this.keep({ account: accountId, credits: [], debit: { service, month, amount }, reversed: false });
    }
    const credit = this.newCredit(account, service);
    credit.advance = -amount;
    this.settle(account, service);
    return this.keep({ account: accountId, credits: [credit], reversed: false });
  }

  /** False when the posting is reversed already. */
  reverse(index: number): boolean {
    const posting = this.postings[index];
    if (!posting || posting.reversed) return false;
    posting.reversed = true;
    const account = this.account(posting.account);
    if (posting.debit) {
      const { service, month, amount } = posting.debit;
      this.move(account, service, -amount);
      const credit = this.newCredit(account, service);
      const item = this.item(account, month, service);
      const part = least(item.rest, amount);
      item.rest -= part;
      if (part > 0n) credit.paid.set(month, part);
      credit.advance = amount - part;
      this.settle(account, service);
    }
    for (const credit of posting.credits.toSorted(
      (a, b) => this.supply(a.service).provider - this.supply(b.service).provider || a.id - b.id,
    )) {
      this.move(account, credit.service, total(credit));
      for (const [month, paid] of credit.paid) this.item(account, month, credit.service).rest += paid;
      credit.paid.clear();
      credit.advance = 0n;
      this.settle(account, credit.service);
    }
    return true;
  }

  close(provider: number, month: string): void {
    for (const account of this.accounts.values()) {
      for (const { service, charge } of this.supplies.filter((supply) => supply.provider === provider)) {
        this.move(account, service, charge);
        this.item(account, month, service).rest += charge;
        if (account.last.month !== month && month > account.last.month) account.last = { month, charges: new Map() };
        if (account.last.month === month) account.last.charges.set(service, charge);
        this.settle(account, service);
      }
    }
    this.locked.add(`${month}/${provider}`);
  }

  advanceOf(account: Account, service: number): bigint {
    return account.credits
      .filter((credit) => credit.service === service)
      .reduce((sum, credit) => sum + credit.advance, 0n);
  }

  /** Oldest month first, then the order of services; what is left is an advance. */
  private put(account: Account, creditOf: (service: number) => Credit, amount: bigint, only?: number): void {
    let left = amount;
    const items = account.items
      .filter((item) => item.rest > 0n && (only === undefined || item.service === only))
      .toSorted((a, b) => (a.month < b.month ? -1 : a.month > b.month ? 1 : a.service - b.service));
    for (const item of items) {
      const part = least(left, item.rest);
      if (part === 0n) continue;
      item.rest -= part;
      left -= part;
      const { paid } = creditOf(item.service);
      paid.set(item.month, (paid.get(item.month) ?? 0n) + part);
    }
    if (left === 0n) return;
    if (only !== undefined) {
      creditOf(only).advance += left;
      return;
    }
    for (const [service, part] of this.split(account, left)) creditOf(service).advance += part;
  }

  private split(account: Account, amount: bigint): [number, bigint][] {
    const weights = [...account.last.charges].toSorted(([a], [b]) => a - b);
    const [first] = this.supplies.toSorted((a, b) => a.service - b.service);
    if (weights.length === 0) return first ? [[first.service, amount]] : [];
    const sum = weights.reduce((all, [, weight]) => all + weight, 0n);
    const parts = weights.map(([service, weight]): [number, bigint] => [service, (amount * weight) / sum]);
    const rest = amount - parts.reduce((all, [, part]) => all + part, 0n);
    const top = weights.reduce((best, weight) => (weight[1] > best[1] ? weight : best));
    return parts
      .map(([service, part]): [number, bigint] => [service, service === top[0] ? part + rest : part])
      .filter(([, part]) => part > 0n);
  }

  /** Oldest credit to oldest item of one service. */
  private settle(account: Account, service: number): void {
    const items = account.items
      .filter((item) => item.service === service && item.rest > 0n)
      .toSorted((a, b) => (a.month < b.month ? -1 : 1));
    const credits = account.credits
      .filter((credit) => credit.service === service && credit.advance > 0n)
      .toSorted((a, b) => a.id - b.id);
    for (const item of items) {
      for (const credit of credits) {
        const part = least(item.rest, credit.advance);
        if (part === 0n) continue;
        item.rest -= part;
        credit.advance -= part;
        credit.paid.set(item.month, (credit.paid.get(item.month) ?? 0n) + part);
      }
    }
  }

  private account(id: number): Account {
    const account = this.accounts.get(id);
    if (!account) throw new Error(`no account ${id}`);
    return account;
  }
  private supply(service: number): ModelSupply {
    const supply = this.supplies.find((candidate) => candidate.service === service);
    if (!supply) throw new Error(`no supply of ${service}`);
    return supply;
  }
  private item(account: Account, month: string, service: number): ModelItem {
    const found = account.items.find((item) => item.month === month && item.service === service);
    if (found) return found;
    const item = { month, service, rest: 0n };
    account.items.push(item);
    return item;
  }
  private newCredit(account: Account, service: number): Credit {
    this.sequence += 1;
    const credit = { id: this.sequence, service, advance: 0n, paid: new Map<string, bigint>() };
    account.credits.push(credit);
    return credit;
  }
  private move(account: Account, service: number, amount: bigint): void {
    account.ledger.set(service, (account.ledger.get(service) ?? 0n) + amount);
  }
  private keep(posting: Posting): number {
    return this.postings.push(posting) - 1;
  }
}

const total = (credit: Credit): bigint =>
  credit.advance + [...credit.paid.values()].reduce((sum, part) => sum + part, 0n);
