import { type DemoRandom, dayAfter, Weighted } from '@komplat/server';
import { type FullName, NameBook, type Sex, type Surname } from './names.ts';

export interface PersonPlan extends FullName {
  readonly id: string;
  readonly sex: Sex;
  readonly birthDate: string;
  readonly phone: string | null;
  readonly taxNumber: string | null;
}
export interface ResidencePlan {
  readonly person: number;
  readonly from: string;
  /** First day without registration. */
  readonly until: string | null;
}
export interface HouseholdPlan {
  readonly openedOn: string;
  /** The first is the holder. */
  readonly persons: readonly PersonPlan[];
  readonly residences: readonly ResidencePlan[];
}
export interface HouseholdFrame {
  readonly account: number;
  readonly today: string;
  readonly openedOn: string;
  readonly minorAlone: boolean;
  readonly nobody: boolean;
}

const SIZES = new Weighted(
  [6, 30, 31, 19, 10, 3, 1].map((weight, size) => ({ weight, size })),
  (item) => item.weight,
);
/** Ages of holders: weights of the spans, so that the residents together give the pyramid of the city. */
const HOLDER_AGES = new Weighted(
  [
    { from: 25, to: 34, weight: 14 },
    { from: 35, to: 44, weight: 25 },
    { from: 45, to: 54, weight: 15 },
    { from: 55, to: 64, weight: 18 },
    { from: 65, to: 74, weight: 17 },
    { from: 75, to: 84, weight: 9 },
    { from: 85, to: 90, weight: 2 },
  ],
  (span) => span.weight,
);
/** Who lives alone is a woman more often. */
const [WOMEN, WOMEN_ALONE, OLD_WOMEN_ALONE, OLD] = [0.52, 0.6, 0.8, 68];
const YEAR_DAYS = 365.25;
const UUID_EPOCH = Date.parse('2026-11-23T00:00:00Z');

interface Member {
  readonly sex: Sex;
  readonly age: number;
  readonly role: 'holder' | 'partner' | 'child' | 'parent' | 'relative';
}

/** The people of one account, drawn from its own stream of chance. */
export class HouseholdBuilder {
  readonly #names = new NameBook();

  build(frame: HouseholdFrame, random: DemoRandom): HouseholdPlan {
    const drawn = random.draw(SIZES).size;
    const size = frame.nobody ? 0 : frame.minorAlone ? 1 : drawn;
    const members = drawMembers(frame.minorAlone ? 2 : Math.max(1, size), frame.minorAlone, random);
    const persons = this.name(members, frame, random);
    const residences = persons.flatMap((person, index): ResidencePlan[] => {
      if (size === 0 || (frame.minorAlone && index === 0)) return [];
      const from = person.birthDate > frame.openedOn ? person.birthDate : frame.openedOn;
      const left = index > 0 && members[index]?.role === 'relative' && random.chance(0.2);
      const until = left ? dayAfter(frame.today, -random.int(20, 700)) : null;
      return until !== null && until <= from ? [] : [{ person: index, from, until }];
    });
    return { openedOn: frame.openedOn, persons, residences };
  }

  private name(members: readonly Member[], frame: HouseholdFrame, random: DemoRandom): PersonPlan[] {
    const family = this.#names.surname(random);
    const born = members.map((member) => birthDate(member.age, frame.today, random));
    let father: string | undefined;
    const named = members.map((member, index) => {
      const year = Number((born[index] ?? frame.today).slice(0, 4));
      const own =
        member.role === 'partner' || member.role === 'holder' ? this.ownSurname(member, family, random) : family;
      const name = this.#names.full(
        random,
        own[member.sex],
        member.sex,
        year,
        member.role === 'child' ? father : undefined,
      );
      if (member.sex === 'm' && (member.role === 'holder' || member.role === 'partner')) father = name.given;
      return name;
    });
    return members.map((member, index): PersonPlan => {
      const [name, birth] = [named[index], born[index]];
      if (!name || !birth) throw new RangeError('a person without a name');
      return {
        ...name,
        id: random.uuid(UUID_EPOCH + frame.account),
        sex: member.sex,
        birthDate: birth,
        phone: member.age >= 14 && random.chance(0.85) ? phoneOf(frame.account, index) : null,
        taxNumber: member.age >= 16 && !random.chance(0.015) ? taxNumber(birth, member.sex, random) : null,
      };
    });
  }

  /** 12 % of wives keep their own surname, 2 % have a double one. */
  private ownSurname(member: Member, family: Surname, random: DemoRandom): Surname {
    if (member.role !== 'partner' || member.sex !== 'f') return family;
    const share = random.next();
    if (share >= 0.14) return family;
    const own = this.#names.surname(random);
    if (share < 0.12 || own.f === family.f) return own;
    return { m: family.m, f: `${family.f}-${own.f}` };
  }
}

function drawMembers(size: number, minorAlone: boolean, random: DemoRandom): Member[] {
  const span = random.draw(HOLDER_AGES);
  const age = minorAlone ? random.int(34, 44) : random.int(span.from, span.to);
  const women = size > 1 ? WOMEN : age >= OLD ? OLD_WOMEN_ALONE : WOMEN_ALONE;
  const sex: Sex = random.chance(women) ? 'f' : 'm';
  const members: Member[] = [{ sex, age, role: 'holder' }];
  if (minorAlone) return [...members, { sex: 'm', age: random.int(9, 15), role: 'child' }];
  if (size >= 2 && random.chance(0.62)) {
    const older = Math.round(2 + 3 * random.normal());
    const other = sex === 'f' ? age + older : age - older;
    members.push({ sex: sex === 'f' ? 'm' : 'f', age: Math.min(92, Math.max(20, other)), role: 'partner' });
  }
  const mother = members.find((member) => member.sex === 'f')?.age ?? age - 2;
  while (members.length < size) members.push(drawRelative(age, mother, random));
  return members;
}

function drawRelative(holder: number, mother: number, random: DemoRandom): Member {
  const sex: Sex = random.chance(0.5) ? 'f' : 'm';
  const child = mother - random.int(19, 40);
  if (child >= 0 && (child < 18 || random.chance(child < 30 ? 0.75 : 0.35))) return { sex, age: child, role: 'child' };
  const parent = holder + random.int(20, 32);
  if (parent <= 92 && random.chance(0.5)) return { sex: random.chance(0.75) ? 'f' : 'm', age: parent, role: 'parent' };
  return { sex, age: random.int(18, 75), role: 'relative' };
}

function birthDate(age: number, today: string, random: DemoRandom): string {
  return dayAfter(today, -Math.floor(age * YEAR_DAYS) - random.int(1, 364));
}

/** Numbers behind a code that no operator has: they never reach a person. */
const phoneOf = (account: number, index: number): string =>
  `+380000${String((account * 7 + index) % 1_000_000).padStart(6, '0')}`;

const WEIGHTS = [-1, 5, 7, 9, 4, 6, 10, 5, 7];
const DAY_MS = 86_400_000;

/** Registration number of a taxpayer: day number of birth, serial with the sex, check digit. */
export function taxNumber(birth: string, sex: Sex, random: DemoRandom): string {
  const days = Math.round((Date.parse(birth) - Date.parse('1899-12-31')) / DAY_MS);
  const serial = random.int(0, 999);
  const ninth = random.int(0, 4) * 2 + (sex === 'm' ? 1 : 0);
  const nine = `${String(days).padStart(5, '0')}${String(serial).padStart(3, '0')}${ninth}`;
  const sum = WEIGHTS.reduce((total, weight, index) => total + weight * Number(nine[index]), 0);
  return `${nine}${(((sum % 11) + 11) % 11) % 10}`;
}
