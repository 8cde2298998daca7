import { type CompletionCommand, type CompletionModel, type CompletionOption, everyCommand } from './model.js'
import { argumentNotation, NOTATION, optionNotation } from './notation.js'

/** The completion script for fish, 3.4 and later. */
export function fishCompletion({ root, globalOptions }: CompletionModel): string {
  return `# fish completion for drift-status, made from its commands. To install it, see
# drift-status completion --help

# Sets the caller's verbs, flags and arguments to what may follow its path.
${NOTATION.map((line) => `#   ${line}`).join('\n')}
function __drift_status_table --no-scope-shadowing
    set -l common${listed(globalOptions.map(flag), 8)}
    set verbs
    set flags
    set arguments
    switch "$path"
${everyCommand(root).map(entry).join('\n')}
        case '*'
            return 1
    end
    return 0 # Setting a variable keeps the status of what ran before.
end
${ENGINE}`
}

function entry(command: CompletionCommand): string {
  const flags = [...command.options.map(flag), ...(command.takesGlobalOptions ? ['$common'] : [])]
  return [
    `        case ${quoted(command.path)}`,
    ...setting('verbs', command.commands.map(verb)),
    ...setting('flags', flags),
    ...setting(
      'arguments',
      command.arguments.map((argument) => quoted(argumentNotation(argument))),
    ),
  ].join('\n')
}

function setting(name: string, words: readonly string[]): readonly string[] {
  return words.length === 0 ? [] : [`            set ${name}${listed(words)}`]
}

/** On the line when it is one word, else a line for each. */
function listed(words: readonly string[], indent = 16): string {
  return words.length === 1 ? ` ${words[0]}` : words.map((word) => ` \\\n${' '.repeat(indent)}${word}`).join('')
}

function verb({ word, summary }: CompletionCommand): string {
  return quoted(`${word} ${summary}`)
}

function flag(option: CompletionOption): string {
  return quoted(`${optionNotation(option)} ${option.summary}`)
}

function quoted(text: string): string {
  return `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`
}

const ENGINE = `
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
    set -l shape '^(?<names>[^ +:=]+)(?<repeats>\\+?)(?<takes>:?=)?(?<values>\\S*) (?<summary>.*)$'
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
            contains -- $name $used; or set -a unused $name\\t$summary
            if test "$awaiting" != '=' -a -z "$literal"; and string match --quiet -- "$name=*" $typed
                string split --no-empty '|' -- $values
                return
            end
        end
    end
    if test "$awaiting" = '='
        printf '%s\\n' $offered
    else if test -z "$literal"; and string match --quiet -- '-*' $typed
        printf '%s\\n' $unused
    else if set -q verbs[1]
        string replace ' ' \\t -- $verbs
    else
        set -q arguments[$position]; or set arguments (string match -- '*...' $arguments[-1]); and set position 1
        set -l argument (string replace ... '' -- $arguments[$position] | string match --invert -- -)
        set -a offered (string split '|' -- $argument)
        test -z "$offered$literal$typed"; and set offered $unused
        printf '%s\\n' $offered
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
            printf '%s\\n' --profile $word
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
            printf "$flag%s\\n" (drift-status __complete $source (__drift_status_profile) </dev/null 2>/dev/null)
        else
            printf "$flag%s\\n" $candidate
        end
    end
end

complete --command drift-status --condition __drift_status_wants_files --force-files
complete --command drift-status --condition 'not __drift_status_wants_files' --no-files \\
    --arguments '(__drift_status_candidates)'
`
