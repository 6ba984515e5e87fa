export { type Debt, schedule, type Schedule, type ScheduleRule } from './schedule.ts';
