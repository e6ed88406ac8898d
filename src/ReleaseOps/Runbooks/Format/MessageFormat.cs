using System.Text.Json.Nodes;

namespace ReleaseOps.Runbooks.Format;

/// <summary><c>messages</c>: the texts that go out to people.</summary>
internal static class MessageFormat
{
    private static readonly Key<Template> Text = new("text", new TemplateShape("the text of a message"),
        "The text, with ${{ }} for what is filled in when the plan is made.");
    private static readonly Key<string> Template = new("template", new HandlebarsShape("a Handlebars template"),
        "The text as a Handlebars template, filled in when an update is written: {{impact}}, {{severity}}, {{next_update}}, {{params.name}} ...");
    private static readonly Key<Template> Title = new("title", new TemplateShape("the headline of a message"),
        "Its headline, for mail and services that have one; the text's first line unless told otherwise.");
    private static readonly Key<string> When = new("when", TextShape.Any, "When it goes out, for people.");
    private static readonly Key<IReadOnlyList<string>> Channels = new("channels", new ListShape<string>(Names.Channel, "a list of channels"),
        "The channels that it goes to. One that is neither under 'channels' nor usual is a person's to carry, who is asked.");
    private static readonly Key<TimeSpan> NextUpdate = new("next-update", DurationShape.Any, "The time to the next update that the text promises.");
    private static readonly Key<IncidentStatus> Status = new("status", new ChoiceShape<IncidentStatus>("investigating, mitigating, monitoring or resolved",
        [.. Enum.GetValues<IncidentStatus>().Select(s => (s.ToString().ToLowerInvariant(), s))]),
        "The status that it gives its incident, at status pages and paging services: without one they don't take it.");
    private static readonly Key<IReadOnlyList<RolloutMoment>> On = new("on", new ListShape<RolloutMoment>(new MomentShape(), "a list of moments of a rollout"),
        "The moments of a rollout at which it goes out by itself: started, passed:STAGE, held, rollback, completed.");

    public static readonly Shape<IReadOnlyList<Message>> Messages = new NamedShape<Message, Message>(Names.Message,
        new MapShape<Message>("a message", [Title, When, Channels, NextUpdate, Status, On], Build)
        { Alternatives = [new(Text), new(Template)], Check = Check },
        (name, message) => message with { Name = name }, "a map of names to messages");

    private static Message Build(Fields fields) => new("")
    {
        Text = fields.Get(Text),
        Template = fields.Get(Template),
        Title = fields.Get(Title),
        When = fields.Get(When),
        Channels = fields.List(Channels),
        NextUpdate = fields.GetValue(NextUpdate),
        Status = fields.GetValue(Status),
        On = fields.List(On),
    };

    private static void Check(Fields fields, Reading reading)
    {
        if (fields.Has(On) && fields.Has(Template))
            reading.Error(fields.PositionOf(On), ErrorId.BadValue, "what goes out by itself can't be filled in by anybody", "give it a 'text' with ${{ }}");
        reading.WhenWhole(runbook =>
        {
            var stages = runbook.Phases.SelectMany(p => p.Rollout?.Stages ?? []).Select(s => s.Name).ToList();
            foreach (var moment in fields.List(On).Where(m => m.Stage is not null && !stages.Contains(m.Stage)))
                reading.Error(fields.PositionOf(On), ErrorId.UnknownReference, $"no stage '{Reading.Show(moment.Stage!)}' in this runbook",
                    reading.HintFor(moment.Stage!, stages));
            if (fields.Has(On) && stages.Count == 0)
                reading.Error(fields.PositionOf(On), ErrorId.UnknownReference, "no rollout in this runbook", "send it with a step: message: NAME");
        });
    }

    /// <summary><c>passed:canary</c>.</summary>
    private sealed class MomentShape() : ScalarShape<RolloutMoment>("started, passed:STAGE, held, rollback or completed")
    {
        protected override bool TryParse(YamlScalar scalar, Reading reading, out RolloutMoment value)
        {
            var parts = scalar.Text.Split(':', 2);
            var kind = Array.Find(Enum.GetValues<RolloutMomentKind>(), k => k.ToString().Equals(parts[0], StringComparison.OrdinalIgnoreCase));
            value = new RolloutMoment(kind, parts.Length == 2 ? parts[1] : null);
            return value.ToString() == scalar.Text && (value.Stage is null || (kind == RolloutMomentKind.Passed && Names.Stage.Fits(value.Stage)))
                || Misfit(scalar, reading);
        }

        public override JsonObject Schema(SchemaDefinitions definitions) =>
            new() { ["type"] = "string", ["pattern"] = "^(started|passed(:[A-Za-z0-9][A-Za-z0-9._-]*)?|held|rollback|completed)$" };
    }
}
