import type { Surroundings } from './shells.js'

/** What is typed after the executable's name, and what may stand for its last word. */
export interface Case {
  readonly title: string
  readonly line: string
  /** All that is offered. */
  readonly only?: readonly string[]
  readonly offers?: readonly string[]
  readonly lacks?: readonly string[]
  /** The source that the executable is asked for; none when the words are static. */
  readonly asks?: string
}

export const SURROUNDINGS: Surroundings = {
  live: {
    agents: ['Sam Reed\taway: lunch', 'lena\tavailable', 'sam@acme.example', 'José Núñez', "O'Brien", 'b:1', 'b:2'],
    zones: ['America/New_York', 'Europe/Berlin'],
    profiles: ['prod\thttps://status.acme.example', 'local\t/home/ana/acme.db'],
  },
  files: ['acme.yaml', 'my file.yaml', 'sub/deep.yaml'],
}

const AGENTS = ['Sam Reed', 'lena', 'sam@acme.example', 'José Núñez', "O'Brien", 'b:1', 'b:2']
const FILES = ['acme.yaml', 'my file.yaml', 'sub']

export const CASES: readonly Case[] = [
  { title: 'commands', line: '', offers: ['simulate', 'hours', 'is', 'lint'], lacks: ['show next', '--help'] },
  { title: 'the rest of a command', line: 'sim', only: ['simulate'] },
  { title: 'no hidden command', line: '__', only: [] },
  { title: 'the flags of the executable', line: '--', only: ['--help', '--version'] },
  { title: 'the verbs of a noun', line: 'hours ', offers: ['show', 'next'], lacks: ['--week', 'simulate'] },
  { title: 'the flags of the default verb', line: 'hours --', offers: ['--file', '--week', '--json'], lacks: ['--at'] },
  { title: 'the flags of another verb', line: 'hours next --', offers: ['--file', '--at'], lacks: ['--week'] },
  { title: 'no verb after a flag', line: 'hours --json ', offers: ['--week'], lacks: ['next', 'show', '--json'] },
  { title: 'nothing after an unknown command', line: 'nope ', only: [] },
  { title: 'nothing after an unknown verb', line: 'hours nope ', only: [] },

  { title: 'the choices of an argument', line: 'is ', only: ['online', 'offline', 'open', 'staffed'] },
  { title: 'the choices that begin so', line: 'is o', only: ['online', 'offline', 'open'] },
  { title: 'an argument after flags', line: 'is --json --at now st', only: ['staffed'] },
  { title: 'flags once no argument is left', line: 'is online ', offers: ['--at'], lacks: ['online', 'offline'] },
  { title: 'the choices of a flag', line: 'simulate --mode ', only: ['automatic', 'online', 'offline'] },
  { title: 'the choices after =', line: 'simulate --mode=', only: ['automatic', 'online', 'offline'] },
  { title: 'the choices after = that begin so', line: 'simulate --mode=o', only: ['online', 'offline'] },
  {
    title: 'choices with a colon',
    line: 'token create --scope st',
    only: ['status:self', 'status:any'],
  },
  { title: 'nothing for a value that may be anything', line: 'lint --at ', only: [] },

  { title: 'no flag twice', line: 'simulate --mode online --json --', offers: ['--at'], lacks: ['--mode', '--json'] },
  { title: 'no flag twice after =', line: 'simulate --mode=online --', offers: ['--at'], lacks: ['--mode'] },
  { title: 'no flag twice, however spelt', line: 'lint -f acme.yaml -', offers: ['--at'], lacks: ['-f', '--file'] },
  { title: 'a repeatable flag again', line: 'simulate --agent sam=away --ag', only: ['--agent'] },
  { title: 'a flag after one whose value may be left out', line: 'simulate --next --mo', only: ['--mode'] },
  { title: 'a flag after a value that might be left out', line: 'simulate --next 3 --mo', only: ['--mode'] },
  { title: 'no flag after --', line: 'simulate -- --', only: [] },

  { title: 'agents', line: 'simulate --after ', only: AGENTS, asks: 'agents' },
  { title: 'agents after =', line: 'simulate --after=', only: AGENTS, asks: 'agents' },
  { title: 'an agent with a space', line: 'simulate --after S', only: ['Sam Reed'], asks: 'agents' },
  { title: 'an agent after an escaped space', line: 'simulate --after Sam\\ ', only: ['Sam Reed'], asks: 'agents' },
  { title: 'an agent with an apostrophe', line: 'simulate --after O', only: ["O'Brien"], asks: 'agents' },
  { title: 'an agent with accents', line: 'simulate --after Jos', only: ['José Núñez'], asks: 'agents' },
  { title: 'an agent by email', line: 'simulate --after sam@', only: ['sam@acme.example'], asks: 'agents' },
  { title: 'agents as an argument', line: 'agent show le', only: ['lena'], asks: 'agents' },
  { title: 'agents again', line: 'team edit sales --member lena --member ', only: AGENTS, asks: 'agents' },
  {
    title: 'agents of the profile',
    line: 'agent show --profile prod le',
    only: ['lena'],
    asks: 'agents --profile prod',
  },
  {
    title: 'agents of the profile after =',
    line: 'agent show --json --profile=prod --no-color le',
    only: ['lena'],
    asks: 'agents --profile prod',
  },
  { title: 'profiles', line: 'profile use ', only: ['prod', 'local'], asks: 'profiles' },
  { title: 'profiles as a flag', line: 'status --profile ', only: ['prod', 'local'], asks: 'profiles' },
  { title: 'profiles after =', line: 'status --profile=p', only: ['prod'], asks: 'profiles' },
  { title: 'zones', line: 'hours zone Am', only: ['America/New_York'], asks: 'zones' },
  { title: 'nothing where the workspace cannot tell', line: 'routing edit ', only: [], asks: 'rules' },

  { title: 'files', line: 'simulate --file ', only: FILES },
  { title: 'files of the short flag', line: 'lint -f ', only: FILES },
  { title: 'files that begin so', line: 'simulate --file ac', only: ['acme.yaml'] },
  { title: 'files after =', line: 'simulate --file=ac', only: ['acme.yaml'] },
  { title: 'files with a space', line: 'lint --file my', only: ['my file.yaml'] },
  { title: 'files of a folder', line: 'lint --file sub/', only: ['sub/deep.yaml'] },
]
