using ReleaseOps.Probes.Git;
using ReleaseOps.Runbooks;

namespace ReleaseOps.Hotfixes;

/// <summary>The names of a hotfix, and the ticket that they speak of. Pure.</summary>
/// <param name="Findings">One a name.</param>
/// <param name="Ticket">The ticket; null where it can't be told.</param>
internal sealed record HotfixNames(IReadOnlyList<Finding> Findings, string? Ticket)
{
    public static HotfixNames Of(Hotfix hotfix, BindingScope scope, GitChange change, HotfixOptions options, SecretMask mask)
    {
        var (branch, title, tag) = (Form(hotfix.Branch), Form(hotfix.PullRequest), Form(hotfix.Tag));
        var ticket = options.Ticket ?? TicketIn(branch, change.Branch) ?? TicketIn(title, options.Title);
        // A tag that is there is one that is used.
        var tags = options.Tag is { } given ? [given]
            : change.Tags.Where(t => t.Contains("hotfix", StringComparison.OrdinalIgnoreCase)).Order(StringComparer.Ordinal).ToList();
        return new HotfixNames(
        [
            .. HotfixNaming.Judge("branch", branch, change.Branch, ticket,
                "no branch is checked out: check out the hotfix's branch, so that its name can be judged", required: true, mask),
            .. HotfixNaming.Judge("pull-request", title, options.Title, ticket, "no title was given: --title (-Title) has it judged", required: false, mask),
            .. tags.Count == 0 ? HotfixNaming.Judge("tag", tag, null, ticket, "no tag is used", required: false, mask)
                : tags.SelectMany(t => HotfixNaming.Judge("tag", tag, t, ticket, "", required: true, mask)),
        ], ticket);

        HotfixName? Form(Template? form) => form is null ? null : new HotfixName(scope.Bind(form), hotfix.Ticket);
    }

    private static string? TicketIn(HotfixName? form, string? name) => name is { Length: > 0 } && form?.Fits(name, out var ticket) == true ? ticket : null;
}
