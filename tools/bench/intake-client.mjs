// Load of `npm run bench -- intake`: so many clients, each with one payment on its way, for a bounded time; every answer must be 201.
// A process of its own, over plain sockets with a request made of prepared text, so that it costs the measured API little.
import { connect } from 'node:net';

const [port, clients, seconds, accounts, run] = process.argv.slice(2).map((text, index) => (index < 4 ? Number(text) : text));
const head =
  `POST /api/v1/payments/accept HTTP/1.1\r\nhost: 127.0.0.1:${port}\r\nauthorization: Bearer ${process.env.BENCH_TOKEN}\r\n` +
  'content-type: application/json\r\ncontent-length: ';
const end = performance.now() + seconds * 1000;
let done = 0;

const request = (index, n) => {
  const account = String(1 + Math.floor(Math.random() * accounts)).padStart(10, '0');
  const amount = `${3000 + Math.floor(Math.random() * 2000)}.00`;
  const body = `{"account":"${account}","amount":"${amount}","externalId":"${run}-${index}-${n}","channel":"BENCH"}`;
  return `${head}${body.length}\r\n\r\n${body}`;
};

/** Length of the first whole answer of the text, 0 while it is not whole. */
function whole(text) {
  const split = text.indexOf('\r\n\r\n');
  if (split < 0) return 0;
  const length = Number(/content-length: (\d+)/i.exec(text.slice(0, split))?.[1] ?? Number.NaN);
  if (Number.isNaN(length)) throw new Error(`an answer without length: ${text.slice(0, 300)}`);
  const size = split + 4 + length;
  return text.length < size ? 0 : size;
}

const client = (index) =>
  new Promise((resolve, reject) => {
    const socket = connect({ port, host: '127.0.0.1', noDelay: true });
    socket.setEncoding('latin1');
    let n = 0;
    let text = '';
    const next = () => {
      if (performance.now() >= end) return void socket.end(resolve);
      n += 1;
      socket.write(request(index, n), 'latin1');
    };
    socket.on('connect', next);
    socket.on('error', reject);
    socket.on('data', (piece) => {
      text += piece;
      if (whole(text) === 0) return;
      if (!text.startsWith('HTTP/1.1 201')) return void reject(new Error(`payment refused: ${text.slice(0, 600)}`));
      text = '';
      done += 1;
      next();
    });
  });

const started = performance.now();
await Promise.all(Array.from({ length: clients }, (_, index) => client(index)));
process.stdout.write(`${done / ((performance.now() - started) / 1000)}\n`);
