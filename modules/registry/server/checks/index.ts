import { ACCOUNT_RULES } from './account-rules.ts';
import { checkSet } from './check-set.ts';
import { DWELLING_RULES } from './dwelling-rules.ts';
import { PEOPLE_RULES } from './people-rules.ts';
import { METER_RULES, SUPPLY_RULES } from './supply-rules.ts';

/** All rules over the data that the registry contributes. */
export const registryChecks = checkSet({ ...DWELLING_RULES, ...PEOPLE_RULES, ...ACCOUNT_RULES, ...SUPPLY_RULES, ...METER_RULES });
