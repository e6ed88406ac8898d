using System.Collections;

namespace ReleaseOps.Probes;

/// <summary>What it takes to start a process: everything found and filled in.</summary>
/// <param name="Name">The program as the runbook calls it; what the process sees as its own name.</param>
/// <param name="Path">Its full path; on Windows the name, which the system looks up itself.</param>
/// <param name="Arguments">Its arguments.</param>
/// <param name="Folder">The folder it runs in.</param>
/// <param name="Environment">Its whole environment.</param>
/// <param name="Input">Its standard input; null for an empty one.</param>
internal sealed record ProcessStart(
    string Name, string Path, IReadOnlyList<string> Arguments, string Folder, IReadOnlyDictionary<string, string> Environment, string? Input)
{
    /// <summary>Our own environment, as the process's parent has it now.</summary>
    public static Dictionary<string, string> OwnEnvironment()
    {
        var own = new Dictionary<string, string>(OperatingSystem.IsWindows() ? StringComparer.OrdinalIgnoreCase : StringComparer.Ordinal);
        foreach (DictionaryEntry variable in System.Environment.GetEnvironmentVariables())
            own[(string)variable.Key] = (string?)variable.Value ?? "";
        return own;
    }
}

/// <summary>A process couldn't be started.</summary>
/// <param name="reason">Why, as the end of a sentence: "it may not be executed".</param>
internal sealed class StartFailedException(string reason) : Exception(reason);
