import type { CheckedScenarios, PlacedScenario } from '../../session/scenario-files.js'
import { type Lines, line, type Text } from '../line.js'
import { differenceWords, failingTime } from '../scenario-words.js'
import type { Style } from '../style.js'

/** The lines of `check`: the scenarios that do not hold, and all of them with `--verbose`. */
export function renderCheck({ scenarios, timeZone, held, total }: CheckedScenarios, style: Style): Lines {
  const summary = `${held} of ${total} hold`
  return [
    ...scenarios.flatMap((scenario) => renderScenario(scenario, timeZone, style)),
    held === total ? style.good(summary) : style.bad(summary),
  ]
}

function renderScenario(scenario: PlacedScenario, timeZone: string, style: Style): readonly Text[] {
  const { name, file, line: row, failure } = scenario
  const place = style.dim(`${file}:${row}`)
  if (!failure) return style.isVerbose ? [line`${style.good('holds')} ${name} ${place}`] : []
  return [
    line`${style.bad('fails')} ${style.bold(name)} ${place}`,
    `  ${failingTime(failure, timeZone)}`,
    ...failure.differences.map((difference) => `  ${differenceWords(difference)}`),
    ...failure.reasons.map(({ text }) => line`  ${style.dim(text)}`),
  ]
}
