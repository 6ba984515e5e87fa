// Load of `npm run bench -- card`: so many clients, one request each on its way, for a bounded time; every answer must be 200.
// Arguments: port, path with {n} for the account number, clients, seconds, ranges of accounts: 1-300 or 1-300,301-600. Several ranges are
// asked in turn, request by request. Prints requests a second and times in ms, over all and by range.
import { connect } from 'node:net';

const [port, path, clients, seconds] = process.argv.slice(2).map((text, index) => (index === 1 ? text : Number(text)));
const ranges = process.argv[6].split(',').map((range) => range.split('-').map(Number));
const authorization = process.env.BENCH_TOKEN ? `authorization: Bearer ${process.env.BENCH_TOKEN}\r\n` : '';
const end = performance.now() + seconds * 1000;
const times = ranges.map(() => []);
let bytes = 0;

const request = (range) => {
  const [from, to] = ranges[range];
  const account = String(from + Math.floor(Math.random() * (to - from + 1))).padStart(10, '0');
  return `GET ${path.replace('{n}', account)} HTTP/1.1\r\nhost: 127.0.0.1:${port}\r\n${authorization}\r\n`;
};

const client = () =>
  new Promise((resolve, reject) => {
    const socket = connect({ port, host: '127.0.0.1', noDelay: true });
    let started = 0;
    let need = -1;
    let got = 0;
    let head = '';
    let range = 0;
    const next = () => {
      if (performance.now() >= end) return void socket.end(resolve);
      [need, got, head] = [-1, 0, ''];
      range = (range + 1) % ranges.length;
      started = performance.now();
      socket.write(request(range), 'latin1');
    };
    socket.on('connect', next);
    socket.on('error', reject);
    socket.on('data', (piece) => {
      got += piece.length;
      if (need < 0) {
        head += piece.toString('latin1');
        const split = head.indexOf('\r\n\r\n');
        if (split < 0) return;
        if (!head.startsWith('HTTP/1.1 200')) return void reject(new Error(`refused: ${head.slice(0, 600)}`));
        need = split + 4 + Number(/content-length: (\d+)/i.exec(head)?.[1]);
      }
      if (got < need) return;
      times[range].push(performance.now() - started);
      bytes += got;
      next();
    });
  });

const started = performance.now();
await Promise.all(Array.from({ length: clients }, () => client()));
const at = (sorted, part) => Math.round((sorted[Math.min(sorted.length - 1, Math.floor(part * sorted.length))] ?? 0) * 100) / 100;
const all = times.flat().toSorted((a, b) => a - b);
const rate = all.length / ((performance.now() - started) / 1000);
const medians = times.map((list) => at(list.toSorted((a, b) => a - b), 0.5));
process.stdout.write(
  JSON.stringify({ rate, p50: at(all, 0.5), p95: at(all, 0.95), p99: at(all, 0.99), bytes: Math.round(bytes / all.length), medians }),
);
