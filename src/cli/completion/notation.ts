import type { CompletionArgument, CompletionOption, CompletionValues } from './model.js'

/** How the tables inside the scripts are read; each script carries it as a comment. */
export const NOTATION = [
  '--flag       takes no value        =  takes one        :=  may take one        +  may be repeated',
  'on|off       one of these words    @files  a file      @agents  a live value of the workspace',
  '-            anything              ...  for every word that follows',
]

const VALUE_MARKS = { never: '', optionally: ':=', always: '=' } as const

/** A flag as one word: `-f,--file=@files`, `--agent+=`, `--mode=online|offline`. */
export function optionNotation({ names, isRepeatable, takesValue, values }: CompletionOption): string {
  return `${names.join(',')}${isRepeatable ? '+' : ''}${VALUE_MARKS[takesValue]}${valuesNotation(values)}`
}

/** An argument as one word: `online|offline`, `@agents...`, `-`. */
export function argumentNotation({ values, isRepeatable }: CompletionArgument): string {
  return `${valuesNotation(values) || '-'}${isRepeatable ? '...' : ''}`
}

function valuesNotation(values: CompletionValues): string {
  switch (values.kind) {
    case 'any':
      return ''
    case 'words':
      return values.words.join('|')
    case 'files':
      return '@files'
    case 'live':
      return `@${values.source}`
  }
}
