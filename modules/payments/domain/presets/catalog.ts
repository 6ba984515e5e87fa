import { eircRee } from './eirc-ree.ts';
import { ibank2uaCsv } from './ibank2ua-csv.ts';
import { oschadbankDbf } from './oschadbank-dbf.ts';
import type { ParserLimits, PresetItem, RegisterPreset } from './types.ts';

export const PRESETS: readonly RegisterPreset[] = [eircRee, ibank2uaCsv, oschadbankDbf];

export function findPreset(id: string): RegisterPreset | undefined {
  return PRESETS.find((preset) => preset.id === id);
}

/** The preset that knows the file best; undefined when none is sure at all. */
export function recognisePreset(name: string, head: Uint8Array): RegisterPreset | undefined {
  const scored = PRESETS.map((preset) => ({ preset, score: preset.recognise(name, head) })).sort(
    (a, b) => b.score - a.score,
  );
  const best = scored[0];
  return best !== undefined && best.score >= 0.5 ? best.preset : undefined;
}

/** Reads a stream through a preset: rows as they come, what the file states about itself last. */
export async function* readRegister(
  preset: RegisterPreset,
  file: AsyncIterable<Uint8Array>,
  limits?: Partial<ParserLimits>,
): AsyncGenerator<PresetItem> {
  const parser = preset.parser(limits);
  for await (const bytes of file) yield* parser.feed(bytes);
  yield* parser.end();
}
