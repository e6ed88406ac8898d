using ReleaseOps.Runbooks;

namespace ReleaseOps.Steps;

/// <summary>Every text of a step in which something may be filled in.</summary>
internal static class StepTemplates
{
    public static IEnumerable<Template> Of(Step step)
    {
        var all = Of(step.Work);
        if (step.Verify is { } verify)
            all = all.Concat(Of(verify.Work));
        return step.Changes is { } changes ? all.Append(changes) : all;
    }

    private static IEnumerable<Template> Of(StepWork work) => work switch
    {
        CommandWork w => w.Arguments.Concat(w.Environment.Values).Concat(OrNone(w.Folder)),
        ScriptWork w => w.Environment.Values.Concat(OrNone(w.Folder)),
        HttpWork w => w.Urls.Concat(w.Headers.Values).Concat(OrNone(w.Body)).Concat(OrNone(w.Schema)).Concat(OrNone(w.Contract)),
        GitWork w => [w.Folder],
        FileWork w => [w.Path],
        ChecksumsWork w => [w.Path],
        DocumentWork w => [w.Path],
        JUnitWork w => [w.Path],
        ConfirmWork w => [w.Statement],
        AlertsWork w => w.Match.Values,
        MeasureWork w => [w.Path],
        _ => [],
    };

    /// <summary>What is asked of a source when it is spoken to.</summary>
    public static IEnumerable<Template> Of(Source source) =>
        OrNone(source.Token).Concat(OrNone(source.User)).Concat(OrNone(source.Password)).Prepend(source.Address);

    /// <summary>What is asked of a source about an objective.</summary>
    public static IEnumerable<Template> Of(Slo slo) => OrNone(slo.Good).Concat(OrNone(slo.Bad)).Prepend(slo.Total);

    private static IEnumerable<Template> OrNone(Template? template) => template is null ? [] : [template];
}
