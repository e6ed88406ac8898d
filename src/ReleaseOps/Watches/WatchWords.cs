using ReleaseOps.Steps;

namespace ReleaseOps.Watches;

/// <summary>Whether a watch can do anything with what somebody is about to tell it.</summary>
internal static class WatchWords
{
    /// <summary>Refuses a word that speaks of nothing that is there.</summary>
    /// <exception cref="ReleaseOpsException">UnknownReference, RoleMayNot, BadValue.</exception>
    public static void Check(WatchFold fold, WatchWord word)
    {
        if (Refusal(fold, word) is { } refusal)
            throw refusal;
    }

    /// <summary>Why a word is refused; null where it isn't. A letter is asked this again where it is heard: who wrote it may not have asked.</summary>
    public static ReleaseOpsException? Refusal(WatchFold fold, WatchWord word)
    {
        var (watch, open) = (fold.Setup.Watch, fold.Incidents.All.Where(i => i.IsOpen).Select(i => i.Id).ToList());
        switch (word.Kind)
        {
            case WatchWordKind.Acknowledge or WatchWordKind.Mitigate or WatchWordKind.Resolve or WatchWordKind.Triage when !open.Contains(word.Subject ?? ""):
                return Unknown($"There is no open incident '{word.Subject}'.", open, "incident");
            case WatchWordKind.Resolve when !fold.Incidents.MayResolve(word.Subject!):
                return new ReleaseOpsException(
                    ErrorId.BadValue, $"{word.Subject} can't be closed yet: its signal hasn't been seen to be gone for {Durations.Format(watch.Clear)}.",
                    "Say that it is mitigated (releaseops watch mitigate, Set-StabilityWatch -Mitigate): the watch verifies that.", word.Subject);
            case WatchWordKind.Open or WatchWordKind.Triage when fold.Setup.Runbook.Severities.All(s => s.Name != word.Value) && fold.Setup.Runbook.Severities.Count > 0:
                return Unknown($"There is no severity '{word.Value}'.", [.. fold.Setup.Runbook.Severities.Select(s => s.Name)], "severity");
            case WatchWordKind.Review when fold.Reviews.All.All(r => r.Due != word.Subject):
                return Unknown($"No review is due at '{word.Subject}'.", [.. fold.Reviews.All.Select(r => r.Due)], "review");
            case WatchWordKind.Confirm when watch.Checks.All(c => c.Id != word.Subject):
                return Unknown($"The watch has no check '{word.Subject}'.", [.. watch.Checks.Select(c => c.Id)], "check");
            case WatchWordKind.Confirm when watch.Checks.First(c => c.Id == word.Subject) is { Work: not Runbooks.ConfirmWork } check:
                return new ReleaseOpsException(ErrorId.BadValue, $"'{check.Id}' isn't for a person to confirm: it looks for itself.",
                    "It is looked at again when it is due.", check.Id);
            case WatchWordKind.Confirm when watch.Checks.First(c => c.Id == word.Subject).Work is Runbooks.ConfirmWork { By: { } by } && by != word.Role:
                return new ReleaseOpsException(ErrorId.RoleMayNot, $"'{word.Subject}' is confirmed by {by}.", $"Give --role {by}, -Role {by}.", by);
            case WatchWordKind.Accept when watch.Exit is not { } exit || !exit.Accept.Contains(word.Role ?? ""):
                return Unknown($"The end of hypercare isn't accepted by '{word.Role}'.", watch.Exit?.Accept ?? [], "role");
            case WatchWordKind.Commander when string.IsNullOrWhiteSpace(word.Value):
                return new ReleaseOpsException(ErrorId.BadValue, "The new incident commander has no name.", "Give one.", "commander");
            default:
                return null;
        }
    }

    private static ReleaseOpsException Unknown(string text, IReadOnlyList<string> there, string what) => new(
        ErrorId.UnknownReference, Probes.OutsideText.OneLine(text, SecretMask.None), there.Count == 0 ? $"There is no {what} at all." : $"There is: {string.Join(", ", there)}.", what);
}
