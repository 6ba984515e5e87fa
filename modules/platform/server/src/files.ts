import { createCipheriv, createDecipheriv, createHash, randomBytes } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { link, mkdir, open, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { pipeline as pipelineTo, Readable, Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { DomainError } from '@komplat/kernel';
import type { Database } from './db/database.ts';
import { uuid7 } from './ids.ts';

export interface StoredFile {
  readonly sha256: string;
  readonly size: number;
}
const IV_BYTES = 16;

const isTaken = (error: unknown): boolean => typeof error === 'object' && error !== null && 'code' in error && error.code === 'EEXIST';
const tooLarge = (limit: number): DomainError => new DomainError('platform.file.too-large', { limit }, 413);

/** Bytes of a request up to `limit`, then `platform.file.too-large`; the connection stays whole, so that the refusal can still be answered. */
export async function* bytesOf(request: Readable, limit: number): AsyncGenerator<Uint8Array> {
  let size = 0;
  for await (const piece of request.iterator({ destroyOnReturn: false })) {
    const bytes = Buffer.from(piece);
    size += bytes.length;
    if (size > limit) throw tooLarge(limit);
    yield bytes;
  }
}

/**
 * Files kept for ever under the hash of their content, encrypted (AES-256-CTR; the hash proves integrity).
 * Written to a temporary file, synced, linked under its name unless that is taken, and only then entered into `platform.stored_file`.
 */
export class FileStore {
  constructor(
    private readonly folder: string,
    private readonly key: Buffer,
    private readonly keyId: string,
    private readonly database: Database,
  ) {}

  /** Refuses content above `limit` bytes while reading, before anything is kept. */
  async put(content: Readable | Uint8Array, kind: string, mediaType: string, limit: number): Promise<StoredFile> {
    const temporary = join(this.folder, `incoming-${uuid7()}`);
    await mkdir(this.folder, { recursive: true });
    try {
      const { hash, size } = await this.write(content instanceof Uint8Array ? Readable.from([content]) : content, temporary, limit);
      await this.keep(temporary, hash);
      await this.database.query(
        `insert into platform.stored_file (sha256, size, kind, media_type, key_id) values ($1, $2, $3, $4, $5)
         on conflict do nothing`,
        [hash, size, kind, mediaType, this.keyId],
      );
      return { sha256: hash, size };
    } finally {
      await rm(temporary, { force: true });
    }
  }

  /** Stream of the plain content. */
  async open(hash: string): Promise<Readable> {
    const handle = await open(this.pathOf(hash), 'r');
    const iv = Buffer.alloc(IV_BYTES);
    await handle.read(iv, 0, IV_BYTES, 0);
    const decipher = createDecipheriv('aes-256-ctr', this.key, iv);
    // a reader that stops half-way closes the file too
    return pipelineTo(handle.createReadStream({ start: IV_BYTES }), decipher, () => undefined);
  }

  private async write(content: Readable, path: string, limit: number): Promise<{ hash: string; size: number }> {
    const digest = createHash('sha256');
    let size = 0;
    const measure = new Transform({
      transform(chunk: Buffer, _encoding, done) {
        size += chunk.length;
        digest.update(chunk);
        if (size > limit) done(tooLarge(limit));
        else done(null, chunk);
      },
    });
    const iv = randomBytes(IV_BYTES);
    const target = createWriteStream(path, { mode: 0o600 });
    target.write(iv);
    await pipeline(content, measure, createCipheriv('aes-256-ctr', this.key, iv), target);
    return { hash: digest.digest('hex'), size };
  }

  private async keep(temporary: string, hash: string): Promise<void> {
    const path = this.pathOf(hash);
    if (await stat(path).catch(() => undefined)) return;
    const handle = await open(temporary, 'r+');
    await handle.sync();
    await handle.close();
    await mkdir(dirname(path), { recursive: true });
    // the first one stays: the same content written at the same time has another vector, and somebody may be reading
    await link(temporary, path).catch((error: unknown) => {
      if (!isTaken(error)) throw error;
    });
  }

  private pathOf(hash: string): string {
    return join(this.folder, hash.slice(0, 2), hash.slice(2, 4), hash);
  }
}
