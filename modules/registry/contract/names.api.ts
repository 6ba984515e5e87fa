/** A full name as the registry keeps it. */
export interface FullName {
  readonly surname: string;
  readonly givenName: string;
  readonly patronymic: string | null;
  readonly sex: 'male' | 'female' | null;
}
export interface NameInCases {
  readonly genitive: string;
  readonly dative: string;
  /** False: a word is in no table, its ending decided; the document says «перевірте відмінювання». */
  readonly certain: boolean;
}
/** Names of people in the cases that official papers need (orthography of 2019). */
export interface NamesApi {
  /** Undefined when neither the record nor the patronymic tells the sex: a surname never does. */
  inCases(name: FullName): NameInCases | undefined;
}
export const NAMES_API = Symbol.for('komplat.registry.names');
