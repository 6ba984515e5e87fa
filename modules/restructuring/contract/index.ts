export { CATEGORIES, ScheduleInput, ScheduleOutput } from './schedule.schema.ts';
