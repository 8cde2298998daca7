import { describe, expect, test } from 'vitest'
import type { Client } from '../../src/api/client.js'
import type { Plan } from '../../src/domain/words.js'
import { people } from '../domain/workspace-builder.js'
import { liveWorkspace } from './live-workspace.js'

const MANY = people('1', '2', '3', '4', '5', '6', '7')

/** A setting, the last plan without it, and the first with it (R13). */
const GATED: readonly {
  readonly setting: string
  readonly without: Plan
  readonly needs: Plan
  readonly call: (client: Client) => Promise<unknown>
}[] = [
  {
    setting: 'showing the widget by mode',
    without: 'free',
    needs: 'pro',
    call: (client) => client.putWidget({ display: 'online-only' }),
  },
  {
    setting: 'routing rule "x"',
    without: 'free',
    needs: 'pro',
    call: (client) => client.putRouting({ routing: { rules: [{ id: 'x', to: { agent: '1' } }] } }),
  },
  {
    setting: 'round robin',
    without: 'free',
    needs: 'pro',
    call: (client) => client.putRouting({ routing: { rules: [], default: { to: { 'round-robin': ['1'] } } } }),
  },
  {
    setting: 'playbook "lead"',
    without: 'free',
    needs: 'pro',
    call: (client) => client.putPlaybooks({ playbooks: [{ id: 'lead', type: 'bot', when: 'always', enabled: false }] }),
  },
  {
    setting: 'team "t"',
    without: 'pro',
    needs: 'premium',
    call: (client) => client.putTeams({ teams: [{ id: 't', members: ['1'] }] }),
  },
  {
    setting: 'the chat limit of agent 7',
    without: 'pro',
    needs: 'premium',
    call: (client) => client.patchAgent({ id: '7', settings: { chatLimit: 2 } }),
  },
  {
    setting: 'the chat limit of agent 8',
    without: 'pro',
    needs: 'premium',
    call: (client) => client.addAgent({ agent: { id: '8', role: 'agent', chatLimit: 2 } }),
  },
  {
    setting: 'the chat limit',
    without: 'pro',
    needs: 'premium',
    call: async (client) => client.putWorkspace({ document: { ...(await client.getWorkspace({})), chatLimit: 2 } }),
  },
]

describe('R14: a write that the plan does not allow', () => {
  test.each(GATED)(
    'is refused as a whole on $without: $setting needs $needs',
    async ({ setting, without, needs, call }) => {
      const { owner } = await liveWorkspace({ plan: without, agents: MANY })
      const before = await owner.getWorkspace({})
      await expect(call(owner)).rejects.toMatchObject({
        code: 'not-allowed',
        rule: 'R14',
        message: `the plan "${without}" does not include ${setting} (needs ${needs})`,
      })
      expect(await owner.getWorkspace({})).toEqual(before)
      expect((await owner.getStatus({})).revision).toBe(1)
    },
  )

  test.each(GATED)('is allowed on $needs: $setting', async ({ needs, call }) => {
    const { owner } = await liveWorkspace({ plan: needs, agents: MANY })
    expect(await call(owner)).toMatchObject({ changed: true })
  })

  test('is refused when all of it but one part is allowed', async () => {
    const { owner } = await liveWorkspace({ plan: 'free' })
    await expect(owner.putWidget({ mode: 'offline', display: 'online-only' })).rejects.toMatchObject({ rule: 'R14' })
    expect((await owner.getWidget({})).value).toMatchObject({ mode: 'automatic', display: 'always' })
  })

  test('is a lower plan while the workspace uses what it lacks, naming each setting', async () => {
    const { owner } = await liveWorkspace({ teams: [{ id: 't', members: ['1'] }], chatLimit: 3 })
    const document = { ...(await owner.getWorkspace({})), plan: 'pro' }
    await expect(owner.putWorkspace({ document })).rejects.toMatchObject({
      rule: 'R14',
      message: 'the plan "pro" does not include team "t" (needs premium), the chat limit (needs premium)',
    })
    expect((await owner.getSettings({})).value.plan).toBe('premium')
  })

  test('leaves everything else of a workspace above its plan open, also taking away what is above it', async () => {
    const rules = ['x', 'y'].map((id) => ({ id, to: { agent: '1' } }))
    const { owner } = await liveWorkspace({ plan: 'free', routing: { rules } })
    expect(await owner.putStatus({ id: '1', status: 'away' })).toMatchObject({ changed: true })
    expect(await owner.putRouting({ routing: { rules: rules.slice(1) } })).toMatchObject({ changed: true })
    await expect(owner.putRouting({ routing: { rules } })).rejects.toMatchObject({ rule: 'R14' })
  })

  test.each(['welcome-online', 'welcome-offline'])('R13: free has the welcome playbook: %s', async (id) => {
    const { owner } = await liveWorkspace({ plan: 'free' })
    const playbooks = [{ id, type: 'welcome', when: 'always', enabled: true }] as const
    expect(await owner.putPlaybooks({ playbooks: [...playbooks] })).toMatchObject({ changed: true })
  })
})
