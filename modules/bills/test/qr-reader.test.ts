import { NBU_QR, qrMatrix, qrSvg, type QrMatrix } from '@komplat/documents';
import { describe, expect, it } from '@jest/globals';
import jsqr from 'jsqr';
import { PNG } from 'pngjs';
import { QrCalcInput } from '../contract/qr.schema.ts';
import { qrCode } from '../domain/index.ts';

const SCALE = 6;
const QUIET = 4;

/** The symbol as a scanner's picture, with the white circle of the hryvnia sign and a dark bar in it. */
function picture({ size, dark }: QrMatrix): PNG {
  const side = (size + 2 * QUIET) * SCALE;
  const image = new PNG({ width: side, height: side });
  const middle = side / 2;
  const radius = size * SCALE * 0.1;
  for (let y = 0; y < side; y += 1) {
    for (let x = 0; x < side; x += 1) {
      const [mx, my] = [Math.floor(x / SCALE) - QUIET, Math.floor(y / SCALE) - QUIET];
      const inside = mx >= 0 && my >= 0 && mx < size && my < size;
      const covered = Math.hypot(x - middle, y - middle) <= radius;
      const bar = covered && Math.abs(y - middle) < SCALE;
      const shade = (covered ? bar : inside && dark(mx, my)) ? 0 : 255;
      image.data.set([shade, shade, shade, 255], (y * side + x) * 4);
    }
  }
  return PNG.sync.read(PNG.sync.write(image));
}

const read = (matrix: QrMatrix): string => {
  const { data, width, height } = picture(matrix);
  return jsqr.default(new Uint8ClampedArray(data), width, height)?.data ?? '';
};
const input = (version: string, purpose: string) =>
  QrCalcInput.parse({
    receiver: 'Комунальне підприємство «Муніципальний обчислювальний центр» Яворопільської міської ради',
    iban: 'UA863052990000290290000071044',
    edrpou: '71044113',
    amount: '41577.44',
    purpose,
    account: '0421057316',
    month: '2026-10',
    version,
  });

describe('the drawn code, read by jsqr', () => {
  it.each([
    ['002', 'Комунальні послуги, о/р 0421057316'],
    ['003', 'Комунальні послуги за жовтень 2026, о/р 0421057316, м. Яворопіль, вул. Соборна, 14, кв. 37'],
  ])('format %s gives every field back under the sign', (version, purpose) => {
    const { payload, url } = qrCode(input(version, purpose));
    const matrix = qrMatrix(url, NBU_QR);
    expect(matrix.version).toBeGreaterThanOrEqual(10);
    expect(matrix.version).toBeLessThanOrEqual(20);
    const seen = read(matrix);
    expect(Buffer.from(seen.slice('https://bank.gov.ua/qr/'.length), 'base64url').toString('utf8').split('\n')).toEqual(
      payload.split('\n'),
    );
  });
  it('a short text is drawn as version 10, a text beyond version 20 is refused', () => {
    expect(qrMatrix('https://bank.gov.ua/qr/AA', NBU_QR).version).toBe(10);
    expect(() => qrMatrix('x'.repeat(1200), NBU_QR)).toThrow('documents.qr.too-long');
  });
  it('the drawing has the same dark modules and the sign', () => {
    const matrix = qrMatrix('https://bank.gov.ua/qr/AA', NBU_QR);
    const svg = qrSvg(matrix, { label: 'QR', hryvnia: true });
    const drawn = [...svg.matchAll(/M(\d+) (\d+)\.5h(\d+)/g)].reduce((sum, [, , , length]) => sum + Number(length), 0);
    const cells = Array.from({ length: matrix.size ** 2 }, (_, at) => matrix.dark(at % matrix.size, Math.floor(at / matrix.size)));
    expect(drawn).toBe(cells.filter(Boolean).length);
    expect(svg).toContain('<circle');
  });
});
