import { type CompletionCommand, type CompletionModel, type CompletionOption, everyCommand } from './model.js'
import { argumentNotation, NOTATION, optionNotation } from './notation.js'

/** The completion script for PowerShell, 5.1 and later. */
export function powershellCompletion({ root, globalOptions }: CompletionModel): string {
  return `# PowerShell completion for drift-status, made from its commands. To install it, see
# drift-status completion --help

Register-ArgumentCompleter -Native -CommandName 'drift-status' -ScriptBlock {
    param($wordToComplete, $commandAst, $cursorPosition)

    # What may follow each command.
${NOTATION.map((line) => `    #   ${line}`).join('\n')}
    $common = ${listed(globalOptions.map(flag), 4)}
    $table = @{
${everyCommand(root).map(entry).join('\n')}
    }
${ENGINE}}
`
}

function entry(command: CompletionCommand): string {
  const flags = listed(command.options.map(flag), 12)
  return [
    `        ${quoted(command.path)} = @{`,
    ...setting('Verbs', command.commands.map(verb)),
    `            Flags = ${command.takesGlobalOptions ? `${flags} + $common` : flags}`,
    ...setting(
      'Arguments',
      command.arguments.map((argument) => quoted(argumentNotation(argument))),
    ),
    '        }',
  ].join('\n')
}

function setting(name: string, words: readonly string[]): readonly string[] {
  return words.length === 0 ? [] : [`            ${name} = ${listed(words, 12)}`]
}

function listed(words: readonly string[], indent: number): string {
  const space = ' '.repeat(indent)
  if (words.length < 2) return `@(${words.join('')})`
  return `@(${words.map((word) => `\n${space}    ${word}`).join('')}\n${space})`
}

function verb({ word, summary }: CompletionCommand): string {
  return quoted(`${word} ${summary}`)
}

function flag(option: CompletionOption): string {
  return quoted(`${optionNotation(option)} ${option.summary}`)
}

/** PowerShell also ends a string at a typographic quote. */
function quoted(text: string): string {
  return `'${text.replace(/['\u2018\u2019\u201a\u201b]/g, '$&$&')}'`
}

const ENGINE = `
    $place = $table['']
    $path = @()
    $readFlags = {
        foreach ($flag in $place.Flags) {
            if ($flag -match '^([^ +:=]+)(\\+?)(:?=)?(\\S*) (.*)$') {
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
        $flag.Names | Where-Object { $used -cnotcontains $_ } | ForEach-Object { "$_\`t$($flag.Summary)" }
    })
    if ($awaiting -eq '=') {
        # The value that the flag waits for.
    } elseif (-not $isLiteral -and $wordToComplete -like '--*=*') {
        $prefix = $wordToComplete -replace '=.*', '='
        $offered = "$(($flags | Where-Object { $_.Names -ccontains $prefix.TrimEnd('=') }).Offers)"
    } elseif (-not $isLiteral -and $wordToComplete -like '-*') {
        $candidates = $unused
    } elseif ($isVerbDue -and $place.Verbs) {
        $candidates = @($place.Verbs -replace '^(\\S+) ', "\`$1\`t")
    } elseif (-not $awaiting -or -not $offered) {
        $expected = @($place.Arguments)
        $last = if ($expected.Count -gt 0) { $expected[-1] } else { '' }
        $argument = if ($position -lt $expected.Count) { $expected[$position] } elseif ($last -like '*...') { $last } else { '' }
        $offered = "$argument".Replace('...', '').TrimStart('-')
        if (-not ($offered -or $isLiteral -or $wordToComplete)) { $candidates = $unused }
    }

    $typed = $wordToComplete.Substring($prefix.Length).Trim([char[]]"'\`"")
    if ($offered -eq '@files' -and -not $candidates) {
        return [Management.Automation.CompletionCompleters]::CompleteFilename($typed) | ForEach-Object {
            [Management.Automation.CompletionResult]::new($prefix + $_.CompletionText, $_.ListItemText, $_.ResultType, $_.ToolTip)
        }
    }
    if (-not $candidates -and $offered -like '@*') {
        try { $candidates = @($null | & drift-status __complete $offered.Substring(1) @chosen 2>$null) } catch { $candidates = @() }
    } elseif (-not $candidates) {
        $candidates = @($offered -split '\\|')
    }
    $results = @(foreach ($candidate in $candidates) {
        $value, $summary = "$candidate" -split "\`t", 2
        if (-not $value -or -not $value.StartsWith($typed, [StringComparison]::OrdinalIgnoreCase)) { continue }
        # A typographic quote opens and closes a text as the plain one does.
        $isPlain = $value -notmatch '^[@#<>]|[\\s''"\`$(){};,|&\\u2018-\\u201e]'
        $text = if ($isPlain) { $value } else { "'" + ($value -replace '[''\\u2018-\\u201b]', '$0$0') + "'" }
        if (-not $summary) { $summary = $value }
        [Management.Automation.CompletionResult]::new($prefix + $text, $value, 'ParameterValue', $summary)
    })
    # An empty string keeps PowerShell from offering files instead.
    if ($results) { $results } else { '' }
`
