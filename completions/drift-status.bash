# bash completion for drift-status, made from its commands. To install it, see
# drift-status completion --help

# What may follow each command.
#   --flag       takes no value        =  takes one        :=  may take one        +  may be repeated
#   on|off       one of these words    @files  a file      @agents  a live value of the workspace
#   -            anything              ...  for every word that follows
_drift_status_table() {
  local common="--json -q,--quiet --no-color --profile=@profiles --no-input -y,--yes --verbose -h,--help"
  verbs='' flags='' arguments=''
  case $1 in
  '')
    verbs="init status is widget hours agent auto-offline routing playbook team simulate route lint log show
      revert profile serve token doctor completion api"
    flags="-h,--help -V,--version" ;;
  'init')
    flags="--sample --from=@files --name= --time-zone=@zones --your-name= --email= --agent= --database=@files
      $common" ;;
  'status')
    flags="-w,--watch $common" ;;
  'is')
    flags="-f,--file=@files --live --at= $common"
    arguments="online|offline|open|staffed" ;;
  'widget')
    verbs="show online offline auto display"
    flags="$common" ;;
  'widget show')
    flags="$common" ;;
  'widget online')
    flags="--for= --until= -m,--message= --dry-run $common" ;;
  'widget offline')
    flags="--for= --until= -m,--message= --dry-run $common" ;;
  'widget auto')
    flags="-m,--message= --dry-run $common" ;;
  'widget display')
    flags="-m,--message= --dry-run $common"
    arguments="always|online-only|hidden" ;;
  'hours')
    verbs="show set close open clear zone edit next"
    flags="-f,--file=@files --week= $common" ;;
  'hours show')
    flags="-f,--file=@files --week= $common" ;;
  'hours set')
    flags="-m,--message= --dry-run $common"
    arguments="- -..." ;;
  'hours close')
    flags="--name= -m,--message= --dry-run $common"
    arguments="-" ;;
  'hours open')
    flags="--name= -m,--message= --dry-run $common"
    arguments="- -..." ;;
  'hours clear')
    flags="-m,--message= --dry-run $common"
    arguments="-" ;;
  'hours zone')
    flags="-m,--message= --dry-run $common"
    arguments="@zones" ;;
  'hours edit')
    flags="-m,--message= --dry-run $common" ;;
  'hours next')
    flags="-f,--file=@files --at= $common"
    arguments="-" ;;
  'agent')
    verbs="show available away list add edit remove"
    flags="$common"
    arguments="@agents" ;;
  'agent show')
    flags="$common"
    arguments="@agents" ;;
  'agent available')
    flags="--for= --until= --note= --agent=@agents -m,--message= --dry-run $common" ;;
  'agent away')
    flags="--for= --until= --note= --agent=@agents -m,--message= --dry-run $common" ;;
  'agent list')
    flags="--status=available|away --after= --limit= $common" ;;
  'agent add')
    flags="--email= --name= --role=admin|agent --avatar= --time-zone=@zones --chat-limit= --bot --no-bot
      --disabled --no-disabled -m,--message= --dry-run $common"
    arguments="-" ;;
  'agent edit')
    flags="--email= --name= --role=admin|agent --avatar= --time-zone=@zones --chat-limit= --bot --no-bot
      --disabled --no-disabled -m,--message= --dry-run $common"
    arguments="@agents" ;;
  'agent remove')
    flags="-m,--message= --dry-run $common"
    arguments="@agents" ;;
  'auto-offline')
    verbs="show on off"
    flags="$common" ;;
  'auto-offline show')
    flags="$common" ;;
  'auto-offline on')
    flags="-m,--message= --dry-run $common" ;;
  'auto-offline off')
    flags="-m,--message= --dry-run $common" ;;
  'routing')
    verbs="list add edit move remove default cursor"
    flags="$common" ;;
  'routing list')
    flags="$common" ;;
  'routing add')
    flags="--when+= --to= --strategy=in-order|random|least-open|least-recent --name= --before=@rules
      -m,--message= --dry-run $common"
    arguments="-" ;;
  'routing edit')
    flags="--when+= --to= --strategy=in-order|random|least-open|least-recent --name= -m,--message= --dry-run
      $common"
    arguments="@rules" ;;
  'routing move')
    flags="--before=@rules --last -m,--message= --dry-run $common"
    arguments="@rules" ;;
  'routing remove')
    flags="-m,--message= --dry-run $common"
    arguments="@rules" ;;
  'routing default')
    flags="--to= --strategy=in-order|random|least-open|least-recent --none -m,--message= --dry-run $common" ;;
  'routing cursor')
    flags="--after=@agents --reset --dry-run $common"
    arguments="-" ;;
  'playbook')
    verbs="list show enable disable add edit remove"
    flags="$common" ;;
  'playbook list')
    flags="$common" ;;
  'playbook show')
    flags="$common"
    arguments="@playbooks" ;;
  'playbook enable')
    flags="-m,--message= --dry-run $common"
    arguments="@playbooks" ;;
  'playbook disable')
    flags="-m,--message= --dry-run $common"
    arguments="@playbooks" ;;
  'playbook add')
    flags="--type=welcome|bot|playbook --show=online|offline|always --text= --name= --url+= --when+= --route=
      --calendar --no-calendar --before=@playbooks -m,--message= --dry-run $common"
    arguments="-" ;;
  'playbook edit')
    flags="--type=welcome|bot|playbook --show=online|offline|always --text= --name= --url+= --when+= --route=
      --calendar --no-calendar -m,--message= --dry-run $common"
    arguments="@playbooks" ;;
  'playbook remove')
    flags="-m,--message= --dry-run $common"
    arguments="@playbooks" ;;
  'team')
    verbs="list add edit remove"
    flags="$common" ;;
  'team list')
    flags="$common" ;;
  'team add')
    flags="--name= --member+=@agents -m,--message= --dry-run $common"
    arguments="-" ;;
  'team edit')
    flags="--name= --member+=@agents --remove+=@agents -m,--message= --dry-run $common"
    arguments="@teams" ;;
  'team remove')
    flags="-m,--message= --dry-run $common"
    arguments="@teams" ;;
  'simulate')
    flags="-f,--file=@files --live --at= --agent+= --mode=automatic|online|offline --auto-offline=on|off
      --after=@agents --url= --visitor+= --visitor-zone=@zones --route=
      --strategy=in-order|random|least-open|least-recent --seed= --sequence= --next:= --from= --to=
      --timeline $common" ;;
  'route')
    verbs="chat end list"
    flags="-n,--limit= $common" ;;
  'route chat')
    flags="--url= --visitor+= --route= --dry-run $common" ;;
  'route end')
    flags="--dry-run $common"
    arguments="-" ;;
  'route list')
    flags="-n,--limit= $common" ;;
  'lint')
    flags="-f,--file=@files --live --at= $common" ;;
  'log')
    flags="--who=@agents --what= --since= --before= -n,--limit= $common" ;;
  'show')
    flags="$common"
    arguments="-" ;;
  'revert')
    flags="--force -m,--message= --dry-run $common"
    arguments="-" ;;
  'profile')
    verbs="list show add use remove login logout"
    flags="$common" ;;
  'profile list')
    flags="$common" ;;
  'profile show')
    flags="$common"
    arguments="@profiles" ;;
  'profile add')
    flags="--url= --database=@files --drift --agent= --file=@files --protected --use --replace $common"
    arguments="-" ;;
  'profile use')
    flags="$common"
    arguments="@profiles" ;;
  'profile remove')
    flags="$common"
    arguments="@profiles" ;;
  'profile login')
    flags="--token-file=@files --no-verify --credentials=keyring|file $common"
    arguments="@profiles" ;;
  'profile logout')
    flags="$common"
    arguments="@profiles" ;;
  'serve')
    flags="--database=@files --sample --from=@files --name= --time-zone=@zones --host= --port=
      --tls-cert=@files --tls-key=@files --insecure-http --trust-proxy:= --rate-limit= --widget-max-age=
      $common" ;;
  'token')
    verbs="create list rotate revoke"
    flags="$common" ;;
  'token create')
    flags="--name= --agent=@agents --scope+=read|status:self|status:any|widget|hours|routing|admin
      --role=admin|agent --expires= -m,--message= --dry-run $common" ;;
  'token list')
    flags="$common" ;;
  'token rotate')
    flags="--overlap= --expires= -m,--message= --dry-run $common"
    arguments="-" ;;
  'token revoke')
    flags="-m,--message= --dry-run $common"
    arguments="-" ;;
  'doctor')
    flags="$common" ;;
  'completion')
    flags="$common"
    arguments="bash|zsh|fish|powershell" ;;
  'api')
    flags="-F,--field+= --body=@files --if-match= -m,--message= --dry-run $common"
    arguments="- -" ;;
  *) return 1 ;;
  esac
}

# Finds a flag by one of its spellings; answers in names, repeats, takes and values.
_drift_status_flag() {
  local entry shape='^([^+:=]+)(\+?)(:?=)?(.*)$'
  for entry in $flags; do
    [[ $entry =~ $shape ]]
    names=${BASH_REMATCH[1]} repeats=${BASH_REMATCH[2]} takes=${BASH_REMATCH[3]} values=${BASH_REMATCH[4]}
    [[ ",$names," == *",$1,"* ]] && return
  done
  names='' repeats='' takes='' values=''
}

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

# Offers the words that begin with what is typed, quoted as the line is.
_drift_status_offer() {
  local word quoted begun=${typed//\\/}
  [[ $typed == [\"\']* ]] && begun=${typed:1}
  for word; do
    [[ $word == "$begun"* ]] || continue
    case $typed in
    \'*) [[ $word == *\'* ]] && continue || quoted=$word ;;
    \"*) [[ $word == *[\"\$\`\\!]* ]] && continue || quoted=$word ;;
    *) printf -v quoted %q "$word" ;;
    esac
    quoted=$prefix$quoted
    COMPREPLY+=("${quoted#"$kept"}")
  done
}

_drift_status_values() {
  local IFS='|' value rest
  case $1 in
  @files) compopt -o default 2>/dev/null || IFS=$'\n' COMPREPLY=($(compgen -f -- "$typed")) ;;
  @*)
    while IFS=$'\t' read -r value rest; do
      _drift_status_offer "$value"
    done < <(drift-status __complete "${1#@}" ${profile:+--profile "$profile"} 2>/dev/null </dev/null)
    ;;
  -) ;;
  *) _drift_status_offer $1 ;;
  esac
}

_drift_status_flags() {
  local entry spellings
  for entry in $flags; do
    spellings=${entry%%[+:=]*}
    [[ $used == *",$spellings,"* ]] || _drift_status_offer ${spellings//,/ }
  done
}

_drift_status() {
  local IFS=$' \t\n' verbs flags arguments names repeats takes values kept='' typed prefix=''
  local path='' used=',' awaiting='' literal='' position=0 word profile=''
  local -a words=()
  COMPREPLY=()
  _drift_status_words
  _drift_status_table ''
  for word in "${words[@]:1}"; do
    if [[ $awaiting == = || ($awaiting && $word != -*) ]]; then
      [[ $names == --profile ]] && profile=$word
      awaiting=''
    elif [[ -z $literal && $word == -- ]]; then
      literal=1 verbs='' awaiting=''
    elif [[ -z $literal && $word == -?* ]]; then
      _drift_status_flag "${word%%=*}"
      [[ $repeats ]] || used+="$names,"
      [[ $word == *=* ]] && awaiting='' || awaiting=$takes
      [[ $word == --profile=* ]] && profile=${word#*=}
      verbs='' # After a flag a noun means its default verb.
    elif [[ $verbs ]]; then
      path=${path:+$path }$word
      _drift_status_table "$path" || return 0
    else
      ((position++))
    fi
  done

  if [[ $awaiting == = ]]; then
    _drift_status_values "${values:--}"
  elif [[ -z $literal && $typed == --*=* ]]; then
    prefix=${typed%%=*}= typed=${typed#*=}
    _drift_status_flag "${prefix%=}"
    _drift_status_values "${values:--}"
  elif [[ -z $literal && $typed == -* ]]; then
    _drift_status_flags
  elif [[ $verbs ]]; then
    _drift_status_offer $verbs
  else
    [[ $awaiting && $values ]] && _drift_status_values "$values"
    values=-
    for word in $arguments; do
      values=${word%...}
      ((position-- == 0)) || [[ $word == *... ]] && break
      values=-
    done
    _drift_status_values "$values"
    [[ -z $literal && -z $typed && $values == - ]] && _drift_status_flags
  fi
  return 0
}

complete -F _drift_status drift-status
