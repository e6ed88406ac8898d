namespace ReleaseOps.Contracts.Operations;

/// <summary>Whether an operation or a parameter is on its way out, and until when it stays.</summary>
internal static class DeprecationComparison
{
    private sealed record Names(
        string Deprecated,
        string WithSunset,
        string Reactivated,
        string Invalid,
        string TooSmall,
        string Deleted,
        string Moved,
        string MovedInvalid);

    private static readonly Names OfOperation = new(
        "endpoint-deprecated", "endpoint-deprecated-with-sunset", "endpoint-reactivated", "api-deprecated-sunset-parse", "api-sunset-date-too-small",
        "sunset-deleted", "api-sunset-date-changed-too-small", "api-path-sunset-parse");

    private static readonly Names OfParameter = new(
        "request-parameter-deprecated", "request-parameter-deprecated", "request-parameter-reactivated", "request-parameter-sunset-parse",
        "request-parameter-sunset-date-too-small", "request-parameter-sunset-deleted", "request-parameter-sunset-date-changed-too-small",
        "request-parameter-sunset-parse");

    public static void Compare(ComparisonContext context, OperationPair pair) =>
        Compare(
            context,
            OfOperation,
            "The operation",
            pair.Base.Node,
            pair.Base.IsDeprecated,
            pair.Revision.Node,
            pair.Revision.IsDeprecated,
            pair.Subject);

    public static void Compare(ComparisonContext context, ApiParameter before, ApiParameter after, ContractSubject at) =>
        Compare(context, OfParameter, $"The {before.Words}", before.Node, before.IsDeprecated, after.Node, after.IsDeprecated, at);

    private static void Compare(
        ComparisonContext context, Names names, string what, ApiNode before, bool wasDeprecated, ApiNode after, bool isDeprecated, ContractSubject at)
    {
        var (sunset, later) = (before[ContractSunset.Key], after[ContractSunset.Key]);
        if (wasDeprecated && !isDeprecated)
            Tell(names.Reactivated, "was deprecated, and isn't any more", before, after);
        else if (!wasDeprecated && isDeprecated)
            TellDeprecated(later);
        else if (isDeprecated && sunset is not null)
            CompareSunsets(sunset, later);

        void Tell(string id, string text, ApiNode inBase, ApiNode inRevision) => context.Report.Tell(id, $"{what} {text}", inBase, inRevision, at);

        void TellDeprecated(ApiNode? until)
        {
            if (until is null)
                Tell(names.Deprecated, "is deprecated", before, after["deprecated"] ?? after);
            else if (ContractSunset.Read(until) is not { } date)
                Tell(names.Invalid, $"is deprecated with {ContractText.Value(until)} as its sunset, which is no date", before, until);
            else if (date < context.Today)
                Tell(names.TooSmall, $"is deprecated with a sunset that has passed, {ContractSunset.Show(date)}", before, until);
            else
                Tell(names.WithSunset, $"is deprecated, with its sunset on {ContractSunset.Show(date)}", before, until);
        }

        void CompareSunsets(ApiNode was, ApiNode? until)
        {
            if (until is null)
                Tell(names.Deleted, $"still is deprecated, and its sunset {ContractText.Value(was)} is gone", was, after);
            else if (was.Text == until.Text)
                return;
            else if (ContractSunset.Read(was) is not { } old || ContractSunset.Read(until) is not { } date)
                Tell(
                    names.MovedInvalid,
                    $"had the sunset {ContractText.Value(was)}, and has {ContractText.Value(until)}; not both are dates",
                    was,
                    until);
            else if (date < old && date < context.Today)
                Tell(
                    names.Moved,
                    $"had its sunset on {ContractSunset.Show(old)}, and has it on {ContractSunset.Show(date)}, which has passed",
                    was,
                    until);
        }
    }
}
