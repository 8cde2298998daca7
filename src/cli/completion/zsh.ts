import {
  type CompletionArgument,
  type CompletionCommand,
  type CompletionModel,
  type CompletionOption,
  type CompletionValues,
  everyCommand,
} from './model.js'

/** The completion function for zsh: autoloaded from fpath as `_drift-status`, or sourced. */
export function zshCompletion({ root, globalOptions }: CompletionModel): string {
  return `#compdef drift-status
# zsh completion for drift-status, made from its commands. To install it, see
# drift-status completion --help

# Sets the caller's verbs and specs (in the words of _arguments) to what may follow a command.
_drift_status_table() {
  local -a common=(${listed(globalOptions.map(flag), 4)})
  verbs=() specs=()
  case $1 in
${everyCommand(root).map(entry).join('\n')}
    (*) return 1 ;;
  esac
}
${ENGINE}`
}

function entry(command: CompletionCommand): string {
  const specs = [
    ...command.arguments.map(argument),
    ...command.options.map(flag),
    ...(command.takesGlobalOptions ? ['$common'] : []),
  ]
  const settings = [
    ...(command.commands.length > 0 ? [`      verbs=(${listed(command.commands.map(verb), 8)})`] : []),
    `      specs=(${listed(specs, 8)}) ;;`,
  ]
  return `    (${quoted(command.path)})\n${settings.join('\n')}`
}

/** On the line when it is one word, else a line for each. */
function listed(words: readonly string[], indent: number): string {
  return words.length === 1 ? words[0]! : words.map((word) => `\n${' '.repeat(indent)}${word}`).join('')
}

function verb({ word, summary }: CompletionCommand): string {
  return quoted(`${word}:${summary}`)
}

/** `'(-f --file)'{-f+,--file=}'[a document]:path:_files'` */
function flag(option: CompletionOption): string {
  const { names, isRepeatable, takesValue, valueName, values } = option
  const spellings = names.map((name) => (takesValue === 'never' ? name : `${name}${name.startsWith('--') ? '=' : '+'}`))
  const excluded = isRepeatable ? '*' : `(${names.join(' ')})`
  const value = { never: '', optionally: `::${valueName}:`, always: `:${valueName}:` }[takesValue]
  const explained = `[${option.summary.replace(/[\\[\]:]/g, '\\$&')}]${value}${action(values)}`
  if (names.length === 1) return quoted(`${isRepeatable ? '*' : ''}${spellings[0]}${explained}`)
  return `${quoted(excluded)}{${spellings.join(',')}}${quoted(explained)}`
}

function argument({ name, values, isRequired, isRepeatable }: CompletionArgument): string {
  return quoted(`${isRepeatable ? '*' : ''}:${isRequired || isRepeatable ? '' : ':'}${name}:${action(values)}`)
}

function action(values: CompletionValues): string {
  switch (values.kind) {
    case 'any':
      return ''
    case 'words':
      // A colon parts the fields of a spec.
      return `(${values.words.join(' ').replaceAll(':', '\\:')})`
    case 'files':
      return '_files'
    case 'live':
      return `{_drift_status_live ${values.source}}`
  }
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`
}

const ENGINE = `
# Offers live values of the workspace: the lines are VALUE or VALUE<tab>DESCRIPTION.
_drift_status_live() {
  local line
  local -a values chosen
  # Live values are those of the workspace that the line's --profile names.
  integer at=$words[(I)--profile]
  if (( at && at + 1 != CURRENT )); then chosen=(--profile \${(Q)words[at+1]})
  else chosen=(\${(s:=:)\${(MQ)words[1,CURRENT-1]:#--profile=?*}}); fi
  for line in \${(f)"$(drift-status __complete $1 $chosen </dev/null 2>/dev/null)"}; do
    line=\${\${line//\\\\/\\\\\\\\}//:/\\\\:}
    values+=(\${line/$'\\t'/:})
  done
  _describe -t $1 \${1%s} values
}

_drift-status() {
  local place=''
  local -a verbs specs
  integer depth=1
  _drift_status_table ''
  while (( $#verbs && depth + 1 < CURRENT )) && [[ $words[depth+1] != -* ]]; do
    place=\${place:+$place }$words[++depth]
    _drift_status_table $place || return 1
  done
  if (( $#verbs && depth + 1 == CURRENT )) && [[ $words[CURRENT] != -* ]]; then
    _describe -t commands command verbs
    return
  fi
  # What is left is the command and its own words.
  shift $(( depth - 1 )) words
  (( CURRENT -= depth - 1 ))
  _arguments -s -S : $specs
}

# Autoloaded, this file is the function's body; sourced, it registers it.
if [[ $zsh_eval_context[-1] == loadautofunc ]]; then
  _drift-status "$@"
else
  compdef _drift-status drift-status
fi
`
