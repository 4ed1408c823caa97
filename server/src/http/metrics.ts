import { Injectable } from '@nestjs/common'
import { collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client'

/** What `/metrics` tells Prometheus. Labels are route patterns, never ids. */
@Injectable()
export class Metrics {
  readonly registry = new Registry()
  private readonly requests = new Histogram({
    name: 'multilogue_request_seconds',
    help: 'Duration of API requests.',
    labelNames: ['method', 'route', 'status'],
    buckets: [0.005, 0.02, 0.05, 0.1, 0.3, 1, 3],
    registers: [this.registry],
  })

  constructor() {
    collectDefaultMetrics({ register: this.registry, prefix: 'multilogue_' })
  }

  request(method: string, route: string, status: number, seconds: number): void {
    this.requests.observe({ method, route, status }, seconds)
  }

  /** A gauge that is read when asked for. */
  gauge(name: string, help: string, read: () => number): void {
    const registers = [this.registry]
    new Gauge({
      name: `multilogue_${name}`,
      help,
      registers,
      collect() {
        this.set(read())
      },
    })
  }
}
