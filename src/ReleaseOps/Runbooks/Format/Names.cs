using System.Buffers;

namespace ReleaseOps.Runbooks.Format;

/// <summary>What the names of things may be.</summary>
internal static class Names
{
    private const string Letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    private const string Digits = "0123456789";

    private static readonly SearchValues<char> Word = SearchValues.Create("abcdefghijklmnopqrstuvwxyz" + Digits + "-");
    private static readonly SearchValues<char> Label = SearchValues.Create(Letters + Digits + "._-");
    private static readonly SearchValues<char> StepLabel = SearchValues.Create(Letters + Digits + "._:-");
    private static readonly SearchValues<char> Identifier = SearchValues.Create(Letters + Digits + "_");
    private static readonly SearchValues<char> LowerIdentifier = SearchValues.Create("abcdefghijklmnopqrstuvwxyz" + Digits + "_");
    private static readonly SearchValues<char> HeaderName = SearchValues.Create(Letters + Digits + "!#$%&'*+-.^_`|~");

    // Names that mean something in every expression, and the words that CEL keeps for itself.
    private static readonly string[] Taken =
    [
        "params", "release", "secrets", "steps", "control", "drift", "baseline", "change",
        "true", "false", "null", "in", "as", "break", "const", "continue", "else", "for", "function", "if", "import", "let", "loop",
        "package", "namespace", "return", "var", "void", "while",
    ];

    public static readonly NameShape Runbook = new("a name of small letters, digits and '-'", "^[a-z0-9][a-z0-9-]*$",
        name => Fits(name, Word) && name[0] != '-');

    public static readonly NameShape Phase = Labelled("phase", NameKind.Phase);
    public static readonly NameShape Role = Labelled("role", NameKind.Role);
    public static readonly NameShape Source = Labelled("source", NameKind.Source);
    public static readonly NameShape Gate = Labelled("gate", NameKind.Gate);
    public static readonly NameShape Trigger = Labelled("trigger", NameKind.Trigger);
    public static readonly NameShape Message = Labelled("message", NameKind.Message);
    public static readonly NameShape Poll = Labelled("poll", NameKind.Poll);
    public static readonly NameShape Criterion = Labelled("criterion", null);
    public static readonly NameShape Stage = Labelled("stage", null);
    public static readonly NameShape Severity = Labelled("severity", NameKind.Severity);
    public static readonly NameShape Threshold = Labelled("threshold", null);
    public static readonly NameShape HotfixClass = Labelled("class", null);
    public static readonly NameShape HotfixRule = Labelled("rule", null);
    public static readonly NameShape HotfixDomain = Labelled("domain", null);
    public static readonly NameShape RollbackFirst = Labelled("condition", null);
    public static readonly NameShape ReviewLevel = Labelled("level", null);
    public static readonly NameShape ReasonCode = Labelled("reason code", null);
    public static readonly NameShape Slo = Labelled("service level objective", null);

    /// <summary>A gate that is spoken of as the key of a map.</summary>
    public static readonly NameShape GateUsed = new("the name of a gate", Gate.Pattern, _ => true) { Uses = NameKind.Gate };

    /// <summary>A role that is spoken of as the key of a map.</summary>
    public static readonly NameShape RoleUsed = new("the name of a role", Role.Pattern, _ => true) { Uses = NameKind.Role };

    public static readonly NameShape Permission = new(
        "what a role may do, in small letters, digits and '-': vote, confirm, approve-rollback",
        "^[a-z][a-z0-9-]*$", name => Fits(name, Word) && char.IsAsciiLetterLower(name[0]));

    public static readonly NameShape Step = new("an id of letters, digits and . _ : -", "^[A-Za-z0-9][A-Za-z0-9._:-]*$",
        name => Fits(name, StepLabel) && char.IsAsciiLetterOrDigit(name[0]))
    { Defines = NameKind.Step };

    public static readonly NameShape Metric = new("a metric's name of letters, digits and '_' (expressions speak of it)",
        "^[A-Za-z_][A-Za-z0-9_]*$",
        name => IsIdentifier(name) && !Taken.Contains(name))
    { Defines = NameKind.Metric };

    /// <summary>No capitals: PARAM_NAME in a script's environment must belong to one parameter.</summary>
    public static readonly NameShape Parameter = new("a parameter's name of small letters, digits and '_'", "^[a-z][a-z0-9_]*$",
        name => Fits(name, LowerIdentifier) && char.IsAsciiLetterLower(name[0]) && !Taken.Contains(name))
    { Defines = NameKind.Parameter };

    public static readonly NameShape Variable = new("a variable's name of letters, digits and '_'", "^[A-Za-z_][A-Za-z0-9_]*$",
        IsIdentifier);

    public static readonly NameShape Header = new("a header's name", "^[A-Za-z0-9!#$%&'*+.^_`|~-]+$", name => Fits(name, HeaderName));

    /// <summary>A label of a Prometheus series or alert.</summary>
    public static readonly NameShape AlertLabel = new("a label's name of letters, digits and '_'", "^[A-Za-z_][A-Za-z0-9_]*$", IsIdentifier);

    public static readonly NameShape Channel = new("a channel's name", "^[A-Za-z0-9#@][A-Za-z0-9._-]*$",
        name => (char.IsAsciiLetterOrDigit(name[0]) || name[0] is '#' or '@') && Fits(name[1..], Label));

    private static NameShape Labelled(string what, NameKind? defines) =>
        new($"a {what}'s name of letters, digits and . _ -", "^[A-Za-z0-9][A-Za-z0-9._-]*$",
            name => Fits(name, Label) && char.IsAsciiLetterOrDigit(name[0]))
        { Defines = defines };

    private static bool IsIdentifier(string name) => Fits(name, Identifier) && !char.IsAsciiDigit(name[0]);

    private static bool Fits(string name, SearchValues<char> allowed) => !name.AsSpan().ContainsAnyExcept(allowed);
}
