# fish completion for drift-status, made from its commands. To install it, see
# drift-status completion --help

# Sets the caller's verbs, flags and arguments to what may follow its path.
#   --flag       takes no value        =  takes one        :=  may take one        +  may be repeated
#   on|off       one of these words    @files  a file      @agents  a live value of the workspace
#   -            anything              ...  for every word that follows
function __drift_status_table --no-scope-shadowing
    set -l common \
        '--json print the answer as JSON, stable and documented' \
        '-q,--quiet print nothing but errors' \
        '--no-color print without colour' \
        '--profile=@profiles the profile to use (default: the current one)' \
        '--no-input never ask' \
        '-y,--yes answer every question with yes' \
        '--verbose print each request and its duration on standard error' \
        '-h,--help show help'
    set verbs
    set flags
    set arguments
    switch "$path"
        case ''
            set verbs \
                'init create a workspace on this machine, and the profile that uses it' \
                'status one glance: mode and why, next change, hours, agents, warnings' \
                'is exit 0 when a condition holds, 3 when not; for scripts' \
                'widget the sign on the door: its mode, display and overrides' \
                'hours the business hours: weekly ranges and exceptions' \
                'agent who is behind the counter: statuses and agents' \
                'auto-offline whether everyone being away closes the widget' \
                'routing the waterfall: who gets a chat' \
                'playbook the proactive messages' \
                'team the teams' \
                'simulate what would a visitor see, who would get the chat, and why' \
                'route real routing decisions and open chats' \
                'lint find what would surprise an admin or a visitor' \
                'log who changed what, when and why' \
                'show one revision: who, when, why, and what changed' \
                'revert undo a revision by a new one' \
                'profile which workspaces you know, and your tokens for them' \
                'serve share a workspace over HTTP' \
                'token who may call a shared workspace, and what they may do' \
                'doctor what keeps a command from working: Node, files, network, clock, token' \
                'completion print the completion script of a shell' \
                'api call an operation of the service by its method and path'
            set flags \
                '-h,--help show help' \
                '-V,--version print the version'
        case 'init'
            set flags \
                '--sample the sample workspace, with you as its admin' \
                '--from=@files the workspace of a document' \
                '--name= a new workspace of this name' \
                '--time-zone=@zones its time zone' \
                '--your-name= your name, for the first agent' \
                '--email= your email' \
                '--agent= which agent of the document you are: id or email' \
                '--database=@files the file to keep it in' \
                $common
        case 'status'
            set flags \
                '-w,--watch stay, and show it again on every change, until interrupted' \
                $common
        case 'is'
            set flags \
                '-f,--file=@files ask a workspace document instead of the live workspace; - reads standard input' \
                '--live with --file: the agents have the statuses that they have in the live workspace' \
                '--at= the time: ISO 8601, "2026-11-27 17:30", "fri 17:30", "tomorrow 9am", "in 2h" (default: now)' \
                $common
            set arguments 'online|offline|open|staffed'
        case 'widget'
            set verbs \
                'show the mode policy, the override, the display and auto-offline' \
                'online turn the widget online by hand, for good or until a time' \
                'offline turn the widget offline by hand, for good or until a time' \
                'auto let the business hours decide the mode' \
                'display show the widget always, while online only, or never'
            set flags $common
        case 'widget show'
            set flags $common
        case 'widget online'
            set flags \
                '--for= end after 45m, 2h, 1h30m, 2d' \
                '--until= end at a time: "17:30", "tomorrow 9am", ISO 8601' \
                '-m,--message= why, for the log' \
                '--dry-run show what would change, and what visitors would see, and change nothing' \
                $common
        case 'widget offline'
            set flags \
                '--for= end after 45m, 2h, 1h30m, 2d' \
                '--until= end at a time: "17:30", "tomorrow 9am", ISO 8601' \
                '-m,--message= why, for the log' \
                '--dry-run show what would change, and what visitors would see, and change nothing' \
                $common
        case 'widget auto'
            set flags \
                '-m,--message= why, for the log' \
                '--dry-run show what would change, and what visitors would see, and change nothing' \
                $common
        case 'widget display'
            set flags \
                '-m,--message= why, for the log' \
                '--dry-run show what would change, and what visitors would see, and change nothing' \
                $common
            set arguments 'always|online-only|hidden'
        case 'hours'
            set verbs \
                'show the business hours of a week, exceptions applied' \
                'set set the weekly hours of one or more days' \
                'close close on a date, a date range, or a date of every year' \
                'open set the hours of a date instead of its weekly ones' \
                'clear return a date to its weekly hours' \
                'zone set the time zone of the business hours' \
                'edit edit the weekly hours and the exceptions in your editor' \
                'next when the business hours open or close next'
            set flags \
                '-f,--file=@files ask a workspace document instead of the live workspace; - reads standard input' \
                '--week= the week that contains this time (default: now)' \
                $common
        case 'hours show'
            set flags \
                '-f,--file=@files ask a workspace document instead of the live workspace; - reads standard input' \
                '--week= the week that contains this time (default: now)' \
                $common
        case 'hours set'
            set flags \
                '-m,--message= why, for the log' \
                '--dry-run show what would change, and what visitors would see, and change nothing' \
                $common
            set arguments \
                '-' \
                '-...'
        case 'hours close'
            set flags \
                '--name= what it is, e.g. Christmas' \
                '-m,--message= why, for the log' \
                '--dry-run show what would change, and what visitors would see, and change nothing' \
                $common
            set arguments '-'
        case 'hours open'
            set flags \
                '--name= what it is, e.g. "Christmas Eve"' \
                '-m,--message= why, for the log' \
                '--dry-run show what would change, and what visitors would see, and change nothing' \
                $common
            set arguments \
                '-' \
                '-...'
        case 'hours clear'
            set flags \
                '-m,--message= why, for the log' \
                '--dry-run show what would change, and what visitors would see, and change nothing' \
                $common
            set arguments '-'
        case 'hours zone'
            set flags \
                '-m,--message= why, for the log' \
                '--dry-run show what would change, and what visitors would see, and change nothing' \
                $common
            set arguments '@zones'
        case 'hours edit'
            set flags \
                '-m,--message= why, for the log' \
                '--dry-run show what would change, and what visitors would see, and change nothing' \
                $common
        case 'hours next'
            set flags \
                '-f,--file=@files ask a workspace document instead of the live workspace; - reads standard input' \
                '--at= the time: ISO 8601, "2026-11-27 17:30", "fri 17:30", "tomorrow 9am", "in 2h" (default: now)' \
                $common
            set arguments '-'
        case 'agent'
            set verbs \
                'show one agent, yourself by default' \
                'available step behind the counter' \
                'away step away from the counter' \
                'list the agents and their statuses' \
                'add add an agent' \
                'edit change an agent' \
                'remove remove an agent that no team or rule names'
            set flags $common
            set arguments '@agents'
        case 'agent show'
            set flags $common
            set arguments '@agents'
        case 'agent available'
            set flags \
                '--for= end after 45m, 2h, 1h30m, 2d' \
                '--until= end at a time: "17:30", "tomorrow 9am", ISO 8601' \
                '--note= a note that others see, e.g. lunch' \
                '--agent=@agents another agent: id, email or name' \
                '-m,--message= why, for the log' \
                '--dry-run show what would change, and what visitors would see, and change nothing' \
                $common
        case 'agent away'
            set flags \
                '--for= end after 45m, 2h, 1h30m, 2d' \
                '--until= end at a time: "17:30", "tomorrow 9am", ISO 8601' \
                '--note= a note that others see, e.g. lunch' \
                '--agent=@agents another agent: id, email or name' \
                '-m,--message= why, for the log' \
                '--dry-run show what would change, and what visitors would see, and change nothing' \
                $common
        case 'agent list'
            set flags \
                '--status=available|away only those available or away' \
                '--after= only those after this id' \
                '--limit= at most this many (default: 50)' \
                $common
        case 'agent add'
            set flags \
                '--email= the email' \
                '--name= the name' \
                '--role=admin|agent admin or agent' \
                '--avatar= the address of a picture' \
                '--time-zone=@zones the IANA time zone' \
                '--chat-limit= open chats from which no more are taken; "none" for no limit' \
                '--bot a bot: never behind the counter' \
                '--no-bot a person' \
                '--disabled out of the workspace for now' \
                '--no-disabled in the workspace' \
                '-m,--message= why, for the log' \
                '--dry-run show what would change, and what visitors would see, and change nothing' \
                $common
            set arguments '-'
        case 'agent edit'
            set flags \
                '--email= the email' \
                '--name= the name' \
                '--role=admin|agent admin or agent' \
                '--avatar= the address of a picture' \
                '--time-zone=@zones the IANA time zone' \
                '--chat-limit= open chats from which no more are taken; "none" for no limit' \
                '--bot a bot: never behind the counter' \
                '--no-bot a person' \
                '--disabled out of the workspace for now' \
                '--no-disabled in the workspace' \
                '-m,--message= why, for the log' \
                '--dry-run show what would change, and what visitors would see, and change nothing' \
                $common
            set arguments '@agents'
        case 'agent remove'
            set flags \
                '-m,--message= why, for the log' \
                '--dry-run show what would change, and what visitors would see, and change nothing' \
                $common
            set arguments '@agents'
        case 'auto-offline'
            set verbs \
                'show whether everyone being away closes the widget' \
                'on let "everyone is away" close the widget' \
                'off let statuses never close the widget'
            set flags $common
        case 'auto-offline show'
            set flags $common
        case 'auto-offline on'
            set flags \
                '-m,--message= why, for the log' \
                '--dry-run show what would change, and what visitors would see, and change nothing' \
                $common
        case 'auto-offline off'
            set flags \
                '-m,--message= why, for the log' \
                '--dry-run show what would change, and what visitors would see, and change nothing' \
                $common
        case 'routing'
            set verbs \
                'list the waterfall, in priority order' \
                'add add a rule at the end of the waterfall, or before another' \
                'edit change a rule by flags, or the whole waterfall in your editor' \
                'move move a rule before another, or to the end' \
                'remove remove a rule' \
                'default set who gets a chat that no rule assigns' \
                'cursor who was routed last in each group; set it, or start over'
            set flags $common
        case 'routing list'
            set flags $common
        case 'routing add'
            set flags \
                '--when+= country=DE,AT, country!=DE, company.size>=500, url~*pricing*, company.name="Acme, Inc." or plan? for "is known"; all hold' \
                '--to= agent:X, team:X, round-robin:X,Y or account-owner' \
                '--strategy=in-order|random|least-open|least-recent how a group picks' \
                '--name= the name' \
                '--before=@rules put it before this rule' \
                '-m,--message= why, for the log' \
                '--dry-run show what would change, and what visitors would see, and change nothing' \
                $common
            set arguments '-'
        case 'routing edit'
            set flags \
                '--when+= country=DE,AT, country!=DE, company.size>=500, url~*pricing*, company.name="Acme, Inc." or plan? for "is known"; all hold' \
                '--to= agent:X, team:X, round-robin:X,Y or account-owner' \
                '--strategy=in-order|random|least-open|least-recent how a group picks' \
                '--name= the name' \
                '-m,--message= why, for the log' \
                '--dry-run show what would change, and what visitors would see, and change nothing' \
                $common
            set arguments '@rules'
        case 'routing move'
            set flags \
                '--before=@rules before this rule' \
                '--last to the end' \
                '-m,--message= why, for the log' \
                '--dry-run show what would change, and what visitors would see, and change nothing' \
                $common
            set arguments '@rules'
        case 'routing remove'
            set flags \
                '-m,--message= why, for the log' \
                '--dry-run show what would change, and what visitors would see, and change nothing' \
                $common
            set arguments '@rules'
        case 'routing default'
            set flags \
                '--to= agent:X, team:X, round-robin:X,Y or account-owner' \
                '--strategy=in-order|random|least-open|least-recent how a group picks' \
                '--none nobody: remove the default rule' \
                '-m,--message= why, for the log' \
                '--dry-run show what would change, and what visitors would see, and change nothing' \
                $common
        case 'routing cursor'
            set flags \
                '--after=@agents record that this agent was routed last' \
                '--reset start over with the first' \
                '--dry-run show what would happen, and change nothing' \
                $common
            set arguments '-'
        case 'playbook'
            set verbs \
                'list the playbooks, in priority order' \
                'show one playbook' \
                'enable enable a playbook' \
                'disable disable a playbook' \
                'add add a playbook, disabled, at the end or before another' \
                'edit change a playbook by flags, or all of them in your editor' \
                'remove remove a playbook'
            set flags $common
        case 'playbook list'
            set flags $common
        case 'playbook show'
            set flags $common
            set arguments '@playbooks'
        case 'playbook enable'
            set flags \
                '-m,--message= why, for the log' \
                '--dry-run show what would change, and what visitors would see, and change nothing' \
                $common
            set arguments '@playbooks'
        case 'playbook disable'
            set flags \
                '-m,--message= why, for the log' \
                '--dry-run show what would change, and what visitors would see, and change nothing' \
                $common
            set arguments '@playbooks'
        case 'playbook add'
            set flags \
                '--type=welcome|bot|playbook welcome, bot or playbook' \
                '--show=online|offline|always while the widget is online, offline, or always' \
                '--text= what the visitor reads' \
                '--name= the name' \
                '--url+= a page it shows on, e.g. "/pricing*"' \
                '--when+= country=DE,AT, country!=DE, company.size>=500, url~*pricing*, company.name="Acme, Inc." or plan? for "is known"; all hold' \
                '--route= its goal: rules, agent:X, team:X, round-robin:X,Y or account-owner' \
                '--calendar offer the calendar of the routed agent at its goal' \
                '--no-calendar offer no calendar' \
                '--before=@playbooks put it before this one' \
                '-m,--message= why, for the log' \
                '--dry-run show what would change, and what visitors would see, and change nothing' \
                $common
            set arguments '-'
        case 'playbook edit'
            set flags \
                '--type=welcome|bot|playbook welcome, bot or playbook' \
                '--show=online|offline|always while the widget is online, offline, or always' \
                '--text= what the visitor reads' \
                '--name= the name' \
                '--url+= a page it shows on, e.g. "/pricing*"' \
                '--when+= country=DE,AT, country!=DE, company.size>=500, url~*pricing*, company.name="Acme, Inc." or plan? for "is known"; all hold' \
                '--route= its goal: rules, agent:X, team:X, round-robin:X,Y or account-owner' \
                '--calendar offer the calendar of the routed agent at its goal' \
                '--no-calendar offer no calendar' \
                '-m,--message= why, for the log' \
                '--dry-run show what would change, and what visitors would see, and change nothing' \
                $common
            set arguments '@playbooks'
        case 'playbook remove'
            set flags \
                '-m,--message= why, for the log' \
                '--dry-run show what would change, and what visitors would see, and change nothing' \
                $common
            set arguments '@playbooks'
        case 'team'
            set verbs \
                'list the teams and their members' \
                'add add a team' \
                'edit rename a team, add members, remove members' \
                'remove remove a team that no rule names'
            set flags $common
        case 'team list'
            set flags $common
        case 'team add'
            set flags \
                '--name= the name' \
                '--member+=@agents a member, by id or email' \
                '-m,--message= why, for the log' \
                '--dry-run show what would change, and what visitors would see, and change nothing' \
                $common
            set arguments '-'
        case 'team edit'
            set flags \
                '--name= the name' \
                '--member+=@agents add a member' \
                '--remove+=@agents remove a member' \
                '-m,--message= why, for the log' \
                '--dry-run show what would change, and what visitors would see, and change nothing' \
                $common
            set arguments '@teams'
        case 'team remove'
            set flags \
                '-m,--message= why, for the log' \
                '--dry-run show what would change, and what visitors would see, and change nothing' \
                $common
            set arguments '@teams'
        case 'simulate'
            set flags \
                '-f,--file=@files ask a workspace document instead of the live workspace; - reads standard input' \
                '--live with --file: the agents have the statuses that they have in the live workspace' \
                '--at= the time: ISO 8601, "2026-11-27 17:30", "fri 17:30", "tomorrow 9am", "in 2h" (default: now)' \
                '--agent+= suppose an agent is available or away' \
                '--mode=automatic|online|offline suppose this mode: automatic, online, offline' \
                '--auto-offline=on|off suppose auto-offline is on or off' \
                '--after=@agents suppose this agent was routed last (the cursor)' \
                '--url= the page the visitor is on' \
                '--visitor+= a fact about the visitor, e.g. country=DE' \
                '--visitor-zone=@zones the visitor\'s time zone, for "when you are back"' \
                '--route= rules, agent:X, team:X, round-robin:X,Y, account-owner or playbook:ID' \
                '--strategy=in-order|random|least-open|least-recent suppose groups pick in-order, random, least-open or least-recent' \
                '--seed= the seed of strategy random' \
                '--sequence= route this many visitors in a row' \
                '--next:= list the next changes of the mode' \
                '--from= answer a stretch of time, from here' \
                '--to= to here' \
                '--timeline draw the stretch (default: 7 days from --at)' \
                $common
        case 'route'
            set verbs \
                'chat give a chat to an agent: the real decision, which moves the cursor' \
                'end record that a chat ended, for chat limits' \
                'list the open chats, newest first'
            set flags \
                '-n,--limit= at most this many (default: 50)' \
                $common
        case 'route chat'
            set flags \
                '--url= the page the visitor is on' \
                '--visitor+= a fact about the visitor, e.g. country=DE' \
                '--route= rules, agent:X, team:X, account-owner or playbook:ID' \
                '--dry-run show what would happen, and change nothing' \
                $common
        case 'route end'
            set flags \
                '--dry-run show what would happen, and change nothing' \
                $common
            set arguments '-'
        case 'route list'
            set flags \
                '-n,--limit= at most this many (default: 50)' \
                $common
        case 'lint'
            set flags \
                '-f,--file=@files ask a workspace document instead of the live workspace; - reads standard input' \
                '--live with --file: the agents have the statuses that they have in the live workspace' \
                '--at= the time: ISO 8601, "2026-11-27 17:30", "fri 17:30", "tomorrow 9am", "in 2h" (default: now)' \
                $common
        case 'log'
            set flags \
                '--who=@agents only what this agent did, by id' \
                '--what= only changes of this path, e.g. hours.weekly or agents[2].status' \
                '--since= only since a time' \
                '--before= only before this revision' \
                '-n,--limit= at most this many (default: 20)' \
                $common
        case 'show'
            set flags $common
            set arguments '-'
        case 'revert'
            set flags \
                '--force overwrite later changes of the same paths' \
                '-m,--message= why, for the log' \
                '--dry-run show what would change, and what visitors would see, and change nothing' \
                $common
            set arguments '-'
        case 'profile'
            set verbs \
                'list the profiles, and which is in use' \
                'show a profile, and where each of its values comes from' \
                'add name a workspace: a shared one, a file, or a Drift account' \
                'use make a profile the one in use' \
                'remove forget a profile and its token; the workspace stays' \
                'login store a token for a profile after the service accepts it' \
                'logout forget the token of a profile'
            set flags $common
        case 'profile list'
            set flags $common
        case 'profile show'
            set flags $common
            set arguments '@profiles'
        case 'profile add'
            set flags \
                '--url= where the shared workspace is served' \
                '--database=@files the file of a workspace on this machine' \
                '--drift a Drift account' \
                '--agent= who you are in the file or in Drift: id or email' \
                '--file=@files the document that simulate combines with Drift' \
                '--protected ask before every write' \
                '--use make it the one in use' \
                '--replace replace a profile of this name' \
                $common
            set arguments '-'
        case 'profile use'
            set flags $common
            set arguments '@profiles'
        case 'profile remove'
            set flags $common
            set arguments '@profiles'
        case 'profile login'
            set flags \
                '--token-file=@files the file that holds the token; - reads standard input' \
                '--no-verify store it without asking the service' \
                '--credentials=keyring|file where to store it (default: the keyring if there is one)' \
                $common
            set arguments '@profiles'
        case 'profile logout'
            set flags $common
            set arguments '@profiles'
        case 'serve'
            set flags \
                '--database=@files the workspace file (default: the one of the profile)' \
                '--sample on the first start: the sample workspace' \
                '--from=@files on the first start: the workspace of a document' \
                '--name= on the first start: an empty workspace of this name' \
                '--time-zone=@zones its time zone (default: that of this machine)' \
                '--host= the address to listen on (default: 127.0.0.1, this machine alone)' \
                '--port= the port; 0 takes a free one (default: 4730)' \
                '--tls-cert=@files a certificate and its chain, PEM' \
                '--tls-key=@files its private key, PEM' \
                '--insecure-http allow plain http from other machines: a proxy in front has the certificate' \
                '--trust-proxy:= trust X-Forwarded-For from these proxies: addresses (10.0.0.5,10.1.0.0/16,loopback) or their number (default: 1)' \
                '--rate-limit= requests a minute of one token, or of one address without; 0 for any (default: 6000)' \
                '--widget-max-age= how long caches may keep what visitors see (default: 10)' \
                $common
        case 'token'
            set verbs \
                'create make a token and print its secret, once' \
                'list every token: agent, scopes, expiry, last use' \
                'rotate give a token a new secret; the old one works for a while' \
                'revoke end a token at once'
            set flags $common
        case 'token create'
            set flags \
                '--name= what it is for' \
                '--agent=@agents the agent that "me" is' \
                '--scope+=read|status:self|status:any|widget|hours|routing|admin what it allows' \
                '--role=admin|agent what it allows: what an agent or an admin may' \
                '--expires= when it expires: 30d, "2027-01-31", never (default: 90d)' \
                '-m,--message= why, for the log' \
                '--dry-run show what would change, and what visitors would see, and change nothing' \
                $common
        case 'token list'
            set flags $common
        case 'token rotate'
            set flags \
                '--overlap= how long the old secret works: 24h, 0s (default: 4h)' \
                '--expires= when it expires: 30d, "2027-01-31", never (default: as long as before)' \
                '-m,--message= why, for the log' \
                '--dry-run show what would change, and what visitors would see, and change nothing' \
                $common
            set arguments '-'
        case 'token revoke'
            set flags \
                '-m,--message= why, for the log' \
                '--dry-run show what would change, and what visitors would see, and change nothing' \
                $common
            set arguments '-'
        case 'doctor'
            set flags $common
        case 'completion'
            set flags $common
            set arguments 'bash|zsh|fish|powershell'
        case 'api'
            set flags \
                '-F,--field+= a field of the request; true, false, null and numbers are read as such' \
                '--body=@files the request as a JSON file; - reads standard input' \
                '--if-match= refuse when it was written since this revision' \
                '-m,--message= why, for the log' \
                '--dry-run show what would change, and what visitors would see, and change nothing' \
                $common
            set arguments \
                '-' \
                '-'
        case '*'
            return 1
    end
    return 0 # Setting a variable keeps the status of what ran before.
end

# Follows the words before the cursor through the table, in the caller's variables.
function __drift_status_walk --no-scope-shadowing
    __drift_status_table
    for word in $words
        if test "$awaiting" = '='; or begin
                test -n "$awaiting"; and not string match --quiet -- '-*' $word
            end
            set awaiting
            set offered
        else if test -z "$literal"; and string match --quiet --regex '^-.' -- $word
            set awaiting
            set offered
            set verbs # After a flag a noun means its default verb.
            test "$word" = --; and set literal yes
            for flag in $flags
                string match --quiet --regex $shape -- $flag
                set -l spellings (string split , -- $names)
                contains -- (string replace --regex '=.*' '' -- $word) $spellings; or continue
                test -n "$repeats"; or set -a used $spellings
                string match --quiet -- '*=*' $word; and continue
                set awaiting $takes
                set offered (string split --no-empty '|' -- $values)
            end
        else if set -q verbs[1]
            set path (string join ' ' -- $path $word)
            __drift_status_table; or return
        else
            set position (math $position + 1)
        end
    end
end

# Prints what may stand at the cursor, without starting a process: candidates, @files, or @agents.
function __drift_status_expected
    set -l words (commandline -opc)[2..]
    set -l typed (commandline -ct)
    set -l shape '^(?<names>[^ +:=]+)(?<repeats>\+?)(?<takes>:?=)?(?<values>\S*) (?<summary>.*)$'
    set -l path
    set -l verbs
    set -l flags
    set -l arguments
    set -l used
    set -l literal
    set -l position 1
    set -l awaiting # "=" or ":=" after a flag with a value
    set -l offered # what the value may be
    __drift_status_walk; or return

    set -l unused
    for flag in $flags
        string match --quiet --regex $shape -- $flag
        for name in (string split , -- $names)
            contains -- $name $used; or set -a unused $name\t$summary
            if test "$awaiting" != '=' -a -z "$literal"; and string match --quiet -- "$name=*" $typed
                string split --no-empty '|' -- $values
                return
            end
        end
    end
    if test "$awaiting" = '='
        printf '%s\n' $offered
    else if test -z "$literal"; and string match --quiet -- '-*' $typed
        printf '%s\n' $unused
    else if set -q verbs[1]
        string replace ' ' \t -- $verbs
    else
        set -q arguments[$position]; or set arguments (string match -- '*...' $arguments[-1]); and set position 1
        set -l argument (string replace ... '' -- $arguments[$position] | string match --invert -- -)
        set -a offered (string split '|' -- $argument)
        test -z "$offered$literal$typed"; and set offered $unused
        printf '%s\n' $offered
    end
end

function __drift_status_wants_files
    contains @files (__drift_status_expected)
end

# Prints the --profile of the line: live values are those of its workspace.
function __drift_status_profile
    set -l waiting
    for word in (commandline -opc)
        if test -n "$waiting"
            printf '%s\n' --profile $word
            set waiting
        else if test "$word" = --
            return
        else if test "$word" = --profile
            set waiting yes
        else
            string match --quiet -- '--profile=?*' $word; and string split --max 1 = -- $word
        end
    end
end

function __drift_status_candidates
    set -l flag (commandline -ct | string match --regex '^--[^=]+=')
    for candidate in (__drift_status_expected)
        if string match --quiet -- '@*' $candidate
            # A redirection does not silence fish where there is no such command.
            type --query drift-status; or return
            set -l source (string sub --start 2 $candidate)
            printf "$flag%s\n" (drift-status __complete $source (__drift_status_profile) </dev/null 2>/dev/null)
        else
            printf "$flag%s\n" $candidate
        end
    end
end

complete --command drift-status --condition __drift_status_wants_files --force-files
complete --command drift-status --condition 'not __drift_status_wants_files' --no-files \
    --arguments '(__drift_status_candidates)'
