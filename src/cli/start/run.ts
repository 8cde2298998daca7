import { useZoneData } from '../../domain/time/zone-data.js'
import { main } from '../main.js'
import { processContext } from './process-context.js'
import { processZoneData } from './process-zone-data.js'

/** Runs the process's own command line and answers its exit code. */
export function run(): Promise<number> {
  useZoneData(processZoneData)
  return main(process.argv.slice(2), processContext())
}
