using System.Buffers;
using System.Security.Cryptography;
using System.Text.Json;
using ReleaseOps.Runbooks;

namespace ReleaseOps.Steps;

/// <summary>Runbook -> Plan. Pure: it looks at nothing and starts nothing.</summary>
public static class Planner
{
    /// <summary>Plans the chosen part of a runbook.</summary>
    /// <param name="runbook">The runbook.</param>
    /// <param name="given">Values of parameters, as text, by name.</param>
    /// <param name="selection">Which part.</param>
    /// <exception cref="ReleaseOpsException">UnknownPhase, UnknownStep, UnknownParameter, ParameterType, ParameterPattern, BindingFailed.</exception>
    public static Plan Make(Runbook runbook, IReadOnlyDictionary<string, string> given, Selection selection)
    {
        var parameters = ParameterBinder.Bind(runbook, given);
        var release = ParameterBinder.ReleaseOf(runbook, parameters);
        var scope = BindingScope.ForPlan(parameters, release);
        var phases = Chosen(runbook, selection);
        var steps = phases.SelectMany(p => PlanRows.Of(runbook, p, scope)).ToList();
        if (selection.Steps.Count > 0)
            steps = OnlyNamed(steps, selection.Steps);
        // Needs on steps that were not chosen are met by the operator's choice.
        var ids = steps.Select(s => s.Id).ToHashSet(StringComparer.Ordinal);
        steps = [.. steps.Select(s => s.Needs.All(ids.Contains) ? s : s with { Needs = [.. s.Needs.Where(ids.Contains)] })];
        var whole = selection.Phases.Count == 0 && selection.Steps.Count == 0;
        // A rollout may have to go back at any moment: what the way back takes must be there from the start.
        var rollback = runbook.Rollback is { } back && (whole || phases.Exists(p => p.Rollout is not null)) ? PlanRows.Of(runbook, back, scope) : [];
        var watched = Watched(runbook, phases, scope);
        IReadOnlyList<PlannedMessage> messages = whole ? [.. runbook.Messages.Select(m => new PlannedMessage(m.Name, m.When, m.Text is null ? m.Template! : scope.Bind(m.Text)))] : [];
        return Finished(runbook, release, parameters, scope, steps, rollback, watched, messages, [.. phases.Select(p => p.Name)]);
    }

    private static Plan Finished(
        Runbook runbook, Release release, BoundParameters parameters, BindingScope scope, List<PlannedStep> steps,
        IReadOnlyList<PlannedStep> rollback, List<PlannedStep> watched, IReadOnlyList<PlannedMessage> messages, IReadOnlyList<string> phases)
    {
        var secrets = steps.Concat(rollback).Concat(watched).Where(s => s.Step is not null && !IsLeftOut(s, scope))
            .SelectMany(s => StepTemplates.Of(s.Step!))
            .Concat(SourcesAndMetrics(runbook, phases, [.. steps, .. rollback])).SelectMany(t => t.SecretNames);
        var plan = new Plan
        {
            Runbook = runbook,
            Release = release,
            Steps = steps,
            Rollback = rollback,
            Watched = watched,
            Messages = messages,
            Parameters = parameters.Values.ToDictionary(p => p.Key, p => (object?)p.Value, StringComparer.Ordinal),
            Missing = [],
            Secrets = [.. secrets.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)],
            Phases = phases,
            Digest = DigestOf(runbook, parameters, phases.Count > 0 ? steps : rollback),
            BallotDigest = DigestOf(runbook, parameters, []),
            Bound = parameters,
        };
        return plan with { Missing = MissingIn(plan, scope) };
    }

    /// <summary>True where its <c>if</c> speaks of nothing but what is known by now, and is false: nobody need have its secrets.</summary>
    private static bool IsLeftOut(PlannedStep step, BindingScope scope) =>
        step.Step!.If is { } condition
        && condition.Expression.Variables.All(scope.Variables.ContainsKey)
        && condition.Expression.Evaluate(scope.Variables) is { Error: null, Value: false };

    /// <summary>The phase of a watch's checks.</summary>
    public const string WatchPhase = "watch";

    /// <summary>Plans the watch of a runbook.</summary>
    /// <param name="runbook">The runbook; it has one.</param>
    /// <param name="given">Values of parameters, as text, by name.</param>
    /// <exception cref="ReleaseOpsException">UnknownParameter, ParameterType, ParameterPattern, BindingFailed.</exception>
    public static Plan MakeWatch(Runbook runbook, IReadOnlyDictionary<string, string> given)
    {
        var parameters = ParameterBinder.Bind(runbook, given);
        var release = ParameterBinder.ReleaseOf(runbook, parameters);
        var scope = BindingScope.ForPlan(parameters, release);
        List<PlannedStep> checks = [.. runbook.Watch!.Checks.Select(step => PlanRows.Of(runbook, step, WatchPhase, scope))];
        return Finished(runbook, release, parameters, scope, checks, [], [], [], [WatchPhase]);
    }

    /// <summary>Plans the way back by itself.</summary>
    /// <param name="runbook">The runbook; it has one.</param>
    /// <param name="given">Values of parameters, as text, by name.</param>
    /// <exception cref="ReleaseOpsException">UnknownParameter, ParameterType, ParameterPattern, BindingFailed.</exception>
    public static Plan MakeRollback(Runbook runbook, IReadOnlyDictionary<string, string> given)
    {
        var parameters = ParameterBinder.Bind(runbook, given);
        var release = ParameterBinder.ReleaseOf(runbook, parameters);
        var scope = BindingScope.ForPlan(parameters, release);
        return Finished(runbook, release, parameters, scope, [], PlanRows.Of(runbook, runbook.Rollback!, scope), [], [], []);
    }

    /// <summary>Plans what is said about a release outside its runs: no step, whatever the runbook has.</summary>
    /// <param name="runbook">The runbook.</param>
    /// <param name="given">Values of parameters, as text, by name.</param>
    /// <exception cref="ReleaseOpsException">UnknownParameter, ParameterType, ParameterPattern.</exception>
    public static Plan MakeMessages(Runbook runbook, IReadOnlyDictionary<string, string> given)
    {
        var parameters = ParameterBinder.Bind(runbook, given);
        var release = ParameterBinder.ReleaseOf(runbook, parameters);
        var plan = Finished(runbook, release, parameters, BindingScope.ForPlan(parameters, release), [], [], [], [], []);
        // Without its version nobody could tell which release is meant.
        return plan with { Missing = [.. parameters.Required.Where(name => name == ParameterBinder.Version)] };
    }

    private static List<Phase> Chosen(Runbook runbook, Selection selection)
    {
        foreach (var name in selection.Phases.Where(n => runbook.Phases.All(p => p.Name != n)))
            throw new ReleaseOpsException(
                ErrorId.UnknownPhase, $"The runbook '{runbook.Name}' has no phase '{name}'.",
                "Its phases are: " + string.Join(", ", runbook.Phases.Select(p => p.Name)) + ".", name);
        return [.. runbook.Phases.Where(p => selection.Phases.Count == 0 || selection.Phases.Contains(p.Name))];
    }

    private static List<PlannedStep> Watched(Runbook runbook, List<Phase> phases, BindingScope scope)
    {
        var names = phases.SelectMany(p => p.Rollout?.Abort ?? []).ToHashSet(StringComparer.Ordinal);
        var ids = runbook.Triggers.Where(t => names.Contains(t.Name)).Select(t => t.Step).OfType<string>().Distinct(StringComparer.Ordinal);
        return [.. ids.Select(id => PlanRows.Of(runbook, runbook.AllSteps().First(s => s.Id == id), "triggers", scope))];
    }

    private static List<PlannedStep> OnlyNamed(List<PlannedStep> steps, IReadOnlyList<string> ids)
    {
        foreach (var id in ids.Where(id => steps.All(s => s.Id != id)))
            throw new ReleaseOpsException(
                ErrorId.UnknownStep, $"The chosen phases have no step '{id}'.",
                "Its steps are: " + string.Join(", ", steps.Select(s => s.Id)) + ".", id);
        return [.. steps.Where(s => ids.Contains(s.Id))];
    }

    /// <summary>
    /// What a real run can't do without. By now the scope has met every text that the plan shows; the others (environment, headers,
    /// bodies) are asked here, and so are the criteria. A script sees every parameter in its environment, so it may need any of them.
    /// </summary>
    private static List<string> MissingIn(Plan plan, BindingScope scope)
    {
        var steps = plan.Steps.Concat(plan.Rollback).Concat(plan.Watched).Where(s => s.Step is not null).ToList();
        foreach (var template in steps.SelectMany(s => StepTemplates.Of(s.Step!)).Concat(SourcesAndMetrics(plan.Runbook, plan.Phases, [.. plan.Steps, .. plan.Rollback]))
            .Concat(GoingOut(plan)))
            scope.Bind(template);
        var parameters = scope.Parameters;
        var byScripts = steps.Any(s => s.Step!.Work is ScriptWork) ? parameters.Required : [];
        var byCriteria = parameters.Required.Where(name =>
            steps.Any(s => s.Expect.Append(s.If ?? "").Any(e => e.Contains("params." + name, StringComparison.Ordinal))));
        var byQueries = parameters.Required.Intersect(steps.Select(s => s.Step!.Work).OfType<SqlWork>().SelectMany(w => QueryText.Read(w.Query).Parameters));
        return [.. parameters.Missing.Where(scope.Missing.Concat(byScripts).Concat(byCriteria).Concat(byQueries).ToHashSet(StringComparer.Ordinal).Contains)];
    }

    /// <summary>The messages that steps send, and those that a rollout of the chosen part sends by itself.</summary>
    private static IEnumerable<Template> GoingOut(Plan plan)
    {
        var named = plan.Steps.Concat(plan.Rollback).Select(s => s.Step?.Work).OfType<MessageWork>().Select(w => w.Message).ToHashSet(StringComparer.Ordinal);
        var hasRollout = plan.Steps.Any(s => s.Kind == "stage");
        return plan.Runbook.Messages.Where(m => named.Contains(m.Name) || (hasRollout && m.On.Count > 0)).SelectMany(m => new[] { m.Title, m.Text }).OfType<Template>();
    }

    /// <summary>What the sources and metrics are made of, where the chosen part speaks to any.</summary>
    private static IEnumerable<Template> SourcesAndMetrics(Runbook runbook, IReadOnlyList<string> phases, IReadOnlyList<PlannedStep> steps)
    {
        if (!IsWatch(runbook, phases) && !steps.Any(s => s.Kind is "stage" or "gate" or "measure" or "sql" or "alerts" or "poll"))
            return [];
        var metrics = runbook.Metrics.SelectMany(m => m.Control is { } control ? new[] { m.Query, control } : [m.Query]);
        var baselines = runbook.Gates.Select(g => g.Baseline).OfType<Template>();
        var counters = IsWatch(runbook, phases) ? runbook.Slos.SelectMany(s => new[] { s.Total, s.Good, s.Bad }).OfType<Template>() : [];
        return runbook.Sources.SelectMany(StepTemplates.Of).Concat(metrics).Concat(baselines).Concat(counters);
    }

    private static bool IsWatch(Runbook runbook, IReadOnlyList<string> phases) => phases is [WatchPhase] && runbook.Phases.All(p => p.Name != WatchPhase);

    private static string DigestOf(Runbook runbook, BoundParameters parameters, IReadOnlyList<PlannedStep> steps)
    {
        var bytes = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(bytes))
        {
            json.WriteStartObject();
            json.WriteString("runbook", runbook.Digest);
            json.WriteStartObject("parameters");
            var late = runbook.Parameters.Where(p => p.Late).Select(p => p.Name).ToHashSet(StringComparer.Ordinal);
            foreach (var name in parameters.Values.Keys.Where(name => !late.Contains(name)).Order(StringComparer.Ordinal))
                json.WriteString(name, parameters.Text(name));
            json.WriteEndObject();
            json.WriteStartArray("steps");
            foreach (var step in steps)
                json.WriteStringValue(step.Phase + "/" + step.Id);
            json.WriteEndArray();
            json.WriteEndObject();
        }
        return Convert.ToHexStringLower(SHA256.HashData(bytes.WrittenSpan));
    }
}
