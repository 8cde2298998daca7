import { benchCoverage } from './coverage.js'
import { benchDecide, benchDuty, benchTimeline } from './decisions.js'
import { benchFirstQuestion } from './first-question.js'
import { benchHolidays } from './holidays.js'
import { benchExceptions, benchIsOpen } from './is-open.js'
import { printChecksum } from './measure.js'

benchIsOpen()
benchDecide()
benchDuty()
benchCoverage()
benchFirstQuestion()
benchTimeline()
benchExceptions()
benchHolidays()
printChecksum()
