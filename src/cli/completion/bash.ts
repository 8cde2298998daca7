import { type CompletionCommand, type CompletionModel, everyCommand } from './model.js'
import { argumentNotation, NOTATION, optionNotation } from './notation.js'

const WIDTH = 100

/** The completion script for bash, 3.2 (macOS) and later. */
export function bashCompletion({ root, globalOptions }: CompletionModel): string {
  return `# bash completion for drift-status, made from its commands. To install it, see
# drift-status completion --help

# What may follow each command.
${NOTATION.map((line) => `#   ${line}`).join('\n')}
_drift_status_table() {
  local common="${wrapped(globalOptions.map(optionNotation))}"
  verbs='' flags='' arguments=''
  case $1 in
${everyCommand(root).map(entry).join('\n')}
  *) return 1 ;;
  esac
}
${ENGINE}`
}

function entry(command: CompletionCommand): string {
  const flags = [...command.options.map(optionNotation), ...(command.takesGlobalOptions ? ['$common'] : [])]
  const settings = [
    ...setting('verbs', command.commands, ({ word }) => word),
    `    flags="${wrapped(flags)}"`,
    ...setting('arguments', command.arguments, argumentNotation),
  ]
  return `  '${command.path}')\n${settings.join('\n')} ;;`
}

function setting<Item>(name: string, items: readonly Item[], word: (item: Item) => string): readonly string[] {
  return items.length === 0 ? [] : [`    ${name}="${wrapped(items.map(word))}"`]
}

function wrapped(words: readonly string[]): string {
  const lines: string[] = []
  for (const word of words) {
    const line = lines.at(-1)
    if (line === undefined || line.length + word.length >= WIDTH) lines.push(word)
    else lines[lines.length - 1] = `${line} ${word}`
  }
  return lines.join('\n      ')
}

const ENGINE = `
# Finds a flag by one of its spellings; answers in names, repeats, takes and values.
_drift_status_flag() {
  local entry shape='^([^+:=]+)(\\+?)(:?=)?(.*)$'
  for entry in $flags; do
    [[ $entry =~ $shape ]]
    names=\${BASH_REMATCH[1]} repeats=\${BASH_REMATCH[2]} takes=\${BASH_REMATCH[3]} values=\${BASH_REMATCH[4]}
    [[ ",$names," == *",$1,"* ]] && return
  done
  names='' repeats='' takes='' values=''
}

# Joins what bash cut at = : @ back into words, up to the cursor. Takes the last as typed; kept is the
# part of it that readline leaves in its place.
_drift_status_words() {
  local line=\${COMP_LINE:0:COMP_POINT} rest piece i last=-1
  for ((i = 0; i <= COMP_CWORD; i++)); do
    rest=\${line#"\${line%%[![:space:]]*}"}
    piece=\${COMP_WORDS[i]}
    ((i == COMP_CWORD)) && piece=$rest
    if ((i == 0)) || [[ $rest != "$line" ]]; then words[++last]=$piece; else words[last]+=$piece; fi
    line=\${rest#"$piece"}
  done
  typed=\${words[last]}
  unset "words[last]"
  local breaks=\${COMP_WORDBREAKS//[^=:@]/} unquoted=\${typed%%[\\"\\']*}
  [[ $breaks ]] && kept=\${unquoted%"\${unquoted##*[$breaks]}"}
  kept=\${kept%@} # Readline counts an @ to what follows it.
}

# Offers the words that begin with what is typed, quoted as the line is.
_drift_status_offer() {
  local word quoted begun=\${typed//\\\\/}
  [[ $typed == [\\"\\']* ]] && begun=\${typed:1}
  for word; do
    [[ $word == "$begun"* ]] || continue
    case $typed in
    \\'*) [[ $word == *\\'* ]] && continue || quoted=$word ;;
    \\"*) [[ $word == *[\\"\\$\\\`\\\\!]* ]] && continue || quoted=$word ;;
    *) printf -v quoted %q "$word" ;;
    esac
    quoted=$prefix$quoted
    COMPREPLY+=("\${quoted#"$kept"}")
  done
}

_drift_status_values() {
  local IFS='|' value rest
  case $1 in
  @files) compopt -o default 2>/dev/null || IFS=$'\\n' COMPREPLY=($(compgen -f -- "$typed")) ;;
  @*)
    while IFS=$'\\t' read -r value rest; do
      _drift_status_offer "$value"
    done < <(drift-status __complete "\${1#@}" \${profile:+--profile "$profile"} 2>/dev/null </dev/null)
    ;;
  -) ;;
  *) _drift_status_offer $1 ;;
  esac
}

_drift_status_flags() {
  local entry spellings
  for entry in $flags; do
    spellings=\${entry%%[+:=]*}
    [[ $used == *",$spellings,"* ]] || _drift_status_offer \${spellings//,/ }
  done
}

_drift_status() {
  local IFS=$' \\t\\n' verbs flags arguments names repeats takes values kept='' typed prefix=''
  local path='' used=',' awaiting='' literal='' position=0 word profile=''
  local -a words=()
  COMPREPLY=()
  _drift_status_words
  _drift_status_table ''
  for word in "\${words[@]:1}"; do
    if [[ $awaiting == = || ($awaiting && $word != -*) ]]; then
      [[ $names == --profile ]] && profile=$word
      awaiting=''
    elif [[ -z $literal && $word == -- ]]; then
      literal=1 verbs='' awaiting=''
    elif [[ -z $literal && $word == -?* ]]; then
      _drift_status_flag "\${word%%=*}"
      [[ $repeats ]] || used+="$names,"
      [[ $word == *=* ]] && awaiting='' || awaiting=$takes
      [[ $word == --profile=* ]] && profile=\${word#*=}
      verbs='' # After a flag a noun means its default verb.
    elif [[ $verbs ]]; then
      path=\${path:+$path }$word
      _drift_status_table "$path" || return 0
    else
      ((position++))
    fi
  done

  if [[ $awaiting == = ]]; then
    _drift_status_values "\${values:--}"
  elif [[ -z $literal && $typed == --*=* ]]; then
    prefix=\${typed%%=*}= typed=\${typed#*=}
    _drift_status_flag "\${prefix%=}"
    _drift_status_values "\${values:--}"
  elif [[ -z $literal && $typed == -* ]]; then
    _drift_status_flags
  elif [[ $verbs ]]; then
    _drift_status_offer $verbs
  else
    [[ $awaiting && $values ]] && _drift_status_values "$values"
    values=-
    for word in $arguments; do
      values=\${word%...}
      ((position-- == 0)) || [[ $word == *... ]] && break
      values=-
    done
    _drift_status_values "$values"
    [[ -z $literal && -z $typed && $values == - ]] && _drift_status_flags
  fi
  return 0
}

complete -F _drift_status drift-status
`
