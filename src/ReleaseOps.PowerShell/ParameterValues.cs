using System.Collections;
using System.Globalization;
using System.Management.Automation;

namespace ReleaseOps.PowerShell;

/// <summary>Values from the prompt as a runbook's parameters take them: text, the same in every culture.</summary>
internal static class ParameterValues
{
    public static IReadOnlyDictionary<string, string> ToText(Hashtable? values)
    {
        var text = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (DictionaryEntry entry in values ?? [])
        {
            var name = Convert.ToString(entry.Key, CultureInfo.InvariantCulture)!;
            text[name] = ToText(name, entry.Value is PSObject wrapped ? wrapped.BaseObject : entry.Value);
        }
        return text;
    }

    /// <summary>People's answers, true or false by name.</summary>
    /// <exception cref="ReleaseOpsException">Usage: one is neither.</exception>
    public static IReadOnlyDictionary<string, bool> Answers(Hashtable? given)
    {
        var answers = new Dictionary<string, bool>(StringComparer.Ordinal);
        foreach (DictionaryEntry entry in given ?? [])
        {
            answers[entry.Key.ToString()!] = (entry.Value is PSObject wrapped ? wrapped.BaseObject : entry.Value) is bool yes
                ? yes
                : throw new ReleaseOpsException(ErrorId.Usage, $"The answer to '{entry.Key}' is neither $true nor $false.", "Give one of them.", "Answer");
        }
        return answers;
    }

    private static string ToText(string name, object? value) => value switch
    {
        string s => s,
        bool b => b ? "true" : "false",
        SwitchParameter s => s.IsPresent ? "true" : "false",
        TimeSpan t => Durations.Format(t),
        DateTime d => d.ToString("O", CultureInfo.InvariantCulture),
        DateTimeOffset d => d.ToString("O", CultureInfo.InvariantCulture),
        Uri or Version or Enum => value.ToString()!,
        IFormattable f => f.ToString(null, CultureInfo.InvariantCulture),
        null => throw new ReleaseOpsException(
            ErrorId.ParameterType, $"Parameter '{name}' is null; a text, a number, a bool or a duration was expected.",
            "Leave it out of -Parameter, or give it a value.", name),
        _ => throw new ReleaseOpsException(
            ErrorId.ParameterType, $"Parameter '{name}' is a {value.GetType().Name}; a text, a number, a bool or a duration was expected.",
            "Give one plain value.", name),
    };
}
