/** What other modules may ask of the registry. */
export interface RegistryApi {
  /** Account by its number; undefined when there is none. The number is not checked. */
  accountByNumber(number: string): Promise<AccountRef | undefined>;
}
export interface AccountRef {
  readonly id: number;
  readonly number: string;
  readonly closedOn: string | null;
}
export const REGISTRY_API = Symbol.for('komplat.registry.api');
