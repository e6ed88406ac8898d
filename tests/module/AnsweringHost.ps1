# A PowerShell host with a person who always gives the same answer.

class AnsweringUI : System.Management.Automation.Host.PSHostUserInterface {
    [int] $Answer
    [System.Collections.Generic.List[string]] $Questions = @()
    [System.Management.Automation.Host.PSHostRawUserInterface] get_RawUI() { return $null }
    [string] ReadLine() { throw [System.NotSupportedException]::new() }
    [securestring] ReadLineAsSecureString() { throw [System.NotSupportedException]::new() }
    [void] Write([string] $value) { }
    [void] Write([System.ConsoleColor] $foreground, [System.ConsoleColor] $background, [string] $value) { }
    [void] WriteLine([string] $value) { }
    [void] WriteErrorLine([string] $value) { }
    [void] WriteDebugLine([string] $message) { }
    [void] WriteProgress([long] $sourceId, [System.Management.Automation.ProgressRecord] $record) { }
    [void] WriteVerboseLine([string] $message) { }
    [void] WriteWarningLine([string] $message) { }
    [System.Collections.Generic.Dictionary[string, psobject]] Prompt(
        [string] $caption, [string] $message, [System.Collections.ObjectModel.Collection[System.Management.Automation.Host.FieldDescription]] $descriptions) {
        throw [System.NotSupportedException]::new()
    }
    [pscredential] PromptForCredential([string] $caption, [string] $message, [string] $userName, [string] $targetName) {
        throw [System.NotSupportedException]::new()
    }
    [pscredential] PromptForCredential(
        [string] $caption, [string] $message, [string] $userName, [string] $targetName,
        [System.Management.Automation.PSCredentialTypes] $types, [System.Management.Automation.PSCredentialUIOptions] $options) {
        throw [System.NotSupportedException]::new()
    }
    [int] PromptForChoice(
        [string] $caption, [string] $message,
        [System.Collections.ObjectModel.Collection[System.Management.Automation.Host.ChoiceDescription]] $choices, [int] $default) {
        $this.Questions.Add("$caption $message")
        return $this.Answer
    }
}

class AnsweringHost : System.Management.Automation.Host.PSHost {
    [AnsweringUI] $Person = [AnsweringUI]::new()
    [guid] $Id = [guid]::NewGuid()
    [System.Globalization.CultureInfo] get_CurrentCulture() { return [cultureinfo]::InvariantCulture }
    [System.Globalization.CultureInfo] get_CurrentUICulture() { return [cultureinfo]::InvariantCulture }
    [guid] get_InstanceId() { return $this.Id }
    [string] get_Name() { return 'AnsweringHost' }
    [System.Management.Automation.Host.PSHostUserInterface] get_UI() { return $this.Person }
    [version] get_Version() { return '1.0' }
    [void] EnterNestedPrompt() { }
    [void] ExitNestedPrompt() { }
    [void] NotifyBeginApplication() { }
    [void] NotifyEndApplication() { }
    [void] SetShouldExit([int] $exitCode) { }
}

# Runs a script in a runspace whose host gives that answer to every question.
function Invoke-WithAnswers([int] $Answers, [string] $Script) {
    $answering = [AnsweringHost]::new()
    $answering.Person.Answer = $Answers
    $runspace = [runspacefactory]::CreateRunspace($answering)
    $runspace.Open()
    $shell = [powershell]::Create($runspace)
    try {
        $output = $shell.AddScript($Script).Invoke()
        if ($shell.HadErrors) {
            throw $shell.Streams.Error[0]
        }
        [pscustomobject]@{ Output = $output; Questions = $answering.Person.Questions -join "`n" }
    }
    finally {
        $shell.Dispose()
        $runspace.Dispose()
    }
}
