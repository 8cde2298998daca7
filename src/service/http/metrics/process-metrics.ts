import { Counter, Gauge, type Registry } from 'prom-client'

/**
 * Adds what Prometheus calls the metrics of any process, those of them that cost nothing until they are asked for. The
 * library's own come all together, and with them a timer of 10 ms, an observer of the garbage collector, and a list of every open file.
 */
export function addProcessMetrics(registry: Registry): void {
  const registers = [registry]
  new Counter({
    registers,
    name: 'process_cpu_seconds_total',
    help: 'Total user and system CPU time spent in seconds.',
    collect() {
      const { user, system } = process.cpuUsage()
      this.reset()
      this.inc((user + system) / 1e6)
    },
  })
  const startTime = new Gauge({
    registers,
    name: 'process_start_time_seconds',
    help: 'Start time of the process since unix epoch in seconds.',
  })
  startTime.set(Math.round(Date.now() / 1000 - process.uptime()))
  new Gauge({
    registers,
    name: 'process_resident_memory_bytes',
    help: 'Resident memory size in bytes.',
    collect() {
      this.set(process.memoryUsage.rss())
    },
  })
  new Gauge({
    registers,
    name: 'nodejs_heap_size_used_bytes',
    help: 'Process heap size used from Node.js in bytes.',
    collect() {
      this.set(process.memoryUsage().heapUsed)
    },
  })
}
