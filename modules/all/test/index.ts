export { TOWN, TOWN_FLATS } from './town.ts';
export { wholeApi } from './whole-api.ts';
