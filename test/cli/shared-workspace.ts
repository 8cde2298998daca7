import { join } from 'node:path'
import { createClient } from '../../src/api/client.js'
import type { RemoteTarget, Services, World } from '../../src/cli/session/connect.js'
import { DriftStatusError } from '../../src/domain/errors.js'
import { openLocalWorkspace } from '../../src/service/embedded/open-workspace.js'
import { newFolder, type Outcome, runCli, type Terminal } from './fake-context.js'

export const ANA_TOKEN = 'dst_ana1_0123456789012345678901234567890123456789abc'
export const ROBOT_TOKEN = 'dst_robot_0123456789012345678901234567890123456789abc'

/** Who each token of the workspace belongs to. */
const OWNERS: Readonly<Record<string, string | undefined>> = {
  [ANA_TOKEN]: 'ana@acme.example',
  [ROBOT_TOKEN]: undefined,
}

export interface SharedMachine {
  readonly folder: string
  /** Every call of it is one command line; words are parted by spaces. */
  run(line: string, terminal?: Terminal): Promise<Outcome>
  /** What reached the services, in order. */
  readonly reached: readonly RemoteTarget<unknown>[]
}

/**
 * A machine with a profile "local", and services that know two tokens and answer from the sample
 * workspace: what lies between is another test's matter.
 */
export async function sharedMachine(): Promise<SharedMachine> {
  const folder = newFolder()
  const reached: RemoteTarget<unknown>[] = []
  const shared = async (target: RemoteTarget<unknown>, { now }: World) => {
    reached.push(target)
    if (!Object.hasOwn(OWNERS, target.token)) {
      throw new DriftStatusError('not-logged-in', 'the service does not know this token', { hint: 'ask for another' })
    }
    return openLocalWorkspace(join(folder, 'local.db'), { now, agent: OWNERS[target.token] })
  }
  const services: Services = {
    local: async ({ database, agent }, { now }) => openLocalWorkspace(database, { now, agent }),
    shared,
    async drift(target, world) {
      const { getSettings, getStatus, putStatus, listAgents, getAgent, getTeams, close } = createClient(
        await shared(target, world),
      )
      return { getSettings, getStatus, putStatus, listAgents, getAgent, getTeams, close }
    },
  }
  const env = { DRIFT_STATUS_CONFIG_DIR: folder, DRIFT_STATUS_CREDENTIALS: 'file' }
  const run = (line: string, terminal: Terminal = {}) =>
    runCli(line.split(' '), { services, ...terminal, env: { ...env, ...terminal.env } })
  await run('init --sample')
  return { folder, run, reached }
}
