import { addDays, DomainError, Period } from '@komplat/kernel';
import type { Actor, Tx, Vault } from '@komplat/server';
import type { ChangeItem, RuleNote } from '../../contract/change.schema.ts';
import type { Piece, Span, Values, Why } from './dated.ts';

export interface AccountRow {
  readonly id: number;
  readonly number: string;
  readonly version: number;
  readonly premisesId: number;
  readonly premisesKind: string;
  readonly holderId: string;
  readonly openedOn: string;
  readonly closedOn: string | null;
}

/** One request of changes on its way: what it did so far. */
export class ChangeWork {
  readonly items: ChangeItem[] = [];
  readonly notes: RuleNote[] = [];
  /** First day from which a fact differs. */
  earliest: string | undefined;

  constructor(
    readonly tx: Tx,
    readonly vault: Vault,
    readonly account: AccountRow,
    readonly today: string,
    readonly actor: Pick<Actor, 'login'>,
    readonly why: Why,
  ) {}

  get premises(): Values {
    return { premises_id: this.account.premisesId };
  }

  /** A day from which something is to be true: inside the calendar of the Centre, at most a year ahead. */
  begin(from: string): void {
    const latest = addDays(this.today, 366);
    if (from > latest) throw new DomainError('registry.change.too-far', { day: from, latest });
    if (from < '1990-01-01') throw new DomainError('registry.change.too-early', { day: from });
    if (this.earliest === undefined || from < this.earliest) this.earliest = from;
  }

  /** Both days included → first day and first day after. */
  span(from: string, to?: string): Span {
    this.begin(from);
    if (to !== undefined && to < from) throw new DomainError('registry.change.ends-before', { from, to });
    return { from, until: to === undefined ? null : addDays(to, 1) };
  }

  item(field: string, subject: string | null, piece: Span, before: string | null, after: string | null): void {
    if (before === after) return;
    const to = piece.until === null ? null : addDays(piece.until, -1);
    this.items.push({ field, subject, from: piece.from, to, before, after });
  }

  /** Fields of a piece that differ, by the column's name. */
  differences(fields: Readonly<Record<string, string>>, subject: string | null, pieces: readonly Piece[]): void {
    const textOf = (value: Values[string] | undefined): string | null => (value === null || value === undefined ? null : String(value));
    for (const piece of pieces) {
      for (const [column, field] of Object.entries(fields)) {
        this.item(field, subject, piece, textOf(piece.before?.[column]), textOf(piece.after?.[column]));
      }
    }
  }

  note(rule: string, params: RuleNote['params'] = {}): void {
    this.notes.push({ rule, params });
  }

  /** Whether it reaches into months before the current one. */
  backdated(): boolean {
    return this.earliest !== undefined && this.earliest < Period.ofDay(this.today).firstDay;
  }
}

/** What stands for a personal value in a history. */
export const MASK = '•••';
