using ReleaseOps.Probes;

namespace ReleaseOps.Hotfixes;

/// <summary>Judges the names of a hotfix; what is wrong is told with the name that was meant. Pure.</summary>
internal static class HotfixNaming
{
    /// <summary>One finding a name.</summary>
    /// <param name="subject">What is named: <c>branch</c>.</param>
    /// <param name="form">How it is named; null for any way, which is no finding.</param>
    /// <param name="name">The name; null where there is none.</param>
    /// <param name="ticket">The ticket of the hotfix; null where it isn't known.</param>
    /// <param name="without">Why there is no name, and what to do.</param>
    /// <param name="required">False where it need have none.</param>
    /// <param name="mask">Hides secrets in what is shown.</param>
    public static IEnumerable<Finding> Judge(string subject, HotfixName? form, string? name, string? ticket, string without, bool required, SecretMask mask)
    {
        if (form is null)
            yield break;
        if (string.IsNullOrEmpty(name))
        {
            yield return new Finding(subject, required ? Verdict.Inconclusive : Verdict.Skipped, without)
            {
                Condition = form.ToString(),
                Required = required,
                Reason = ErrorId.NoData,
            };
            yield break;
        }
        var shown = OutsideText.OneLine(name, mask);
        var meant = OutsideText.OneLine(form.Corrected(mask.Apply(name), ticket), mask);
        var fits = form.Fits(name, out var own);
        yield return !fits ? Bad($"'{shown}' is not '{form}'; name it '{meant}'")
            : own is not null && ticket is not null && own != ticket ? Bad($"'{shown}' speaks of {own}, but the hotfix is for {ticket}; name it '{meant}'")
            : new Finding(subject, Verdict.Passed, $"'{shown}' is '{form}'") { Condition = form.ToString(), Observed = shown };

        Finding Bad(string text) => new(subject, Verdict.Failed, text) { Condition = form.ToString(), Observed = shown };
    }
}
