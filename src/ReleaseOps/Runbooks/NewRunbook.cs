using ReleaseOps.Runbooks.Format;

namespace ReleaseOps.Runbooks;

/// <summary>Writes a small runbook to start from.</summary>
public static class NewRunbook
{
    /// <summary>Writes <c>name.yaml</c> into a folder, which is made where it isn't there.</summary>
    /// <param name="name">The runbook's name: small letters, digits and '-'.</param>
    /// <param name="folder">The folder.</param>
    /// <returns>Full path of the file.</returns>
    /// <exception cref="ReleaseOpsException">
    /// BadValue: not a runbook's name. RunbookExists: the file is there; it is never overwritten. RunbookUnreadable: it can't be written.
    /// </exception>
    public static string Write(string name, string folder)
    {
        if (!Names.Runbook.Fits(name))
            throw new ReleaseOpsException(ErrorId.BadValue, $"'{Reading.Show(name)}' isn't a runbook's name",
                "Use small letters, digits and '-': payments-release.", name);
        var file = Path.GetFullPath(Path.Combine(folder, name + ".yaml"));
        try
        {
            Directory.CreateDirectory(folder);
            using var stream = new FileStream(file, FileMode.CreateNew, FileAccess.Write);
            stream.Write(System.Text.Encoding.UTF8.GetBytes(Text(name)));
        }
        catch (IOException) when (File.Exists(file))
        {
            throw new ReleaseOpsException(ErrorId.RunbookExists, $"'{file}' is there already",
                "Choose another name, or move the file away.", file);
        }
        catch (Exception barred) when (barred is IOException or UnauthorizedAccessException)
        {
            throw new ReleaseOpsException(ErrorId.RunbookUnreadable, $"'{file}' can't be written: {barred.Message}",
                "Choose a folder that you may write to.", file, barred);
        }
        return file;
    }

    /// <summary>The runbook's text. All of its steps run on any machine with git, in any folder.</summary>
    internal static string Text(string name) => $$$"""
        # A release procedure for ReleaseOps. Look at what it would do, then do it:
        #   releaseops checklist {{{name}}} --dry-run
        #   releaseops checklist {{{name}}} --param version=1.0.0
        runbook: {{{name}}}
        title: Release of {{{name}}}
        product: {{{name}}}

        # What the operator fills in. Expressions speak of params.version, scripts of $PARAM_VERSION.
        parameters:
          version: { pattern: '[0-9]+\.[0-9]+\.[0-9]+.*', description: the version to release }

        roles:
          decision-owner: { may: [vote, confirm], description: decides on go or no-go }

        # Phases run in order, and so do their steps. A step that doesn't pass ends the run, unless it says 'required: false'.
        phases:
          - phase: before
            at: T-30m
            steps:
              # A check: it observes, and 'expect' says what must hold. No shell takes the command apart.
              - id: git-answers
                title: git is installed
                command: [git, --version]
                expect: output.startsWith("git version")

              # A check of a web service would be:
              #   - id: health
              #     http: https://example.com/health
              #     expect: [status == 200, latency_ms < 500]

              # A person confirms what no program can see.
              - id: team-informed
                confirm: The team knows that ${{ params.version }} is about to be released
                by: decision-owner

          - phase: release
            at: T+0
            steps:
              # An action: 'changes' says what it changes. Replace the script by your deployment.
              - id: deploy
                changes: nothing yet
                script: |
                  echo "deploying $PARAM_VERSION"
                timeout: 10m
                idempotent: true

        """;
}
