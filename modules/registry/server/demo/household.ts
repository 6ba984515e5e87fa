import { dayAfter, type DemoRandom } from '@komplat/server';
import { drawMembers, holderAge, type Member, SIZES } from './members.ts';
import { drawMoves, type Move, type MoveReason } from './moves.ts';
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
  /** What began or ended the residence inside the history; null = it came with the data of before. */
  readonly reason: MoveReason | null;
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
  /** First day of the generated history: people move from then on. */
  readonly historyFrom: string;
  readonly minorAlone: boolean;
  readonly nobody: boolean;
}

const YEAR_DAYS = 365.25;
const UUID_EPOCH = Date.parse('2026-11-23T00:00:00Z');
const MINOR = [9, 15] as const;

/** The people of one account, drawn from its own stream of chance. */
export class HouseholdBuilder {
  readonly #names = new NameBook();

  build(frame: HouseholdFrame, random: DemoRandom): HouseholdPlan {
    const drawn = random.draw(SIZES).size;
    if (frame.minorAlone) return this.minorAlone(frame, random);
    const size = frame.nobody ? 0 : drawn;
    const members = drawMembers(Math.max(1, size), random);
    const persons = this.name(members, frame, random, 0);
    if (size === 0) return { openedOn: frame.openedOn, persons, residences: [] };
    const moves = drawMoves({ ...frame, members, births: persons.map((person) => person.birthDate) }, random);
    const residences = persons.map((person, index): ResidencePlan => {
      const arrived = moves.arrivals.get(index);
      const since = arrived?.day ?? moves.soldOn ?? frame.openedOn;
      const from = since < person.birthDate ? person.birthDate : since;
      const born = from === person.birthDate;
      return { person: index, from, until: null, reason: arrived?.reason ?? (born ? 'birth' : moves.soldOn ? 'sale' : null) };
    });
    return { openedOn: frame.openedOn, ...this.withFormer({ persons, residences }, moves.left, frame, random) };
  }

  /** Who died, moved out, or sold the flat: people of their own who lived here until that day. */
  private withFormer(
    present: { readonly persons: readonly PersonPlan[]; readonly residences: readonly ResidencePlan[] },
    left: readonly Move[],
    frame: HouseholdFrame,
    random: DemoRandom,
  ): Pick<HouseholdPlan, 'persons' | 'residences'> {
    const [persons, residences] = [[...present.persons], [...present.residences]];
    for (const { members, since, day, reason } of left) {
      const former = this.name(members, frame, random, persons.length);
      for (const person of former) {
        const from = person.birthDate > since ? person.birthDate : since;
        if (from < day) residences.push({ person: persons.length, from, until: day, reason });
        persons.push(person);
      }
    }
    return { persons, residences };
  }

  /** The parent holds the account and lives elsewhere. */
  private minorAlone(frame: HouseholdFrame, random: DemoRandom): HouseholdPlan {
    const members: Member[] = [
      { sex: random.chance(0.5) ? 'f' : 'm', age: Math.max(34, Math.min(44, holderAge(3, random))), role: 'holder' },
      { sex: 'm', age: random.int(...MINOR), role: 'child' },
    ];
    const persons = this.name(members, frame, random, 0);
    const born = persons[1]?.birthDate ?? frame.openedOn;
    const from = born > frame.openedOn ? born : frame.openedOn;
    return { openedOn: frame.openedOn, persons, residences: [{ person: 1, from, until: null, reason: null }] };
  }

  private name(members: readonly Member[], frame: HouseholdFrame, random: DemoRandom, before: number): PersonPlan[] {
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
        phone: member.age >= 14 && random.chance(0.85) ? phoneOf(frame.account, before + index) : null,
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
