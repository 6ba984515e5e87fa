import { DomainError } from '@komplat/kernel';
import qrcode from 'qrcode';

/** A square of modules; true = dark. */
export interface QrMatrix {
  readonly size: number;
  readonly version: number;
  readonly dark: (x: number, y: number) => boolean;
}
export interface QrOptions {
  /** `M` survives a grey photocopy and leaves room for the sign. */
  readonly level: 'L' | 'M' | 'Q';
  /** Allowed versions of the symbol, both ends included. */
  readonly from: number;
  readonly to: number;
}
/** NBU codes: versions 10 to 20, correction M (Resolution № 97). */
export const NBU_QR: QrOptions = { level: 'M', from: 10, to: 20 };
/** Addresses of our own pages. */
export const LINK_QR: QrOptions = { level: 'M', from: 3, to: 12 };

/** The symbol of a text; a text that needs a larger version is refused: `documents.qr.too-long`. */
export function qrMatrix(text: string, { level, from, to }: QrOptions): QrMatrix {
  const natural = made(text, { errorCorrectionLevel: level });
  if (natural === undefined || natural.version > to) throw new DomainError('documents.qr.too-long', { length: text.length, limit: to });
  const symbol = natural.version >= from ? natural : (made(text, { errorCorrectionLevel: level, version: from }) ?? natural);
  const { size, data } = symbol.modules;
  return { size, version: symbol.version, dark: (x, y) => data[y * size + x] === 1 };
}

/** As bytes in one piece: the search for the shortest mixture of modes costs more than it saves in a symbol. */
function made(text: string, options: { errorCorrectionLevel: 'L' | 'M' | 'Q'; version?: number }): qrcode.QRCode | undefined {
  try {
    return qrcode.create([{ data: new TextEncoder().encode(text), mode: 'byte' }], options);
  } catch {
    return undefined;
  }
}

export interface QrDrawing {
  /** Read aloud instead of the picture. */
  readonly label: string;
  /** Draw the hryvnia sign in a white circle in the middle: mandatory on codes 002 and 003. */
  readonly hryvnia: boolean;
}
const QUIET = 2;
/** Share of the side that the circle takes: its area is about 3 % of the symbol, correction M restores 15 %. */
const CIRCLE = 0.1;

/** One path of horizontal strokes of one module: small in HTML and PDF, quick in print. The quiet zone of two modules is part of the picture. */
export function qrSvg(matrix: QrMatrix, { label, hryvnia }: QrDrawing): string {
  const { size } = matrix;
  const side = size + 2 * QUIET;
  const sign = hryvnia ? hryvniaSign(size / 2, size * CIRCLE) : '';
  return `<svg viewBox="${-QUIET} ${-QUIET} ${side} ${side}" shape-rendering="crispEdges" role="img" aria-label="${label}"><path fill="#fff" d="M${-QUIET} ${-QUIET}h${side}v${side}h-${side}z"/><path fill="none" stroke="#000" d="${runs(matrix)}"/>${sign}</svg>`;
}

function runs({ size, dark }: QrMatrix): string {
  let path = '';
  for (let y = 0; y < size; y += 1) {
    for (let x = 0; x < size; x += 1) {
      if (!dark(x, y)) continue;
      let length = 1;
      while (x + length < size && dark(x + length, y)) length += 1;
      path += `M${x} ${y}.5h${length}`;
      x += length;
    }
  }
  return path;
}

/** Strokes in a box of 24 units, scaled into the circle. */
const STROKES = 'M7 8.5C7 5.5 9.2 4 12 4s5 1.5 5 4-2 3.7-5 4.8-5 2.6-5 4.7S9.2 20 12 20s5-1.5 5-3.5M5 10.4h14M5 13.6h14';

function hryvniaSign(middle: number, radius: number): string {
  const scale = ((radius * 1.45) / 24).toFixed(4);
  const corner = (middle - 12 * Number(scale)).toFixed(3);
  return `<g shape-rendering="auto"><circle cx="${middle}" cy="${middle}" r="${radius.toFixed(2)}" fill="#fff"/><path transform="translate(${corner} ${corner}) scale(${scale})" d="${STROKES}" fill="none" stroke="#000" stroke-width="2.4" stroke-linecap="round"/></g>`;
}
