export { activity, beating } from './activity.ts';
export { AesPayloadCodec, dataConverter, parseCodecKeys } from './codec.ts';
export { readTemporalConfig, type TemporalConfig } from './config.ts';
export {
  ProcessClient,
  ProcessNotRunning,
  ProcessRefusal,
  type ProcessDescription,
  type StartOptions,
} from './process-client.ts';
export { TemporalModule } from './temporal.module.ts';
