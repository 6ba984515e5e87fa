export { DemoRandom, Weighted } from './random.ts';
export { caseAccount, CityRow, cityTable, dayAfter, dayRange } from './city-data.ts';
export { copyRows, generously, ranges, sideBySide, withoutTimeLimit, type Cell } from './copy.ts';
