import type { Client } from '../../api/client.js'
import { itemPath } from '../../api/contract/change-path.js'
import { DriftStatusError } from '../../domain/errors.js'
import { didYouMean } from '../../domain/nearest.js'

/** What a log may be asked about, and the path of it. */
const TOPICS: Readonly<Record<string, string>> = {
  hours: 'hours',
  exceptions: 'hours.exceptions',
  widget: 'widget',
  mode: 'widget.mode',
  display: 'widget.display',
  'auto-offline': 'widget.autoOffline',
  greeting: 'greeting',
  agents: 'agents',
  teams: 'teams',
  duty: 'duty',
  covers: 'duty.covers',
  routing: 'routing',
  rules: 'routing.rules',
  playbooks: 'playbooks',
  tokens: 'tokens',
  name: 'name',
  plan: 'plan',
  timeZone: 'timeZone',
  chatLimit: 'chatLimit',
}

export const LOG_TOPICS: readonly string[] = Object.keys(TOPICS)

/**
 * The path that `--what` means: a topic, a path such as `hours.weekly.mon`, or an agent by name.
 * @throws DriftStatusError (not-found) with the nearest topic
 */
export async function readTopic(text: string, client: Client): Promise<string> {
  const topic = [text, `${text}s`].find((word) => Object.hasOwn(TOPICS, word))
  if (topic !== undefined) return TOPICS[topic]!
  if (Object.values(TOPICS).includes(/^\w*/.exec(text)![0])) return text
  const id = await agentNamed(text, client)
  if (id !== undefined) return itemPath('agents', id)
  throw new DriftStatusError('not-found', `"${text}" is neither a topic of the log nor an agent`, {
    hint: [didYouMean(text, LOG_TOPICS), `topics: ${LOG_TOPICS.join(', ')}`].filter(Boolean).join(' '),
  })
}

/** The id of whom somebody names; undefined where there is nobody of that name. */
export async function agentNamed(name: string, client: Client): Promise<string | undefined> {
  try {
    return (await client.getAgent({ id: name })).value.id
  } catch (error) {
    if (error instanceof DriftStatusError && error.code === 'not-found') return undefined
    throw error
  }
}
