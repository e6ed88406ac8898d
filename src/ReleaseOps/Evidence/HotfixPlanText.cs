using ReleaseOps.Runbooks;
using ReleaseOps.Steps;

namespace ReleaseOps.Evidence;

/// <summary>What a hotfix would be held against, as text.</summary>
internal static class HotfixPlanText
{
    public static void Write(TextWriter to, Plan plan)
    {
        var hotfix = plan.Runbook.Hotfix!;
        var scope = BindingScope.ForPlan(plan.Bound!, plan.Release);
        Title(to, "classes", hotfix.Classes.Count);
        foreach (var one in hotfix.Classes)
            to.WriteLine(OneLine.Of($"{one.Name}: {one.Title ?? "allowed"}{(one.Paths.Count > 0 ? $"; only {string.Join(", ", one.Paths)}" : "")}{Needs(one.Steps)}"));
        Title(to, "names", 1);
        foreach (var (what, form) in new[] { ("branch", hotfix.Branch), ("pull request", hotfix.PullRequest), ("tag", hotfix.Tag) })
            if (form is not null)
                to.WriteLine(OneLine.Of($"{what}: {scope.Bind(form)}"));
        Title(to, "rules", hotfix.Rules.Count);
        foreach (var rule in hotfix.Rules)
            to.WriteLine(OneLine.Of($"{rule.Name}: {rule.Title}{(rule.Then == HotfixConsequence.Refuse ? "" : "; asked")}{Needs(rule.Steps)}"));
        Title(to, "parts of the product", hotfix.Domains.Count);
        foreach (var domain in hotfix.Domains)
            to.WriteLine(OneLine.Of($"{domain.Name}: {string.Join(", ", domain.Paths)}{Needs(domain.Steps)}"));
        if (hotfix.Contract is { } contract)
        {
            Title(to, "API contract", 1);
            to.WriteLine(OneLine.Of($"{scope.Bind(contract.File)} must not change what is {ContractText.Word(contract.FailOn)}"));
        }
        if (hotfix.Approvals is { } poll)
        {
            Title(to, "approvals", 1);
            to.WriteLine(OneLine.Of($"{poll}: of this commit, by different people"));
        }
        Title(to, "go back first, where", hotfix.RollbackFirst.Count);
        foreach (var condition in hotfix.RollbackFirst)
            to.WriteLine(OneLine.Of($"{condition.Name}: {condition.Title}; {How(condition)}"));
    }

    private static string How(RollbackFirstCondition condition) => condition switch
    {
        { When: { } when } => $"measured: {when}",
        { Step: { } step } => $"told by '{step}'",
        { IsTooLate: true } => "told by --eta and --severity",
        _ => $"asked: {condition.Ask}",
    };

    private static string Needs(IReadOnlyList<string> steps) => steps.Count == 0 ? "" : $"; needs {string.Join(", ", steps)}";

    private static void Title(TextWriter to, string title, int rows)
    {
        if (rows == 0)
            return;
        to.WriteLine();
        to.WriteLine(title);
    }
}
