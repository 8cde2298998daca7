# PowerShell completion for drift-status, for PowerShell 5.1 and later. To install it, see
# drift-status completion --help
#
# It hands the words of the line to "drift-status __complete" and offers what that answers: whether a file may
# stand at the cursor, then a candidate a line, with a tab before what it is.

Register-ArgumentCompleter -Native -CommandName 'drift-status' -ScriptBlock {
    param($wordToComplete, $commandAst, $cursorPosition)
    $before = @($commandAst.CommandElements | Select-Object -Skip 1 | Where-Object { $_.Extent.EndOffset -lt $cursorPosition })
    $words = @(foreach ($element in $before) {
        $isText = $element -is [Management.Automation.Language.StringConstantExpressionAst]
        if ($isText) { $element.Value } else { $element.Extent.Text }
    })
    $prefix = if ($wordToComplete -match '^--[^=]+=') { $Matches[0] } else { '' }
    $typed = $wordToComplete.Substring($prefix.Length).Trim([char[]]"'`"")
    $last = $prefix + $typed
    # Before 7.3 an empty word never reached a program; two quotes do, as an empty word.
    if (-not $last -and $PSVersionTable.PSVersion -lt [version]'7.3') { $last = '""' }
    try { $answer = @($null | & drift-status __complete '--' @words $last 2>$null) } catch { $answer = @() }
    if ($answer[0] -eq 'files') {
        return [Management.Automation.CompletionCompleters]::CompleteFilename($typed) | ForEach-Object {
            [Management.Automation.CompletionResult]::new($prefix + $_.CompletionText, $_.ListItemText, $_.ResultType, $_.ToolTip)
        }
    }
    $results = @(foreach ($line in $answer | Select-Object -Skip 1) {
        $word, $meaning = "$line" -split "`t", 2
        $value = if ($word.StartsWith($prefix)) { $word.Substring($prefix.Length) } else { $word }
        if (-not $value.StartsWith($typed, [StringComparison]::OrdinalIgnoreCase)) { continue }
        # A typographic quote opens and closes a text as the plain one does.
        # Outside Windows a bare *, ? or [ is matched against files, and a bare ~ is the home folder; a bare --% ends parsing.
        $isPlain = $value -notmatch '^[@#<>~]|^--%|[\s''"`$(){};,|&*?\[\]\u2018-\u201e]'
        $text = if ($isPlain) { $value } else { "'" + ($value -replace '[''\u2018-\u201b]', '$0$0') + "'" }
        if (-not $meaning) { $meaning = $value }
        [Management.Automation.CompletionResult]::new($prefix + $text, $value, 'ParameterValue', $meaning)
    })
    # An empty string keeps PowerShell from offering files instead.
    if ($results) { $results } else { '' }
}
