import { dayAfter, type DemoRandom } from '@komplat/server';
import { drawMembers, type Member, SIZES } from './members.ts';

export type MoveReason = 'birth' | 'death' | 'departure' | 'arrival' | 'sale';
export interface Move {
  readonly members: readonly Member[];
  /** They lived here from this day until the day of the move. */
  readonly since: string;
  readonly day: string;
  readonly reason: MoveReason;
}
export interface MovesFrame {
  readonly members: readonly Member[];
  readonly births: readonly string[];
  readonly today: string;
  readonly openedOn: string;
  readonly historyFrom: string;
}
export interface Moves {
  /** When the present household bought the flat. */
  readonly soldOn: string | null;
  /** Present members who came after the holder, by their place in the household. */
  readonly arrivals: ReadonlyMap<number, { readonly day: string; readonly reason: MoveReason }>;
  /** Who lived here before. */
  readonly left: readonly Move[];
}

/**
 * A year's share of accounts that are sold, and of persons that die, move out and move in (profiles of the city, section 3);
 * a sale moves a whole household, so it is part of the departures and arrivals.
 */
const YEARLY = { sales: 0.022, deaths: 0.017, departures: 0.035, arrivals: 0.03 } as const;
/** Older moves are not drawn: what they would change is long settled. */
const [MOST_YEARS, YEAR_DAYS, DAY_MS] = [5, 365.25, 86_400_000];
const DEATHS = [
  [55, 69],
  [70, 79],
  [80, 94],
] as const;

/** Moves of an account inside the history, so that every month has its own residents. */
export function drawMoves(frame: MovesFrame, random: DemoRandom): Moves {
  const window = daysBetween(frame.historyFrom, frame.today);
  const days = Math.min(window, Math.floor(MOST_YEARS * YEAR_DAYS));
  const years = days / YEAR_DAYS;
  const someDay = (): string => dayAfter(frame.today, -random.int(1, Math.max(1, days - 1)));
  const persons = frame.members.length;
  const sold = random.chance(YEARLY.sales * years) ? someDay() : null;
  const soldOn = sold !== null && sold > frame.openedOn ? sold : null;
  const left: Move[] = [];
  if (soldOn !== null) {
    const size = Math.max(1, random.draw(SIZES).size);
    left.push({ members: drawMembers(size, random), since: frame.openedOn, day: soldOn, reason: 'sale' });
  }
  const former = (member: Member, reason: MoveReason): void => {
    const day = someDay();
    const since = soldOn ?? frame.openedOn;
    if (day > since) left.push({ members: [member], since, day, reason });
  };
  if (random.chance(persons * YEARLY.deaths * years)) former(deceased(random), 'death');
  if (random.chance(persons * (YEARLY.departures - YEARLY.sales) * years)) former(leaver(random), 'departure');
  return { soldOn, arrivals: arrivalsOf(frame, soldOn, years, someDay, random), left };
}

/** A member who is neither the holder nor a child born here. */
function arrivalsOf(
  frame: MovesFrame,
  soldOn: string | null,
  years: number,
  someDay: () => string,
  random: DemoRandom,
): Moves['arrivals'] {
  const arrivals = new Map<number, { readonly day: string; readonly reason: MoveReason }>();
  const persons = frame.members.length;
  // households of one have nobody who could come, so the others carry their share
  if (persons < 2 || !random.chance((persons + 0.5) * (YEARLY.arrivals - YEARLY.sales) * years)) return arrivals;
  const index = random.int(1, persons - 1);
  const day = someDay();
  const since = soldOn ?? frame.openedOn;
  if (day > since && day > (frame.births[index] ?? day)) arrivals.set(index, { day, reason: 'arrival' });
  return arrivals;
}

function deceased(random: DemoRandom): Member {
  const [from, to] = random.pick(DEATHS);
  return { sex: random.chance(0.5) ? 'f' : 'm', age: random.int(from, to), role: 'relative' };
}
const leaver = (random: DemoRandom): Member => ({
  sex: random.chance(0.5) ? 'f' : 'm',
  age: random.int(18, 45),
  role: 'relative',
});
const daysBetween = (from: string, to: string): number => Math.round((Date.parse(to) - Date.parse(from)) / DAY_MS);
