export { ChargeCalcInput, ChargeCalcOutput } from './charge.schema.ts';
export { TARIFFS_PERMISSIONS } from './permissions.ts';
export {
  PROVIDER_BALANCES,
  type BalancesMove,
  type BalancesTx,
  type BalancesUndo,
  type MovedState,
  type ProviderBalance,
  type ProviderBalances,
} from './provider-balances.ts';
export { ProviderItem, ProviderList, ProvidersQuery, Succession, SuccessionLook, SuccessionUndo } from './succession.schema.ts';
export {
  VALUE_BOOKS,
  VALUE_MARKS,
  ValuesQuery,
  ValueVersion,
  ValueVersions,
  VersionAsked,
  VersionChange,
  VersionLook,
} from './version.schema.ts';
