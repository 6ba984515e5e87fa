import { PrometheusExporter, PrometheusSerializer } from '@opentelemetry/exporter-prometheus';
import { MeterProvider } from '@opentelemetry/sdk-metrics';

const exporter = new PrometheusExporter({ preventServerStart: true });
const provider = new MeterProvider({ readers: [exporter] });

/** Counters, histograms and gauges of this process, read at `/metrics`. */
export const meter = provider.getMeter('komplat');

const memory = meter.createObservableGauge('komplat_process_resident_bytes', { description: 'Resident memory of the process' });
memory.addCallback((result) => result.observe(process.memoryUsage.rss()));

export async function prometheusText(): Promise<string> {
  const { resourceMetrics } = await exporter.collect();
  return new PrometheusSerializer().serialize(resourceMetrics);
}
