import inquirer from 'inquirer'
import { DriftStatusError } from '../domain/errors.js'
import type { Prompter } from './context.js'

/** Asks on standard error, so that standard output holds results alone. */
export function inquirerPrompter(): Prompter {
  const prompt = inquirer.createPromptModule({ output: process.stderr })
  return {
    text: (message, initial, problemOf) => {
      const validate = (answer: string) => problemOf?.(answer) ?? true
      return ask(prompt([{ type: 'input', name: 'answer', message, default: initial, validate }]))
    },
    secret: (message) => ask(prompt([{ type: 'password', name: 'answer', message, toggleMask: false }])),
    choose: (message, choices) => ask(prompt([{ type: 'select', name: 'answer', message, choices: [...choices] }])),
    confirm: (message) => ask(prompt([{ type: 'confirm', name: 'answer', message, default: false }])),
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
