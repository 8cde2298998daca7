# PowerShell completion for drift-status, made from its commands. To install it, see
# drift-status completion --help

Register-ArgumentCompleter -Native -CommandName 'drift-status' -ScriptBlock {
    param($wordToComplete, $commandAst, $cursorPosition)

    # What may follow each command.
    #   --flag       takes no value        =  takes one        :=  may take one        +  may be repeated
    #   on|off       one of these words    @files  a file      @agents  a live value of the workspace
    #   -            anything              ...  for every word that follows
    $common = @(
        '--json print the answer as JSON, stable and documented'
        '-q,--quiet print nothing but errors'
        '--no-color print without colour'
        '--profile=@profiles the profile to use (default: the current one)'
        '--no-input never ask'
        '-y,--yes answer every question with yes'
        '--verbose print each request and its duration on standard error'
        '-h,--help show help'
    )
    $table = @{
        '' = @{
            Verbs = @(
                'init create a workspace on this machine, and the profile that uses it'
                'status one glance: mode and why, next change, hours, agents, warnings'
                'is exit 0 when a condition holds, 3 when not; for scripts'
                'widget the sign on the door: its mode, display and overrides'
                'hours the business hours: weekly ranges and exceptions'
                'agent who is behind the counter: statuses and agents'
                'auto-offline whether everyone being away closes the widget'
                'routing the waterfall: who gets a chat'
                'playbook the proactive messages'
                'team the teams'
                'simulate what would a visitor see, who would get the chat, and why'
                'route real routing decisions and open chats'
                'lint find what would surprise an admin or a visitor'
                'log who changed what, when and why'
                'show one revision: who, when, why, and what changed'
                'revert undo a revision by a new one'
                'profile which workspaces you know, and your tokens for them'
                'serve share a workspace over HTTP'
                'token who may call a shared workspace, and what they may do'
                'doctor what keeps a command from working: Node, files, network, clock, token'
                'completion print the completion script of a shell'
                'api call an operation of the service by its method and path'
            )
            Flags = @(
                '-h,--help show help'
                '-V,--version print the version'
            )
        }
        'init' = @{
            Flags = @(
                '--sample the sample workspace, with you as its admin'
                '--from=@files the workspace of a document'
                '--name= a new workspace of this name'
                '--time-zone=@zones its time zone'
                '--your-name= your name, for the first agent'
                '--email= your email'
                '--agent= which agent of the document you are: id or email'
                '--database=@files the file to keep it in'
            ) + $common
        }
        'status' = @{
            Flags = @('-w,--watch stay, and show it again on every change, until interrupted') + $common
        }
        'is' = @{
            Flags = @(
                '-f,--file=@files ask a workspace document instead of the live workspace; - reads standard input'
                '--live with --file: the agents have the statuses that they have in the live workspace'
                '--at= the time: ISO 8601, "2026-11-27 17:30", "fri 17:30", "tomorrow 9am", "in 2h" (default: now)'
            ) + $common
            Arguments = @('online|offline|open|staffed')
        }
        'widget' = @{
            Verbs = @(
                'show the mode policy, the override, the display and auto-offline'
                'online turn the widget online by hand, for good or until a time'
                'offline turn the widget offline by hand, for good or until a time'
                'auto let the business hours decide the mode'
                'display show the widget always, while online only, or never'
            )
            Flags = @() + $common
        }
        'widget show' = @{
            Flags = @() + $common
        }
        'widget online' = @{
            Flags = @(
                '--for= end after 45m, 2h, 1h30m, 2d'
                '--until= end at a time: "17:30", "tomorrow 9am", ISO 8601'
                '-m,--message= why, for the log'
                '--dry-run show what would change, and what visitors would see, and change nothing'
            ) + $common
        }
        'widget offline' = @{
            Flags = @(
                '--for= end after 45m, 2h, 1h30m, 2d'
                '--until= end at a time: "17:30", "tomorrow 9am", ISO 8601'
                '-m,--message= why, for the log'
                '--dry-run show what would change, and what visitors would see, and change nothing'
            ) + $common
        }
        'widget auto' = @{
            Flags = @(
                '-m,--message= why, for the log'
                '--dry-run show what would change, and what visitors would see, and change nothing'
            ) + $common
        }
        'widget display' = @{
            Flags = @(
                '-m,--message= why, for the log'
                '--dry-run show what would change, and what visitors would see, and change nothing'
            ) + $common
            Arguments = @('always|online-only|hidden')
        }
        'hours' = @{
            Verbs = @(
                'show the business hours of a week, exceptions applied'
                'set set the weekly hours of one or more days'
                'close close on a date, a date range, or a date of every year'
                'open set the hours of a date instead of its weekly ones'
                'clear return a date to its weekly hours'
                'zone set the time zone of the business hours'
                'edit edit the weekly hours and the exceptions in your editor'
                'next when the business hours open or close next'
            )
            Flags = @(
                '-f,--file=@files ask a workspace document instead of the live workspace; - reads standard input'
                '--week= the week that contains this time (default: now)'
            ) + $common
        }
        'hours show' = @{
            Flags = @(
                '-f,--file=@files ask a workspace document instead of the live workspace; - reads standard input'
                '--week= the week that contains this time (default: now)'
            ) + $common
        }
        'hours set' = @{
            Flags = @(
                '-m,--message= why, for the log'
                '--dry-run show what would change, and what visitors would see, and change nothing'
            ) + $common
            Arguments = @(
                '-'
                '-...'
            )
        }
        'hours close' = @{
            Flags = @(
                '--name= what it is, e.g. Christmas'
                '-m,--message= why, for the log'
                '--dry-run show what would change, and what visitors would see, and change nothing'
            ) + $common
            Arguments = @('-')
        }
        'hours open' = @{
            Flags = @(
                '--name= what it is, e.g. "Christmas Eve"'
                '-m,--message= why, for the log'
                '--dry-run show what would change, and what visitors would see, and change nothing'
            ) + $common
            Arguments = @(
                '-'
                '-...'
            )
        }
        'hours clear' = @{
            Flags = @(
                '-m,--message= why, for the log'
                '--dry-run show what would change, and what visitors would see, and change nothing'
            ) + $common
            Arguments = @('-')
        }
        'hours zone' = @{
            Flags = @(
                '-m,--message= why, for the log'
                '--dry-run show what would change, and what visitors would see, and change nothing'
            ) + $common
            Arguments = @('@zones')
        }
        'hours edit' = @{
            Flags = @(
                '-m,--message= why, for the log'
                '--dry-run show what would change, and what visitors would see, and change nothing'
            ) + $common
        }
        'hours next' = @{
            Flags = @(
                '-f,--file=@files ask a workspace document instead of the live workspace; - reads standard input'
                '--at= the time: ISO 8601, "2026-11-27 17:30", "fri 17:30", "tomorrow 9am", "in 2h" (default: now)'
            ) + $common
            Arguments = @('-')
        }
        'agent' = @{
            Verbs = @(
                'show one agent, yourself by default'
                'available step behind the counter'
                'away step away from the counter'
                'list the agents and their statuses'
                'add add an agent'
                'edit change an agent'
                'remove remove an agent that no team or rule names'
            )
            Flags = @() + $common
            Arguments = @('@agents')
        }
        'agent show' = @{
            Flags = @() + $common
            Arguments = @('@agents')
        }
        'agent available' = @{
            Flags = @(
                '--for= end after 45m, 2h, 1h30m, 2d'
                '--until= end at a time: "17:30", "tomorrow 9am", ISO 8601'
                '--note= a note that others see, e.g. lunch'
                '--agent=@agents another agent: id, email or name'
                '-m,--message= why, for the log'
                '--dry-run show what would change, and what visitors would see, and change nothing'
            ) + $common
        }
        'agent away' = @{
            Flags = @(
                '--for= end after 45m, 2h, 1h30m, 2d'
                '--until= end at a time: "17:30", "tomorrow 9am", ISO 8601'
                '--note= a note that others see, e.g. lunch'
                '--agent=@agents another agent: id, email or name'
                '-m,--message= why, for the log'
                '--dry-run show what would change, and what visitors would see, and change nothing'
            ) + $common
        }
        'agent list' = @{
            Flags = @(
                '--status=available|away only those available or away'
                '--after= only those after this id'
                '--limit= at most this many (default: 50)'
            ) + $common
        }
        'agent add' = @{
            Flags = @(
                '--email= the email'
                '--name= the name'
                '--role=admin|agent admin or agent'
                '--avatar= the address of a picture'
                '--time-zone=@zones the IANA time zone'
                '--chat-limit= open chats from which no more are taken; "none" for no limit'
                '--bot a bot: never behind the counter'
                '--no-bot a person'
                '--disabled out of the workspace for now'
                '--no-disabled in the workspace'
                '-m,--message= why, for the log'
                '--dry-run show what would change, and what visitors would see, and change nothing'
            ) + $common
            Arguments = @('-')
        }
        'agent edit' = @{
            Flags = @(
                '--email= the email'
                '--name= the name'
                '--role=admin|agent admin or agent'
                '--avatar= the address of a picture'
                '--time-zone=@zones the IANA time zone'
                '--chat-limit= open chats from which no more are taken; "none" for no limit'
                '--bot a bot: never behind the counter'
                '--no-bot a person'
                '--disabled out of the workspace for now'
                '--no-disabled in the workspace'
                '-m,--message= why, for the log'
                '--dry-run show what would change, and what visitors would see, and change nothing'
            ) + $common
            Arguments = @('@agents')
        }
        'agent remove' = @{
            Flags = @(
                '-m,--message= why, for the log'
                '--dry-run show what would change, and what visitors would see, and change nothing'
            ) + $common
            Arguments = @('@agents')
        }
        'auto-offline' = @{
            Verbs = @(
                'show whether everyone being away closes the widget'
                'on let "everyone is away" close the widget'
                'off let statuses never close the widget'
            )
            Flags = @() + $common
        }
        'auto-offline show' = @{
            Flags = @() + $common
        }
        'auto-offline on' = @{
            Flags = @(
                '-m,--message= why, for the log'
                '--dry-run show what would change, and what visitors would see, and change nothing'
            ) + $common
        }
        'auto-offline off' = @{
            Flags = @(
                '-m,--message= why, for the log'
                '--dry-run show what would change, and what visitors would see, and change nothing'
            ) + $common
        }
        'routing' = @{
            Verbs = @(
                'list the waterfall, in priority order'
                'add add a rule at the end of the waterfall, or before another'
                'edit change a rule by flags, or the whole waterfall in your editor'
                'move move a rule before another, or to the end'
                'remove remove a rule'
                'default set who gets a chat that no rule assigns'
                'cursor who was routed last in each group; set it, or start over'
            )
            Flags = @() + $common
        }
        'routing list' = @{
            Flags = @() + $common
        }
        'routing add' = @{
            Flags = @(
                '--when+= country=DE,AT, country!=DE, company.size>=500, url~*pricing*, company.name="Acme, Inc." or plan? for "is known"; all hold'
                '--to= agent:X, team:X, round-robin:X,Y or account-owner'
                '--strategy=in-order|random|least-open|least-recent how a group picks'
                '--name= the name'
                '--before=@rules put it before this rule'
                '-m,--message= why, for the log'
                '--dry-run show what would change, and what visitors would see, and change nothing'
            ) + $common
            Arguments = @('-')
        }
        'routing edit' = @{
            Flags = @(
                '--when+= country=DE,AT, country!=DE, company.size>=500, url~*pricing*, company.name="Acme, Inc." or plan? for "is known"; all hold'
                '--to= agent:X, team:X, round-robin:X,Y or account-owner'
                '--strategy=in-order|random|least-open|least-recent how a group picks'
                '--name= the name'
                '-m,--message= why, for the log'
                '--dry-run show what would change, and what visitors would see, and change nothing'
            ) + $common
            Arguments = @('@rules')
        }
        'routing move' = @{
            Flags = @(
                '--before=@rules before this rule'
                '--last to the end'
                '-m,--message= why, for the log'
                '--dry-run show what would change, and what visitors would see, and change nothing'
            ) + $common
            Arguments = @('@rules')
        }
        'routing remove' = @{
            Flags = @(
                '-m,--message= why, for the log'
                '--dry-run show what would change, and what visitors would see, and change nothing'
            ) + $common
            Arguments = @('@rules')
        }
        'routing default' = @{
            Flags = @(
                '--to= agent:X, team:X, round-robin:X,Y or account-owner'
                '--strategy=in-order|random|least-open|least-recent how a group picks'
                '--none nobody: remove the default rule'
                '-m,--message= why, for the log'
                '--dry-run show what would change, and what visitors would see, and change nothing'
            ) + $common
        }
        'routing cursor' = @{
            Flags = @(
                '--after=@agents record that this agent was routed last'
                '--reset start over with the first'
                '--dry-run show what would happen, and change nothing'
            ) + $common
            Arguments = @('-')
        }
        'playbook' = @{
            Verbs = @(
                'list the playbooks, in priority order'
                'show one playbook'
                'enable enable a playbook'
                'disable disable a playbook'
                'add add a playbook, disabled, at the end or before another'
                'edit change a playbook by flags, or all of them in your editor'
                'remove remove a playbook'
            )
            Flags = @() + $common
        }
        'playbook list' = @{
            Flags = @() + $common
        }
        'playbook show' = @{
            Flags = @() + $common
            Arguments = @('@playbooks')
        }
        'playbook enable' = @{
            Flags = @(
                '-m,--message= why, for the log'
                '--dry-run show what would change, and what visitors would see, and change nothing'
            ) + $common
            Arguments = @('@playbooks')
        }
        'playbook disable' = @{
            Flags = @(
                '-m,--message= why, for the log'
                '--dry-run show what would change, and what visitors would see, and change nothing'
            ) + $common
            Arguments = @('@playbooks')
        }
        'playbook add' = @{
            Flags = @(
                '--type=welcome|bot|playbook welcome, bot or playbook'
                '--show=online|offline|always while the widget is online, offline, or always'
                '--text= what the visitor reads'
                '--name= the name'
                '--url+= a page it shows on, e.g. "/pricing*"'
                '--when+= country=DE,AT, country!=DE, company.size>=500, url~*pricing*, company.name="Acme, Inc." or plan? for "is known"; all hold'
                '--route= its goal: rules, agent:X, team:X, round-robin:X,Y or account-owner'
                '--calendar offer the calendar of the routed agent at its goal'
                '--no-calendar offer no calendar'
                '--before=@playbooks put it before this one'
                '-m,--message= why, for the log'
                '--dry-run show what would change, and what visitors would see, and change nothing'
            ) + $common
            Arguments = @('-')
        }
        'playbook edit' = @{
            Flags = @(
                '--type=welcome|bot|playbook welcome, bot or playbook'
                '--show=online|offline|always while the widget is online, offline, or always'
                '--text= what the visitor reads'
                '--name= the name'
                '--url+= a page it shows on, e.g. "/pricing*"'
                '--when+= country=DE,AT, country!=DE, company.size>=500, url~*pricing*, company.name="Acme, Inc." or plan? for "is known"; all hold'
                '--route= its goal: rules, agent:X, team:X, round-robin:X,Y or account-owner'
                '--calendar offer the calendar of the routed agent at its goal'
                '--no-calendar offer no calendar'
                '-m,--message= why, for the log'
                '--dry-run show what would change, and what visitors would see, and change nothing'
            ) + $common
            Arguments = @('@playbooks')
        }
        'playbook remove' = @{
            Flags = @(
                '-m,--message= why, for the log'
                '--dry-run show what would change, and what visitors would see, and change nothing'
            ) + $common
            Arguments = @('@playbooks')
        }
        'team' = @{
            Verbs = @(
                'list the teams and their members'
                'add add a team'
                'edit rename a team, add members, remove members'
                'remove remove a team that no rule names'
            )
            Flags = @() + $common
        }
        'team list' = @{
            Flags = @() + $common
        }
        'team add' = @{
            Flags = @(
                '--name= the name'
                '--member+=@agents a member, by id or email'
                '-m,--message= why, for the log'
                '--dry-run show what would change, and what visitors would see, and change nothing'
            ) + $common
            Arguments = @('-')
        }
        'team edit' = @{
            Flags = @(
                '--name= the name'
                '--member+=@agents add a member'
                '--remove+=@agents remove a member'
                '-m,--message= why, for the log'
                '--dry-run show what would change, and what visitors would see, and change nothing'
            ) + $common
            Arguments = @('@teams')
        }
        'team remove' = @{
            Flags = @(
                '-m,--message= why, for the log'
                '--dry-run show what would change, and what visitors would see, and change nothing'
            ) + $common
            Arguments = @('@teams')
        }
        'simulate' = @{
            Flags = @(
                '-f,--file=@files ask a workspace document instead of the live workspace; - reads standard input'
                '--live with --file: the agents have the statuses that they have in the live workspace'
                '--at= the time: ISO 8601, "2026-11-27 17:30", "fri 17:30", "tomorrow 9am", "in 2h" (default: now)'
                '--agent+= suppose an agent is available or away'
                '--mode=automatic|online|offline suppose this mode: automatic, online, offline'
                '--auto-offline=on|off suppose auto-offline is on or off'
                '--after=@agents suppose this agent was routed last (the cursor)'
                '--url= the page the visitor is on'
                '--visitor+= a fact about the visitor, e.g. country=DE'
                '--visitor-zone=@zones the visitor''s time zone, for "when you are back"'
                '--route= rules, agent:X, team:X, round-robin:X,Y, account-owner or playbook:ID'
                '--strategy=in-order|random|least-open|least-recent suppose groups pick in-order, random, least-open or least-recent'
                '--seed= the seed of strategy random'
                '--sequence= route this many visitors in a row'
                '--next:= list the next changes of the mode'
                '--from= answer a stretch of time, from here'
                '--to= to here'
                '--timeline draw the stretch (default: 7 days from --at)'
            ) + $common
        }
        'route' = @{
            Verbs = @(
                'chat give a chat to an agent: the real decision, which moves the cursor'
                'end record that a chat ended, for chat limits'
                'list the open chats, newest first'
            )
            Flags = @('-n,--limit= at most this many (default: 50)') + $common
        }
        'route chat' = @{
            Flags = @(
                '--url= the page the visitor is on'
                '--visitor+= a fact about the visitor, e.g. country=DE'
                '--route= rules, agent:X, team:X, account-owner or playbook:ID'
                '--dry-run show what would happen, and change nothing'
            ) + $common
        }
        'route end' = @{
            Flags = @('--dry-run show what would happen, and change nothing') + $common
            Arguments = @('-')
        }
        'route list' = @{
            Flags = @('-n,--limit= at most this many (default: 50)') + $common
        }
        'lint' = @{
            Flags = @(
                '-f,--file=@files ask a workspace document instead of the live workspace; - reads standard input'
                '--live with --file: the agents have the statuses that they have in the live workspace'
                '--at= the time: ISO 8601, "2026-11-27 17:30", "fri 17:30", "tomorrow 9am", "in 2h" (default: now)'
            ) + $common
        }
        'log' = @{
            Flags = @(
                '--who=@agents only what this agent did, by id'
                '--what= only changes of this path, e.g. hours.weekly or agents[2].status'
                '--since= only since a time'
                '--before= only before this revision'
                '-n,--limit= at most this many (default: 20)'
            ) + $common
        }
        'show' = @{
            Flags = @() + $common
            Arguments = @('-')
        }
        'revert' = @{
            Flags = @(
                '--force overwrite later changes of the same paths'
                '-m,--message= why, for the log'
                '--dry-run show what would change, and what visitors would see, and change nothing'
            ) + $common
            Arguments = @('-')
        }
        'profile' = @{
            Verbs = @(
                'list the profiles, and which is in use'
                'show a profile, and where each of its values comes from'
                'add name a workspace: a shared one, a file, or a Drift account'
                'use make a profile the one in use'
                'remove forget a profile and its token; the workspace stays'
                'login store a token for a profile after the service accepts it'
                'logout forget the token of a profile'
            )
            Flags = @() + $common
        }
        'profile list' = @{
            Flags = @() + $common
        }
        'profile show' = @{
            Flags = @() + $common
            Arguments = @('@profiles')
        }
        'profile add' = @{
            Flags = @(
                '--url= where the shared workspace is served'
                '--database=@files the file of a workspace on this machine'
                '--drift a Drift account'
                '--agent= who you are in the file or in Drift: id or email'
                '--file=@files the document that simulate combines with Drift'
                '--protected ask before every write'
                '--use make it the one in use'
                '--replace replace a profile of this name'
            ) + $common
            Arguments = @('-')
        }
        'profile use' = @{
            Flags = @() + $common
            Arguments = @('@profiles')
        }
        'profile remove' = @{
            Flags = @() + $common
            Arguments = @('@profiles')
        }
        'profile login' = @{
            Flags = @(
                '--token-file=@files the file that holds the token; - reads standard input'
                '--no-verify store it without asking the service'
                '--credentials=keyring|file where to store it (default: the keyring if there is one)'
            ) + $common
            Arguments = @('@profiles')
        }
        'profile logout' = @{
            Flags = @() + $common
            Arguments = @('@profiles')
        }
        'serve' = @{
            Flags = @(
                '--database=@files the workspace file (default: the one of the profile)'
                '--sample on the first start: the sample workspace'
                '--from=@files on the first start: the workspace of a document'
                '--name= on the first start: an empty workspace of this name'
                '--time-zone=@zones its time zone (default: that of this machine)'
                '--host= the address to listen on (default: 127.0.0.1, this machine alone)'
                '--port= the port; 0 takes a free one (default: 4730)'
                '--tls-cert=@files a certificate and its chain, PEM'
                '--tls-key=@files its private key, PEM'
                '--insecure-http allow plain http from other machines: a proxy in front has the certificate'
                '--trust-proxy:= trust X-Forwarded-For from these proxies: addresses (10.0.0.5,10.1.0.0/16,loopback) or their number (default: 1)'
                '--rate-limit= requests a minute of one token, or of one address without; 0 for any (default: 6000)'
                '--widget-max-age= how long caches may keep what visitors see (default: 10)'
            ) + $common
        }
        'token' = @{
            Verbs = @(
                'create make a token and print its secret, once'
                'list every token: agent, scopes, expiry, last use'
                'rotate give a token a new secret; the old one works for a while'
                'revoke end a token at once'
            )
            Flags = @() + $common
        }
        'token create' = @{
            Flags = @(
                '--name= what it is for'
                '--agent=@agents the agent that "me" is'
                '--scope+=read|status:self|status:any|widget|hours|routing|admin what it allows'
                '--role=admin|agent what it allows: what an agent or an admin may'
                '--expires= when it expires: 30d, "2027-01-31", never (default: 90d)'
                '-m,--message= why, for the log'
                '--dry-run show what would change, and what visitors would see, and change nothing'
            ) + $common
        }
        'token list' = @{
            Flags = @() + $common
        }
        'token rotate' = @{
            Flags = @(
                '--overlap= how long the old secret works: 24h, 0s (default: 4h)'
                '--expires= when it expires: 30d, "2027-01-31", never (default: as long as before)'
                '-m,--message= why, for the log'
                '--dry-run show what would change, and what visitors would see, and change nothing'
            ) + $common
            Arguments = @('-')
        }
        'token revoke' = @{
            Flags = @(
                '-m,--message= why, for the log'
                '--dry-run show what would change, and what visitors would see, and change nothing'
            ) + $common
            Arguments = @('-')
        }
        'doctor' = @{
            Flags = @() + $common
        }
        'completion' = @{
            Flags = @() + $common
            Arguments = @('bash|zsh|fish|powershell')
        }
        'api' = @{
            Flags = @(
                '-F,--field+= a field of the request; true, false, null and numbers are read as such'
                '--body=@files the request as a JSON file; - reads standard input'
                '--if-match= refuse when it was written since this revision'
                '-m,--message= why, for the log'
                '--dry-run show what would change, and what visitors would see, and change nothing'
            ) + $common
            Arguments = @(
                '-'
                '-'
            )
        }
    }

    $place = $table['']
    $path = @()
    $readFlags = {
        foreach ($flag in $place.Flags) {
            if ($flag -match '^([^ +:=]+)(\+?)(:?=)?(\S*) (.*)$') {
                $names = @($Matches[1] -split ',')
                @{ Names = $names; Repeats = $Matches[2]; Takes = $Matches[3]; Offers = $Matches[4]; Summary = $Matches[5] }
            }
        }
    }
    $used = @()
    $awaiting = $null # = or := after a flag with a value
    $offered = ''
    $lastFlag = ''
    $chosen = @() # The --profile of the line: live values are those of its workspace.
    $isLiteral = $false
    $isVerbDue = $true
    $position = 0
    $elements = @($commandAst.CommandElements | Select-Object -Skip 1 | Where-Object { $_.Extent.EndOffset -lt $cursorPosition })
    foreach ($element in $elements) {
        $isText = $element -is [Management.Automation.Language.StringConstantExpressionAst]
        $word = if ($isText) { $element.Value } else { $element.Extent.Text }
        if ($awaiting -eq '=' -or ($awaiting -and $word -notlike '-*')) {
            if ($lastFlag -ceq '--profile') { $chosen = '--profile', $word }
            $awaiting = $null
            $offered = ''
        } elseif (-not $isLiteral -and $word -like '-?*') {
            $awaiting = $null
            $offered = ''
            $isLiteral = $word -eq '--'
            $lastFlag = $word
            if ($word -clike '--profile=?*') { $chosen = $word -split '=', 2 }
            $isVerbDue = $false # After a flag a noun means its default verb.
            foreach ($flag in & $readFlags) {
                if ($flag.Names -cnotcontains ($word -replace '=.*')) { continue }
                if (-not $flag.Repeats) { $used += $flag.Names }
                if ($word -notlike '*=*') { $awaiting = $flag.Takes; $offered = $flag.Offers }
            }
        } elseif ($isVerbDue -and $place.Verbs) {
            $path += $word
            $place = $table[$path -join ' ']
            if (-not $place) { return '' }
        } else {
            $position++
        }
    }

    $prefix = ''
    $candidates = @() # each VALUE or VALUE<tab>DESCRIPTION
    $flags = @(& $readFlags)
    $unused = @(foreach ($flag in $flags) {
        $flag.Names | Where-Object { $used -cnotcontains $_ } | ForEach-Object { "$_`t$($flag.Summary)" }
    })
    if ($awaiting -eq '=') {
        # The value that the flag waits for.
    } elseif (-not $isLiteral -and $wordToComplete -like '--*=*') {
        $prefix = $wordToComplete -replace '=.*', '='
        $offered = "$(($flags | Where-Object { $_.Names -ccontains $prefix.TrimEnd('=') }).Offers)"
    } elseif (-not $isLiteral -and $wordToComplete -like '-*') {
        $candidates = $unused
    } elseif ($isVerbDue -and $place.Verbs) {
        $candidates = @($place.Verbs -replace '^(\S+) ', "`$1`t")
    } elseif (-not $awaiting -or -not $offered) {
        $expected = @($place.Arguments)
        $last = if ($expected.Count -gt 0) { $expected[-1] } else { '' }
        $argument = if ($position -lt $expected.Count) { $expected[$position] } elseif ($last -like '*...') { $last } else { '' }
        $offered = "$argument".Replace('...', '').TrimStart('-')
        if (-not ($offered -or $isLiteral -or $wordToComplete)) { $candidates = $unused }
    }

    $typed = $wordToComplete.Substring($prefix.Length).Trim([char[]]"'`"")
    if ($offered -eq '@files' -and -not $candidates) {
        return [Management.Automation.CompletionCompleters]::CompleteFilename($typed) | ForEach-Object {
            [Management.Automation.CompletionResult]::new($prefix + $_.CompletionText, $_.ListItemText, $_.ResultType, $_.ToolTip)
        }
    }
    if (-not $candidates -and $offered -like '@*') {
        try { $candidates = @($null | & drift-status __complete $offered.Substring(1) @chosen 2>$null) } catch { $candidates = @() }
    } elseif (-not $candidates) {
        $candidates = @($offered -split '\|')
    }
    $results = @(foreach ($candidate in $candidates) {
        $value, $summary = "$candidate" -split "`t", 2
        if (-not $value -or -not $value.StartsWith($typed, [StringComparison]::OrdinalIgnoreCase)) { continue }
        # A typographic quote opens and closes a text as the plain one does.
        $isPlain = $value -notmatch '^[@#<>]|[\s''"`$(){};,|&\u2018-\u201e]'
        $text = if ($isPlain) { $value } else { "'" + ($value -replace '[''\u2018-\u201b]', '$0$0') + "'" }
        if (-not $summary) { $summary = $value }
        [Management.Automation.CompletionResult]::new($prefix + $text, $value, 'ParameterValue', $summary)
    })
    # An empty string keeps PowerShell from offering files instead.
    if ($results) { $results } else { '' }
}
