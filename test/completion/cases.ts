import { CONDITIONS } from '../../src/domain/words.js'
import type { Surroundings } from './shells.js'

/** What is typed after the executable's name, and what may stand for its last word. */
export interface Case {
  readonly title: string
  readonly line: string
  /** All that is offered. */
  readonly only?: readonly string[]
  readonly offers?: readonly string[]
  readonly lacks?: readonly string[]
}

export const SURROUNDINGS: Surroundings = {
  agents: ['lena\taway: lunch', 'sam@acme.example', 'José', "O'Brien", 'b:1', 'b:2'],
  files: ['acme.yaml', 'my file.yaml', 'sub/deep.yaml'],
}

const AGENTS = ['lena', 'sam@acme.example', 'José', "O'Brien", 'b:1', 'b:2']
const FILES = ['acme.yaml', 'my file.yaml', 'sub']

/** What may follow which words: the same in every shell, so asked of none of them. */
export const GRAMMAR: readonly Case[] = [
  {
    title: 'commands',
    line: '',
    offers: ['simulate', 'hours', 'is', 'lint'],
    lacks: ['show next', '--help', '__complete'],
  },
  {
    title: 'the flags of the executable',
    line: '--',
    offers: ['--help', '--version', '--json', '--profile'],
    lacks: ['--json-fields', '--at'],
  },
  { title: 'a command after a shared flag', line: '--json sim', offers: ['simulate'] },
  { title: 'a verb after a shared flag', line: '--json hours ', offers: ['show', 'set'] },
  {
    title: 'the fields of a list',
    line: 'agent list --json=',
    offers: ['--json=id', '--json=status'],
    lacks: ['--json=agents'],
  },
  { title: 'a field after another', line: 'agent list --json=id,', offers: ['--json=id,status'] },
  { title: 'the topics of help', line: 'help ', offers: ['times', 'exit-codes'] },
  { title: 'the topics of the log', line: 'log --what ', offers: ['hours', 'mode', 'rules'] },
  { title: 'the days of a week', line: 'hours set ', offers: ['mon-fri', 'sat', 'all'] },
  { title: 'the verbs of a noun', line: 'hours ', offers: ['show', 'next'], lacks: ['--week', 'simulate'] },
  { title: 'the flags of the default verb', line: 'hours --', offers: ['--file', '--week', '--json'], lacks: ['--at'] },
  { title: 'the flags of another verb', line: 'hours next --', offers: ['--file', '--at'], lacks: ['--week'] },
  { title: 'the flags of a noun without a default verb', line: 'profile --', offers: ['--help'], lacks: ['--version'] },
  { title: 'no verb after a flag', line: 'hours --json ', only: [] },
  { title: 'nothing after an unknown command', line: 'nope ', only: [] },
  { title: 'nothing after an unknown verb', line: 'hours nope ', only: [] },
  { title: 'nothing after a hidden command', line: '__complete ', only: [] },
  { title: 'the choices of an argument', line: 'is ', only: CONDITIONS },
  { title: 'the conditions to wait for', line: 'wait ', only: CONDITIONS },
  { title: 'an argument after flags', line: 'is --json --at now st', only: CONDITIONS },
  { title: 'nothing once no argument is left', line: 'is online ', only: [] },
  { title: 'the choices of a flag', line: 'simulate --mode ', only: ['automatic', 'online', 'offline'] },
  {
    title: 'the choices after =',
    line: 'simulate --mode=',
    only: ['--mode=automatic', '--mode=online', '--mode=offline'],
  },
  { title: 'nothing for a value that may be anything', line: 'lint --at ', only: [] },
  { title: 'no flag twice', line: 'simulate --mode online --json --', offers: ['--at'], lacks: ['--mode', '--json'] },
  { title: 'no flag twice after =', line: 'simulate --mode=online --', offers: ['--at'], lacks: ['--mode'] },
  { title: 'no flag twice, however spelt', line: 'lint -f acme.yaml -', offers: ['--at'], lacks: ['-f', '--file'] },
  { title: 'a repeatable flag again', line: 'simulate --agent sam=away --', offers: ['--agent'] },
  { title: 'a flag after one whose value may be left out', line: 'simulate --next --', offers: ['--mode'] },
  { title: 'a flag after a value that might be left out', line: 'simulate --next 3 --', offers: ['--mode'] },
  { title: 'no flag after --', line: 'simulate -- --', only: [] },
  { title: 'an argument after --', line: 'is -- ', only: CONDITIONS },
]

/** What each shell shows. */
export const CASES: readonly Case[] = [
  { title: 'the rest of a command', line: 'sim', only: ['simulate'] },
  { title: 'no hidden command', line: '__', only: [] },
  { title: 'the verbs of a noun', line: 'hours ', offers: ['show', 'next'], lacks: ['--week', 'simulate'] },
  { title: 'the choices that begin so', line: 'is o', only: ['online', 'offline', 'open'] },
  { title: 'the choices after = that begin so', line: 'simulate --mode=o', only: ['online', 'offline'] },
  { title: 'choices with a colon', line: 'token create --scope st', only: ['status:self', 'status:any'] },
  { title: 'flags', line: 'simulate --mode online --js', only: ['--json'] },
  { title: 'nothing for a value that may be anything', line: 'lint --at ', only: [] },
  { title: 'agents', line: 'simulate --after ', only: AGENTS },
  { title: 'agents after =', line: 'simulate --after=', only: AGENTS },
  { title: 'an agent with an apostrophe', line: 'simulate --after O', only: ["O'Brien"] },
  { title: 'an agent with accents', line: 'simulate --after Jos', only: ['José'] },
  { title: 'an agent by email', line: 'simulate --after sam@', only: ['sam@acme.example'] },
  { title: 'a flag after a quoted value', line: 'simulate --after "Sam Reed" --mo', only: ['--mode'] },
  { title: 'agents again', line: 'team edit sales --member lena --member ', only: AGENTS },
  { title: 'agents of the profile', line: 'agent show --profile prod ', only: ['lena'] },
  { title: 'agents of the profile after =', line: 'agent show --json --profile=prod --no-color ', only: ['lena'] },
  { title: 'profiles after =', line: 'status --profile=p', only: ['prod'] },
  { title: 'zones', line: 'hours zone Europe/Berl', only: ['Europe/Berlin'] },
  { title: 'nothing where the workspace cannot tell', line: 'routing edit --profile gone ', only: [] },
  { title: 'files', line: 'simulate --file ', only: FILES },
  { title: 'files that begin so', line: 'lint -f ac', only: ['acme.yaml'] },
  { title: 'files after =', line: 'simulate --file=ac', only: ['acme.yaml'] },
  { title: 'files with a space', line: 'lint --file my', only: ['my file.yaml'] },
  { title: 'files of a folder', line: 'lint --file sub/', only: ['sub/deep.yaml'] },
]
