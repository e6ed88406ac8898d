# Being stopped: the steps' processes end, the ledger can be resumed.

BeforeAll {
    . $PSScriptRoot/Shell.ps1
    . $PSScriptRoot/Waiting.ps1
    Import-Module $Manifest -Force
    $script:stood = Get-Location

    # The slow step's process, told from any other by its working folder.
    function Get-Sleeper {
        Get-ChildItem /proc -Directory | Where-Object Name -Match '^\d+$' | Where-Object {
            ((Get-Content -Raw "$_/cmdline" -ErrorAction Ignore) -split "`0" -join ' ').Trim() -eq 'sleep 3600.25' -and
            (Get-Item "$_/cwd" -ErrorAction Ignore).Target -eq $PWD.Path
        }
    }

    # Starts the slow checklist in a pwsh of its own and waits until its slow step runs. It takes signals even where the tests themselves run
    # in the background of a shell or under nohup, whose children ignore SIGINT and SIGHUP.
    function Start-SlowChecklist([string] $With = '') {
        $start = [Diagnostics.ProcessStartInfo]::new('env')
        $start.WorkingDirectory = $PWD.Path
        $start.RedirectStandardInput = $start.RedirectStandardOutput = $start.RedirectStandardError = $true
        '--default-signal=INT,TERM,HUP', 'pwsh', '-NoProfile', '-Command', "Import-Module '$Manifest'; Invoke-GoLiveChecklist '$Runbooks/slow.yaml' $With" | ForEach-Object { $start.ArgumentList.Add($_) }
        $process = [Diagnostics.Process]::Start($start)
        Wait-Until { Get-Sleeper }
        $process
    }
}

AfterAll {
    Set-Location $stood
    Remove-Module ReleaseOps
}

Describe 'Stopping a checklist' -Skip:(-not $IsLinux) {
    BeforeEach {
        Set-Location (New-Item -ItemType Directory "$TestDrive/$(New-Guid)")
    }

    It 'ends within seconds of Stop, with its processes, and can be resumed' {
        $shell = [powershell]::Create()
        $null = $shell.AddScript("Import-Module '$Manifest'; Set-Location '$PWD'; Invoke-GoLiveChecklist '$Runbooks/slow.yaml'")
        $pending = $shell.BeginInvoke()
        Wait-Until { Get-Sleeper }

        $clock = [Diagnostics.Stopwatch]::StartNew()
        $shell.Stop()
        $clock.Elapsed.TotalSeconds | Should -BeLessThan 3
        $shell.InvocationStateInfo.State | Should -Be 'Stopped'
        Get-Sleeper | Should -BeNullOrEmpty
        'last' | Should -Not -Exist

        Remove-Item first
        $resumed = Start-SlowChecklist -With '-Resume'
        'first' | Should -Not -Exist -Because 'what finished is not repeated'
        kill -TERM $resumed.Id
        $resumed.WaitForExit(10000) | Should -BeTrue

        { Invoke-GoLiveChecklist "$Runbooks/slow.yaml" -ErrorAction Stop } |
            Should -Throw -ErrorId 'RunUnfinished,ReleaseOps.PowerShell.InvokeGoLiveChecklistCommand'
        Invoke-GoLiveChecklist "$Runbooks/slow.yaml" -Abandon | Should -BeNullOrEmpty
        (Invoke-GoLiveChecklist "$Runbooks/slow.yaml" -Step quick).Decision | Should -Be 'Go'
    }

    It 'ends on SIGINT, with its processes' {
        $process = Start-SlowChecklist
        $clock = [Diagnostics.Stopwatch]::StartNew()
        kill -INT $process.Id
        $process.WaitForExit(10000) | Should -BeTrue
        $clock.Elapsed.TotalSeconds | Should -BeLessThan 3
        Get-Sleeper | Should -BeNullOrEmpty
    }

    It 'ends on SIGTERM with 143, its processes with it' {
        $process = Start-SlowChecklist
        kill -TERM $process.Id
        $process.WaitForExit(10000) | Should -BeTrue
        $process.ExitCode | Should -Be 143
        Get-Sleeper | Should -BeNullOrEmpty
        Get-ChildItem evidence -Recurse -Filter *.jsonl | Select-Object -First 1 | Get-Content | Select-Object -Last 1 | Should -Match 'interrupted'
    }

    It 'ends on SIGHUP with 129, its processes with it' {
        $process = Start-SlowChecklist
        kill -HUP $process.Id
        $process.WaitForExit(10000) | Should -BeTrue
        $process.ExitCode | Should -Be 129
        Get-Sleeper | Should -BeNullOrEmpty
    }

    It 'ends in good order when the pipeline wants no more' {
        $first = "$Runbooks/quick.yaml", "$Runbooks/quick.yaml" | ForEach-Object { [pscustomobject]@{ Path = $_ } } |
            Invoke-GoLiveChecklist -Parameter @{ greeting = 'hello' } | Select-Object -First 1
        $first.Decision | Should -Be 'Go'
        (Invoke-GoLiveChecklist "$Runbooks/quick.yaml" -Parameter @{ greeting = 'hello' }).Decision | Should -Be 'Go' -Because 'nothing holds the ledger'
    }

    It 'cancels and awaits the run when a write throws' {
        # The first information record ends the pipeline while the slow step runs.
        $shell = [powershell]::Create()
        $null = $shell.AddScript("
            Import-Module '$Manifest'; Set-Location '$PWD'
            Invoke-GoLiveChecklist '$Runbooks/slow.yaml' -InformationAction Stop")
        { $shell.Invoke() } | Should -Throw
        Get-Sleeper | Should -BeNullOrEmpty
        $shell.Commands.Clear()
        # The ledger is free again: resuming finds the run, and the plan that it was started with.
        { $shell.AddScript("Invoke-GoLiveChecklist '$Runbooks/slow.yaml' -Resume -Run nix -ErrorAction Stop").Invoke() } |
            Should -Throw -ExpectedMessage '*nix*'
    }
}
