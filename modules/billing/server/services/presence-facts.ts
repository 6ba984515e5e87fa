import type { ActInput, Days } from '../../domain/index.ts';
import { grouped, type Reader } from './fact-reader.ts';

interface AbsenceRow extends Days {
  readonly premises_id: number;
  readonly service_id: number;
  /** Null = everybody of the dwelling. */
  readonly person: string | null;
}
interface ActRow extends ActInput {
  readonly premises_id: number;
  readonly service_id: number;
}
/** Approved absences and acts of a month, by `premises/service`. */
export interface PresenceWorld {
  readonly absences: ReadonlyMap<string, AbsenceRow[]>;
  readonly acts: ReadonlyMap<string, ActRow[]>;
}
interface Place {
  readonly premises_id: number;
  readonly service_id: number;
}

const ABSENCES = `
  select premises_id, service_id, person_id::text as person, lower(valid) as "from", upper(valid) as "to" from metering.pub_absence_v1
  where premises_id = any($3::int[]) and valid && daterange($1, $2)`;
const ACTS = `
  select premises_id, service_id, act_number as number, kind, percent::text as percent, lower(valid) as "from", upper(valid) as "to"
  from metering.pub_quality_act_v1 where premises_id = any($3::int[]) and valid && daterange($1, $2) order by act_number`;
const keyOf = (place: Place): string => `${place.premises_id}/${place.service_id}`;

export async function loadPresence(
  db: Reader,
  month: readonly string[],
  premises: readonly number[],
): Promise<PresenceWorld> {
  return {
    absences: grouped(await db.query<AbsenceRow>(ABSENCES, [...month, premises]), keyOf),
    acts: grouped(await db.query<ActRow>(ACTS, [...month, premises]), keyOf),
  };
}

/** Days on which a person was away, for one service. */
export function absentOf(world: PresenceWorld, place: Place, person: string): { absent?: readonly Days[] } {
  const rows = world.absences.get(keyOf(place))?.filter((row) => row.person === null || row.person === person) ?? [];
  return rows.length === 0 ? {} : { absent: rows.map(({ from, to }) => ({ from, to })) };
}

export function actsOf(world: PresenceWorld, place: Place): { acts?: readonly ActInput[] } {
  const acts = world.acts.get(keyOf(place));
  return acts ? { acts } : {};
}
