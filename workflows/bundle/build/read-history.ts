import { createRequire } from 'node:module';

type ProtoHistory = object;
interface HistoryType {
  fromObject(value: unknown): ProtoHistory;
}
/** Loaded by `require`, as the SDK does: the same copy of the message types. */
const { temporal } = createRequire(import.meta.url)('@temporalio/proto');
const History: HistoryType = temporal.api.history.v1.History;

const INSTANT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?Z$/;
const DURATION = /^(\d+)(?:\.(\d+))?s$/;

/** A history as JSON turned into the message that the replayer takes. */
export const historyFromJson = (json: unknown): ProtoHistory => History.fromObject(withTimes(json));

/** ProtoJSON writes instants and durations as text; the message wants seconds and nanoseconds. */
function withTimes(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withTimes);
  if (typeof value === 'object' && value !== null) {
    return Object.fromEntries(Object.entries(value).map(([name, part]) => [name, withTimes(part)]));
  }
  if (typeof value !== 'string') return value;
  if (INSTANT.test(value)) {
    return { seconds: Math.floor(Date.parse(value) / 1000), nanos: nanos(/\.(\d+)Z$/.exec(value)?.[1]) };
  }
  const duration = DURATION.exec(value);
  return duration ? { seconds: Number(duration[1]), nanos: nanos(duration[2]) } : value;
}

const nanos = (fraction: string | undefined): number => Number((fraction ?? '').padEnd(9, '0').slice(0, 9));
