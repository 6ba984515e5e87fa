// A zip reader for one purpose: unpacking a distribution whose checksum was verified before.
import { closeSync, fstatSync, mkdirSync, openSync, readSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve, sep } from 'node:path';
import { inflateRawSync } from 'node:zlib';

function readAt(file, position, length) {
  const buffer = Buffer.alloc(length);
  if (readSync(file, buffer, 0, length, position) !== length) throw new Error('The zip file is cut off');
  return buffer;
}

function directory(file) {
  const { size } = fstatSync(file);
  const tailLength = Math.min(size, 65_557);
  const tail = readAt(file, size - tailLength, tailLength);
  const end = tail.lastIndexOf(Buffer.from([0x50, 0x4b, 5, 6]));
  if (end < 0) throw new Error('Not a zip file');
  const entries = [];
  const buffer = readAt(file, tail.readUInt32LE(end + 16), tail.readUInt32LE(end + 12));
  for (let at = 0, left = tail.readUInt16LE(end + 10); left > 0; left -= 1) {
    const [nameLength, extra, comment] = [28, 30, 32].map((offset) => buffer.readUInt16LE(at + offset));
    entries.push({
      name: buffer.toString('utf8', at + 46, at + 46 + nameLength),
      method: buffer.readUInt16LE(at + 10),
      packed: buffer.readUInt32LE(at + 20),
      mode: buffer.readUInt32LE(at + 38) >>> 16,
      header: buffer.readUInt32LE(at + 42),
    });
    at += 46 + nameLength + extra + comment;
  }
  return entries;
}

/** Unpacks `path` into `target`; `strip` leading folders of the names are left out. */
export function unzip(path, target, strip = 0) {
  const file = openSync(path, 'r');
  try {
    for (const entry of directory(file)) {
      const name = entry.name.split('/').slice(strip).join('/');
      if (!name || name.endsWith('/')) continue;
      const out = join(target, name);
      if (!out.startsWith(resolve(target) + sep)) throw new Error(`The zip file leaves its folder: ${entry.name}`);
      const header = readAt(file, entry.header, 30);
      const start = entry.header + 30 + header.readUInt16LE(26) + header.readUInt16LE(28);
      const data = readAt(file, start, entry.packed);
      mkdirSync(dirname(out), { recursive: true });
      writeFileSync(out, entry.method === 0 ? data : inflateRawSync(data), { mode: entry.mode & 0o777 || 0o644 });
    }
  } finally {
    closeSync(file);
  }
}
