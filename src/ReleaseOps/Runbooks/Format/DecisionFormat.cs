namespace ReleaseOps.Runbooks.Format;

/// <summary>Who decides, when, and by what: the rollback's decision tree, windows, polls and the way up.</summary>
internal static class DecisionFormat
{
    private static readonly Key<TimeSpan> Within = new("within", DurationShape.Any, "How long it may take in all.");
    private static readonly Key<IReadOnlyList<Step>> Steps = new("steps", StepFormat.List,
        "Its steps, in order; each is done even where one before it failed.")
    { Required = true };
    private static readonly Key<IReadOnlyList<Step>> Verify = new("verify", StepFormat.List, "How to tell that it worked: looked at after the steps.");

    private static readonly Key<Criterion> When = new("when", GuardFormat.Expression, "The question for the machine.");
    private static readonly Key<string> Ask = new("ask", TextShape.Any, "The question for a person.");
    private static readonly Key<RollbackAdvice> Then = new("then", new ChoiceShape<RollbackAdvice>("rollback, prepare or monitor",
        ("rollback", RollbackAdvice.Rollback), ("prepare", RollbackAdvice.Prepare), ("monitor", RollbackAdvice.Monitor)),
        "What follows where the answer is yes.")
    { Required = true };
    private static readonly Key<TimeSpan> Deadline = new("within", DurationShape.Any, "How long there is to find out why.");

    private static readonly Key<IReadOnlyList<DecisionRung>> Decide = new("decide", new ListShape<DecisionRung>(
        new MapShape<DecisionRung>("a question", [When, Ask, Then, Deadline], f => new DecisionRung(f.GetValue(Then) ?? RollbackAdvice.Rollback)
        {
            When = f.Get(When),
            Ask = f.Get(Ask),
            Within = f.GetValue(Deadline),
        })
        { Check = CheckRung }, "a list of questions"), "The decision tree, from the worst down: the first that fits is taken.");

    public static readonly MapShape<Rollback> Rollback = new("a rollback", [Within, Steps, Verify, Decide], f => new Rollback(f.List(Steps))
    {
        Within = f.GetValue(Within),
        Verify = f.List(Verify),
        Decide = f.List(Decide),
    })
    { Check = (_, reading) => reading.Needs.EndRollback() };

    private static readonly Key<IReadOnlyList<DayOfWeek>> Days = new("days", new OneOrManyShape<DayOfWeek>(new ChoiceShape<DayOfWeek>(
        "a day: mon, tue, wed, thu, fri, sat or sun", ("mon", DayOfWeek.Monday), ("tue", DayOfWeek.Tuesday), ("wed", DayOfWeek.Wednesday),
        ("thu", DayOfWeek.Thursday), ("fri", DayOfWeek.Friday), ("sat", DayOfWeek.Saturday), ("sun", DayOfWeek.Sunday)), "a list of days"),
        "The days on which they begin; every day unless told otherwise.");
    private static readonly Key<TimeOnly> From = new("from", TimeOfDayShape.Any, "The first moment: '09:00'.") { Required = true };
    private static readonly Key<TimeOnly> To = new("to", TimeOfDayShape.Any, "The moment after the last: '16:00'.") { Required = true };
    private static readonly Key<DateOnly> FirstDay = new("from", DateShape.Any, "The first day.") { Required = true };
    private static readonly Key<DateOnly> DayAfter = new("to", DateShape.Any, "The day after the last.") { Required = true };
    private static readonly Key<string> Why = new("why", TextShape.Any, "Why.");

    private static readonly Key<string> Zone = new("zone", ZoneShape.Any, "The time zone of the hours and days; UTC unless told otherwise.");
    private static readonly Key<IReadOnlyList<OpenHours>> Open = new("open", new ListShape<OpenHours>(new MapShape<OpenHours>(
        "opening hours", [Days, From, To], f => new OpenHours(f.List(Days), f.GetValue(From) ?? default, f.GetValue(To) ?? default)),
        "a list of opening hours"), "The hours in which a rollout may start; any unless told otherwise.");
    private static readonly Key<IReadOnlyList<Freeze>> Frozen = new("frozen", new ListShape<Freeze>(new MapShape<Freeze>(
        "a freeze", [FirstDay, DayAfter, Why], f => new Freeze(f.GetValue(FirstDay) ?? default, f.GetValue(DayAfter) ?? default, f.Get(Why)))
    { Check = CheckFreeze }, "a list of freezes"), "The days on which none may start.");
    private static readonly Key<Reference> Hotfix = new("hotfix", new ReferenceShape(NameKind.Role, "the name of a role"),
        "The role whose approval lets a hotfix through all the same.");

    public static readonly MapShape<DeploymentWindows> Windows = new("deployment windows", [Zone, Open, Frozen, Hotfix], f =>
        new DeploymentWindows
        {
            Zone = f.Get(Zone) ?? "UTC",
            Open = f.List(Open),
            Frozen = f.List(Frozen),
            Hotfix = f.Get(Hotfix)?.Name,
        });

    private static readonly Key<IReadOnlyList<PollQuestion>> Asks = new("asks", new NamedShape<string, PollQuestion>(Names.RoleUsed, TextShape.Any,
        (role, question) => new PollQuestion(role, question), "a map of roles to questions"), "What each role is asked.")
    { Required = true };
    private static readonly Key<int> Quorum = new("quorum", new IntegerShape(1, 100), "How many roles must have voted; all of them unless told otherwise.");
    private static readonly Key<Reference> Gate = new("gate", new ReferenceShape(NameKind.Gate, "the name of a gate"),
        "The gate that must come to GO as well.");

    public static readonly Shape<IReadOnlyList<Poll>> Polls = new NamedShape<Poll, Poll>(Names.Poll,
        new MapShape<Poll>("a poll", [Asks, Quorum, Gate], f => new Poll("", f.List(Asks))
        {
            Quorum = f.GetValue(Quorum) ?? f.List(Asks).Count,
            Gate = f.Get(Gate)?.Name,
        })
        { Check = CheckPoll }, (name, poll) => poll with { Name = name }, "a map of names to polls");

    private static readonly Key<string> Level = new("level", TextShape.Any, "L1, L2 ...") { Required = true };
    private static readonly Key<string> Contact = new("to", TextShape.Any, "Who.") { Required = true };
    private static readonly Key<string> Purpose = new("for", TextShape.Any, "What it is for.") { Required = true };

    public static readonly Shape<IReadOnlyList<EscalationLevel>> Escalation = new ListShape<EscalationLevel>(new MapShape<EscalationLevel>(
        "a level of escalation", [Level, Contact, Purpose], f => new EscalationLevel(f.Need(Level), f.Need(Contact), f.Need(Purpose))),
        "a list of levels");

    private static void CheckRung(Fields fields, Reading reading)
    {
        if (fields.Has(When) && fields.Has(Ask))
            reading.Error(fields.PositionOf(Ask), ErrorId.BadValue, "a question is for the machine ('when') or for a person ('ask')", "make two of it");
    }

    private static void CheckFreeze(Fields fields, Reading reading)
    {
        if (fields.GetValue(FirstDay) >= fields.GetValue(DayAfter))
            reading.Error(fields.PositionOf(DayAfter), ErrorId.BadValue, "a freeze ends before it begins", "'to' is the day after the last");
    }

    private static void CheckPoll(Fields fields, Reading reading)
    {
        if (fields.GetValue(Quorum) > fields.List(Asks).Count)
            reading.Error(fields.PositionOf(Quorum), ErrorId.BadValue, "more votes than roles that are asked can't come", "ask more roles, or lower it");
    }
}
