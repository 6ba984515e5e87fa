/** What other modules may ask of tariffs. */
export interface TariffsApi {
  serviceByCode(
    code: string,
  ): Promise<{ readonly id: number; readonly code: string; readonly name: string } | undefined>;
  providerByCode(
    code: string,
  ): Promise<{ readonly id: number; readonly code: string; readonly name: string } | undefined>;
}
export const TARIFFS_API = Symbol.for('komplat.tariffs.api');
