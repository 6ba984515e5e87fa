/** A field of a DBF file: C text, N number, D day of 8 bytes. */
export interface LayoutField {
  readonly name: string;
  readonly type: 'C' | 'N' | 'D';
  readonly size: number;
  readonly decimals: number;
}

/** Reads `NAME:N9.2`. */
function fieldOf(text: string): LayoutField {
  const match = /^([A-Z][A-Z0-9_]*):([CND])(\d+)(?:\.(\d+))?$/.exec(text);
  const [, name, type, size, decimals = '0'] = match ?? [];
  if (name === undefined || (type !== 'C' && type !== 'N' && type !== 'D')) throw new RangeError(`bad field ${text}`);
  return { name, type, size: Number(size), decimals: Number(decimals) };
}
const layout = (text: string): readonly LayoutField[] => text.trim().split(/\s+/).map(fieldOf);
const eight = (name: string, rest: string): string => Array.from({ length: 8 }, (_, at) => `${name}${at + 1}:${rest}`).join(' ');

/** Layouts of the social-protection exchange (formats.md 5.2), cp866. */
export const LAYOUTS = {
  SUBSIDY: layout(`FIO:C30 ID_RAJ:C5 NP_CODE:C5 NP_NAME:C30 CAT_V:C7 VULCOD:C8 NAME_V:C30 BLD:C7 CORP:C2 FLAT:C9 RASH:C15 NUMB:C8 DAT1:D8
    DAT2:D8 NM_PAY:N9.2 ${eight('P', 'N9.4')} ${eight('SM', 'N9.2')} ${eight('SB', 'N9.2')} ${eight('OB', 'N9.2')} SUMMA:N13.2 NUMM:N2
    SUBS:N13.2 KVT:N3 MON:N1 EBK:C10`),
  SUBSIDY_J_FILE: layout(`DOM:N3 REG:N3 LS:N6 DELO:C8 TOT:N8.2 PERIOD:D8 FIO:C30 ADRES:C34 NKW:C9 KWART:N8.2 OTOPL:N8.2 PODOGR:N8.2 WODA:N8.2
    GAZ:N8.2 ELEKTR:N8.2 STOKI:N8.2 TOT_O:N8.2 KWART_O:N8.2 OTOPL_O:N8.2 GORWODA_O:N8.2 WODA_O:N8.2 GAZ_O:N8.2 ELEKTR_O:N8.2 STOKI_O:N8.2
    VC:N1 PLE:N1 BEGIN0:D8 END0:D8 PR_KV:N1`),
  SUBSIDY_S_FILE: layout(`JEK:N4 P_ACCOUNT:N6 DT:D8 DDPP:D8 N_DEL:C8 FIO:C20 NA:N8.2 OPTOT:N8.2 OP:N8.2 KWART:N8.2 KWARTG:N8.2 NAKWART:N8.2
    WODA:N8.2 WODAG:N8.2 NAWODA:N8.2 WODAG1:N8.2 NAWODA1:N8.2 OTOPL:N8.2 OTOPLG:N8.2 NAOTOPL:N8.2 GORWODA:N8.2 GORWODAG:N8.2
    NAGORWODA:N8.2 STOKI:N8.2 STOKIG:N8.2 NASTOKI:N8.2 GAZ:N8.2 GAZG:N8.2 NAGAZ:N8.2 NAELEKTR:N8.2 ELEKTR:N8.2 ELEKTRG:N8.2 NARADIO:N8.2
    NATELEANT:N8.2 MUSOR:N8.2 MUSORG:N8.2 ODS:N8.2 ODSG:N8.2 LIFT:N8.2 LIFTG:N8.2 VC:N8.2 PR:C2 TOTRASKLAD:N8.2 I_GAZ:N4 I_WODA:N4
    I_GORWODA:N4 I_STOKI:N4 I_OTOPL:N4 I_KWART:N4 I_ELEKTR:N4 I_MUSOR:N4 I_LIFT:N4 I_NASOS:N4 I_ODS:N4 DOM:N3 NACHSU:C6 REG:N3 NDWODA:N8
    NDGORW:N8 NDSTOKI:N8 NDOTOPL:N8 NDELEC:N8 NDMUSOR:N8 NDLIFT:N8 NDODS:N8 NDGAZ:N8 PLE:N1 BEG0:D8 END0:D8 PR_KV:N1 BEG_IH:D8 END_IH:D8
    COUNTM:N2 NADL:N7.2`),
  /** Names of the fields as law.md 3.4 has them; their order and lengths are a proposal. */
  CONTROL: layout(`RS:C15 FIO:C50 DELO:C8 LGCODE:N4 YEARIN:N4 MONTHIN:N2 ST:N10.2 FIN:N10.2 ZADOL:N10.2 NACHISLENO:N10.2 PERER:N10.2 OPLATA:N10.2
    DOPLATA:N10.2 DOLG:N10.2`),
  FACILITY_FORM2: layout(`CDPR:N12 IDCODE:C10 FIO:C50 PPOS:C15 RS:C25 YEARIN:N4 MONTHIN:N2 LGCODE:N4 DATA1:D8 DATA2:D8 LGKOL:N2 LGKAT:C3 LGPRC:N3
    SUMM:N8.2 FACT:N19.6 TARIF:N14.7 FLAG:N1`),
} as const;

export const AWARD_LAYOUTS = ['SUBSIDY', 'SUBSIDY_J_FILE', 'SUBSIDY_S_FILE', 'CONTROL'] as const;
export type AwardLayout = (typeof AWARD_LAYOUTS)[number];

/** Fields that no other layout has. */
const SIGNS: Readonly<Record<AwardLayout, readonly string[]>> = {
  SUBSIDY: ['RASH', 'NUMM', 'SUBS'],
  SUBSIDY_J_FILE: ['DELO', 'TOT', 'KWART_O'],
  SUBSIDY_S_FILE: ['P_ACCOUNT', 'TOTRASKLAD'],
  CONTROL: ['ZADOL', 'NACHISLENO', 'DOLG'],
};

/** Which layout the names of the fields are, or undefined. */
export function recogniseLayout(names: readonly string[]): AwardLayout | undefined {
  const known = new Set(names);
  return AWARD_LAYOUTS.find((name) => SIGNS[name].every((sign) => known.has(sign)));
}
