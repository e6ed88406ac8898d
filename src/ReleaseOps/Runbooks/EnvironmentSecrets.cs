namespace ReleaseOps.Runbooks;

/// <summary>Takes secrets from environment variables of the same names.</summary>
public static class EnvironmentSecrets
{
    /// <summary>The values of all these secrets.</summary>
    /// <param name="names">Their names: <see cref="Runbook.Secrets"/>.</param>
    /// <param name="variable">Gives an environment variable's value, or null.</param>
    /// <exception cref="ReleaseOpsException">MissingSecret or SecretTooShort, naming all that are; never a value.</exception>
    public static IReadOnlyDictionary<string, string> Resolve(IEnumerable<string> names, Func<string, string?> variable)
    {
        var values = names.Distinct(StringComparer.Ordinal).ToDictionary(name => name, variable, StringComparer.Ordinal);
        Refuse(values.Where(v => string.IsNullOrEmpty(v.Value)), ErrorId.MissingSecret, "not in the environment",
            "Set each as an environment variable.");
        Refuse(values.Where(v => SecretMask.TooShort(v.Value!)), ErrorId.SecretTooShort, "too short to be masked safely",
            $"Use secrets of at least {SecretMask.ShortestSecret} characters.");
        return values.ToDictionary(v => v.Key, v => v.Value!, StringComparer.Ordinal);
    }

    /// <summary>The values of those of these secrets that are there and can be masked: for what does without them.</summary>
    /// <param name="names">Their names.</param>
    /// <param name="variable">Gives an environment variable's value, or null.</param>
    public static IReadOnlyDictionary<string, string> Present(IEnumerable<string> names, Func<string, string?> variable) => names
        .Distinct(StringComparer.Ordinal).Where(name => WhyNot(name, variable) is null).ToDictionary(name => name, name => variable(name)!, StringComparer.Ordinal);

    /// <summary>Why a secret can't be used; null where it can.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="variable">Gives an environment variable's value, or null.</param>
    public static string? WhyNot(string name, Func<string, string?> variable) =>
        variable(name) is not { Length: > 0 } value ? name + " isn't set" : SecretMask.TooShort(value) ? name + " is too short to be masked safely" : null;

    private static void Refuse(IEnumerable<KeyValuePair<string, string?>> bad, ErrorId id, string what, string remedy)
    {
        var names = bad.Select(v => v.Key).Order(StringComparer.Ordinal).ToArray();
        if (names.Length > 0)
            throw new ReleaseOpsException(id, $"{(names.Length == 1 ? "Secret" : "Secrets")} {what}: {string.Join(", ", names)}", remedy,
                names[0]);
    }
}
