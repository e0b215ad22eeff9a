// What is counted about this process, for a Prometheus scraper; no value ever names a person or an organization.
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client'

/** One gauge: its values by label at the moment of the question. */
export interface Gauged {
  readonly name: string
  readonly says: string
  readonly label: string
  readonly read: () => Promise<Record<string, number>> | Record<string, number>
}

export interface Metrics {
  /** Notes one answered request. `route` is the pattern (`/letters/:id`), never the address, so that the series stay few. */
  request(method: string, route: string, status: number, seconds: number): void
  /** Adds a gauge. Its reader must be quick; one that fails leaves its values out and the others in. */
  gauge(gauged: Gauged): void
  /** Everything in Prometheus' text format. */
  text(): Promise<string>
  readonly contentType: string
}

/** Metrics of their own registry, so that two servers in one process do not count for each other. */
export function createMetrics(): Metrics {
  const registry = new Registry()
  collectDefaultMetrics({ register: registry })
  const labels = ['method', 'route', 'status'] as const
  const requests = new Counter({ name: 'http_requests_total', help: 'Answered requests.', labelNames: labels, registers: [registry] })
  const seconds = new Histogram({
    name: 'http_request_duration_seconds',
    help: 'Time from request to answer.',
    labelNames: labels,
    buckets: [0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
    registers: [registry],
  })
  return {
    contentType: registry.contentType,
    text: () => registry.metrics(),
    request(method, route, status, duration) {
      const series = { method, route, status: String(status) }
      requests.inc(series)
      seconds.observe(series, duration)
    },
    gauge: (gauged) => addGauge(registry, gauged),
  }
}

function addGauge(registry: Registry, { name, says, label, read }: Gauged): void {
  new Gauge({
    name,
    help: says,
    labelNames: [label],
    registers: [registry],
    async collect() {
      this.reset()
      const values = await Promise.resolve()
        .then(read)
        .catch(() => ({}))
      for (const [of, value] of Object.entries(values)) this.set({ [label]: of }, value)
    },
  })
}
