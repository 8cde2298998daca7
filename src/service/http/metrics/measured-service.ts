import { isWrite } from '../../../api/contract/operations.js'
import type { Service } from '../../service.js'
import { problemOf } from '../problem.js'
import type { WriteOutcome } from './server-metrics.js'

/** A service that tells how each write ended. Dry runs write nothing, and are not told. */
export function measuredService(service: Service, onWrite: (outcome: WriteOutcome) => void): Service {
  return {
    async call(id, request, actor, options) {
      if (!isWrite(id) || options?.dryRun) return service.call(id, request, actor, options)
      try {
        const answer = await service.call(id, request, actor, options)
        onWrite('kept')
        return answer
      } catch (error) {
        onWrite(problemOf(error).status < 500 ? 'refused' : 'failed')
        throw error
      }
    },
    read: (id, request, actor, options) => service.read(id, request, actor, options),
    watchTime: () => service.watchTime(),
    close: () => service.close(),
  }
}
