import inquirer from 'inquirer'
import { DriftStatusError } from '../../domain/errors.js'
import type { Prompter } from '../context.js'
import { safeText } from '../output/safe-text.js'

/** Asks on standard error, so that standard output holds results alone. */
export function inquirerPrompter(): Prompter {
  const prompt = inquirer.createPromptModule({ output: process.stderr })
  return {
    text: (question, initial, problemOf) => {
      const validate = (answer: string) => {
        const problem = problemOf?.(answer)
        return problem === undefined || safeText(problem)
      }
      return ask(prompt([{ type: 'input', name: 'answer', message: safeText(question), default: initial, validate }]))
    },
    secret: (question) =>
      ask(prompt([{ type: 'password', name: 'answer', message: safeText(question), toggleMask: false }])),
    choose: (question, choices) =>
      ask(prompt([{ type: 'select', name: 'answer', message: safeText(question), choices: [...choices] }])),
    confirm: (question) =>
      ask(prompt([{ type: 'confirm', name: 'answer', message: safeText(question), default: false }])),
  }
}

async function ask<Answer>(answers: Promise<Record<string, unknown>>): Promise<Answer> {
  try {
    return (await answers).answer as Answer
  } catch (cause) {
    if (!(cause instanceof Error && cause.name === 'ExitPromptError')) throw cause
    throw new DriftStatusError('interrupted', 'interrupted: nothing was changed', { cause })
  }
}
