export { ChargeCalcInput, ChargeCalcOutput } from './charge.schema.ts';
export { TARIFFS_PERMISSIONS } from './permissions.ts';
export { TARIFFS_API, type TariffsApi } from './tariffs.api.ts';
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
