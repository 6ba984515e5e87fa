/** What other modules may ask of the registry. */
export interface RegistryApi {
  /** Account by its number; undefined when there is none. The number is not checked. */
  accountByNumber(number: string): Promise<AccountRef | undefined>;
  /** Tax numbers, phones and e-mail addresses in the clear, for a paper that must name them or a letter. Leaves an audit row: who, what for, how many. */
  personCodes(personIds: readonly string[], use: { readonly by: string; readonly subject: string }): Promise<ReadonlyMap<string, PersonCodes>>;
}
export interface PersonCodes {
  readonly taxNumber: string | null;
  readonly phone: string | null;
  readonly email: string | null;
}
export interface AccountRef {
  readonly id: number;
  readonly number: string;
  readonly closedOn: string | null;
}
export const REGISTRY_API = Symbol.for('komplat.registry.api');
