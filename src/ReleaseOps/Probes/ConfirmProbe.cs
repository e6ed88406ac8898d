namespace ReleaseOps.Probes;

/// <summary>
/// Asks a person to attest a statement: <c>confirmed</c>, <c>by</c>, <c>role</c>. A no is an answer; nobody there, no answer, and an
/// answer in another role than asked for are not, and never a yes.
/// </summary>
internal static class ConfirmProbe
{
    /// <summary>Asks.</summary>
    /// <param name="look">What is asked, and of whom.</param>
    /// <param name="context">The attendant, and how long the answer may take.</param>
    /// <param name="cancellation">Ends the asking.</param>
    /// <exception cref="OperationCanceledException">The caller cancelled.</exception>
    internal static Task<Observation> LookAsync(ConfirmLook look, LookContext context, CancellationToken cancellation) =>
        Looking.MakeAsync(
            context,
            token => AskAsync(look, context, token),
            () => $"nobody answered within {Durations.Format(context.Timeout)}",
            cancellation);

    private static async Task<Seen> AskAsync(ConfirmLook look, LookContext context, CancellationToken cancellation)
    {
        if (context.Attendant is not { } attendant)
            throw Nobody("nobody is there to confirm it");
        var question = new Question(context.Step, context.Mask.Apply(look.Statement), look.Role);
        if (await attendant.AskAsync(question, cancellation).ConfigureAwait(false) is not { } answer)
            throw Nobody("nobody answered");
        var by = OutsideText.OneLine(answer.By, context.Mask);
        var role = answer.Role is null ? null : OutsideText.OneLine(answer.Role, context.Mask);
        if (by.Length == 0)
            throw Nobody("the answer came without a name");
        if (look.Role is not null && !string.Equals(look.Role, answer.Role, StringComparison.Ordinal))
            throw Nobody($"{by} answered {(role is null ? "without a role" : "as " + role)}, but only {look.Role} may");
        var values = new Dictionary<string, object?> { ["confirmed"] = answer.Confirmed, ["by"] = by, ["role"] = role ?? "" };
        return new Seen(values, $"{(answer.Confirmed ? "confirmed" : "not confirmed")} by {by}{(role is null ? "" : " as " + role)}");
    }

    private static CouldNotTellException Nobody(string why) => new(ErrorId.NobodyToAsk, why);
}
