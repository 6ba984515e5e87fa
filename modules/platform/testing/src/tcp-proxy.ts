import { connect, createServer, type Server, type Socket } from 'node:net';

/** `pass`: as if it were not there; `down`: nobody listens any more; `lose-answers`: requests arrive, their answers never do. */
export type ProxyMode = 'pass' | 'down' | 'lose-answers';

/** Stands between a client and a real server, and breaks what is between them: the server itself serves others on. */
export class TcpProxy {
  private server: Server | undefined;
  private readonly sockets = new Set<Socket>();
  private mode: ProxyMode = 'pass';

  private constructor(
    private readonly host: string,
    private readonly targetPort: number,
    readonly port: number,
  ) {}

  static async to(host: string, targetPort: number): Promise<TcpProxy> {
    const free = createServer();
    await listen(free, 0);
    const address = free.address();
    const port = typeof address === 'object' && address ? address.port : 0;
    await new Promise((resolve) => free.close(resolve));
    const proxy = new TcpProxy(host, targetPort, port);
    await proxy.set('pass');
    return proxy;
  }

  get address(): string {
    return `127.0.0.1:${this.port}`;
  }

  /** Connections of the old kind are cut. */
  async set(mode: ProxyMode): Promise<void> {
    this.mode = mode;
    for (const socket of this.sockets) socket.destroy();
    if (mode === 'down') await this.stopListening();
    else if (!this.server) {
      this.server = createServer((client) => this.join(client));
      await listen(this.server, this.port);
    }
  }

  async close(): Promise<void> {
    await this.set('down');
  }

  private async stopListening(): Promise<void> {
    const { server } = this;
    this.server = undefined;
    if (server) await new Promise((resolve) => server.close(resolve));
  }

  private join(client: Socket): void {
    const target = connect(this.targetPort, this.host);
    const { mode } = this;
    for (const socket of [client, target]) {
      this.sockets.add(socket);
      socket.on('error', () => undefined);
      socket.on('close', () => {
        this.sockets.delete(socket);
        client.destroy();
        target.destroy();
      });
    }
    client.pipe(target);
    if (mode === 'pass') target.pipe(client);
    else target.once('data', () => client.resetAndDestroy());
  }
}

const listen = (server: Server, port: number): Promise<void> =>
  new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });
