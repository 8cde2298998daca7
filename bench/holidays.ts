import { compileHours } from '../src/domain/decision/compile-hours.js'
import { compileWorkspace } from '../src/domain/decision/compile-workspace.js'
import type { WorkspaceDocument } from '../src/domain/document/schema.js'
import { formatDate, parseDate } from '../src/domain/time/calendar-date.js'
import { Schedule } from '../src/domain/time/schedule.js'
import { atMostTimesTheReference, type Contender, measure, printTable } from './measure.js'
import { randomInstants, readSample } from './workspaces.js'

const CALENDARS = 20
const YEARS = 30
const DAYS_A_YEAR = 12
const TEAMS = 50

/** "Is it open" and compiling a year, without holidays and with twenty calendars of thirty years. */
export function benchHolidays(): void {
  const plain = readSample()
  const full = withHolidays(plain)
  const instants = randomInstants(2026)
  const [sample, holidays] = [plain, full].map((document) => compileHours(document.hours, document))
  const teams = [...compileWorkspace(full).teams.values()].flatMap(({ schedule }) => schedule ?? [])
  const asked = (name: string, schedules: readonly Schedule[]): Contender => ({
    name,
    run(times) {
      let open = 0
      for (let index = 0; index < times; index++) {
        if (schedules[index % schedules.length]!.isOpen(instants[index % instants.length]!)) open++
      }
      return open
    },
  })
  const openFigures = measure([
    asked('no holidays', [sample!]),
    { ...asked(`${CALENDARS} calendars of ${YEARS} years`, [holidays!]), aim: atMostTimesTheReference(1.2) },
  ])
  printTable('"Is it open" must not grow with holiday calendars', openFigures)
  const ownHours = TEAM_HOURS.map((weekly) => compileHours({ weekly, exceptions: [] }, plain))
  const teamFigures = measure([
    asked(`${TEAMS} teams with hours, no holidays`, ownHours),
    { ...asked(`${TEAMS} teams with hours, ${CALENDARS} calendars`, teams), aim: atMostTimesTheReference(1.2) },
  ])
  printTable('The same of many teams, each with hours of its own', teamFigures)

  const years = [plain, full].map((document) => ({
    document,
    hours: compileHours(document.hours, document).calendar.hours,
  }))
  const compiled = (name: string, { hours }: (typeof years)[number]): Contender => ({
    name,
    run(times) {
      let open = 0
      for (let index = 0; index < times; index++) {
        if (new Schedule(hours).isOpen(Date.UTC(2020 + (index % YEARS), 5, 1))) open++
      }
      return open
    },
  })
  const yearFigures = measure([
    compiled('no holidays', years[0]!),
    { ...compiled(`${CALENDARS} calendars of ${YEARS} years`, years[1]!), aim: atMostTimesTheReference(1.5) },
  ])
  printTable('Compiling the hours of a year', yearFigures)
}

const TEAM_HOURS = Array.from({ length: TEAMS }, (_, team) => {
  const hours = `${String(6 + (team % 6)).padStart(2, '0')}:00-${14 + (team % 8)}:00`
  return { mon: hours, tue: hours, wed: hours, thu: hours, fri: hours }
})

function withHolidays(document: WorkspaceDocument): WorkspaceDocument {
  const first = parseDate('2015-01-01')
  const holidays = Array.from({ length: CALENDARS }, (_, calendar) => ({
    id: `calendar-${calendar}`,
    days: Array.from({ length: YEARS * DAYS_A_YEAR }, (_day, index) => ({
      date: formatDate(first + index * 30 + ((calendar * 7) % 30)),
      name: `Holiday ${index}`,
      hours: 'closed' as const,
    })),
  }))
  const teams = TEAM_HOURS.map((weekly, team) => ({
    id: `team-${team}`,
    members: [document.agents[0]!.id],
    availability: 'custom-hours' as const,
    hours: { weekly, exceptions: [] },
  }))
  return { ...document, holidays, teams: [...document.teams, ...teams] }
}
