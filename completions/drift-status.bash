# bash completion for drift-status, for bash 3.2 (macOS) and later. To install it, see
# drift-status completion --help
#
# It hands the words of the line to "drift-status __complete" and offers what that answers: whether a file may
# stand at the cursor, then a candidate a line, with a tab before what it is.

# Joins what bash cut at = : @ back into words, up to the cursor. Takes the last as typed; kept is the
# part of it that readline leaves in its place.
_drift_status_words() {
  local line=${COMP_LINE:0:COMP_POINT} rest piece i last=-1
  for ((i = 0; i <= COMP_CWORD; i++)); do
    rest=${line#"${line%%[![:space:]]*}"}
    piece=${COMP_WORDS[i]}
    ((i == COMP_CWORD)) && piece=$rest
    if ((i == 0)) || [[ $rest != "$line" ]]; then words[++last]=$piece; else words[last]+=$piece; fi
    line=${rest#"$piece"}
  done
  typed=${words[last]}
  unset "words[last]"
  local breaks=${COMP_WORDBREAKS//[^=:@]/} unquoted=${typed%%[\"\']*}
  [[ $breaks ]] && kept=${unquoted%"${unquoted##*[$breaks]}"}
  kept=${kept%@} # Readline counts an @ to what follows it.
}

# Offers a word, quoted as the line is, where it begins with what is typed.
_drift_status_offer() {
  local word=${1#"$prefix"} quoted
  [[ $word == "$begun"* ]] || return
  case $typed in
  \'*) [[ $word == *\'* ]] && return || quoted=$word ;;
  \"*) [[ $word == *[\"\$\`\\!]* ]] && return || quoted=$word ;;
  *)
    printf -v quoted %q "$word"
    [[ $quoted == \~* ]] && quoted=\\$quoted # Bash 3.2 leaves it bare.
    ;;
  esac
  quoted=$prefix$quoted
  COMPREPLY+=("${quoted#"$kept"}")
}

_drift_status() {
  local IFS=$' \t\n' kept='' typed prefix='' begun files='' line
  local -a words=()
  COMPREPLY=()
  _drift_status_words
  [[ $typed == --*=* ]] && prefix=${typed%%=*}= typed=${typed#*=}
  begun=${typed//\\/}
  [[ $typed == [\"\']* ]] && begun=${typed:1}
  {
    read -r files
    while IFS= read -r line; do _drift_status_offer "${line%%$'\t'*}"; done
  } < <(drift-status __complete -- "${words[@]:1}" "$prefix$begun" 2>/dev/null </dev/null)
  if [[ $files == files ]]; then
    compopt -o default 2>/dev/null || IFS=$'\n' COMPREPLY=($(compgen -f -- "$typed"))
  fi
  return 0
}

complete -F _drift_status drift-status
