using System.Text.Json;
using static System.FormattableString;

namespace ReleaseOps.Contracts.Validation;

/// <summary>
/// Holds the body of an answer against a schema of OpenAPI 2.0, 3.0 or 3.1, or JSON Schema 2020-12. What breaks a rule is Failed; what can't be
/// told (a reference that leads nowhere, a keyword that isn't known, a pattern that takes too long) is Inconclusive.
/// </summary>
/// <remarks>
/// The body is finite, so schemas that go in circles come to an end with it. What doesn't (a schema that refers to itself at one place) ends at
/// a depth, and what grows without bounds (schemas that double at each level) at a number of visits; both leave the answer Inconclusive.
/// </remarks>
internal sealed class BodyValidation
{
    /// <summary>How many places that break the schema are told; the rest is counted.</summary>
    public const int MostTold = 20;

    // A schema at a value is a visit. 4 MiB of small rows, the largest body unless max-body says otherwise, take about three million.
    private const int MostVisits = 10_000_000;
    private const int MostDepth = 2000;

    private readonly ApiDocument _document;
    private readonly SecretMask _mask;
    private readonly CancellationToken _cancellation;
    private readonly Dictionary<ApiNode, SchemaParts> _parts = [];
    private readonly Dictionary<string, SchemaPattern> _patterns = new(StringComparer.Ordinal);
    private readonly Dictionary<ApiNode, string?> _texts = [];
    private readonly Dictionary<ApiNode, ExactNumber?> _numbers = [];
    private readonly Dictionary<ApiNode, (ApiNode? Target, Finding? Untold)> _targets = [];
    private long _visits;
    private int _depth;

    private BodyValidation(ApiDocument document, SecretMask mask, CancellationToken cancellation) =>
        (_document, _mask, _cancellation) = (document, mask, cancellation);

    /// <summary>Why it was given up; null where it wasn't.</summary>
    public Finding? Stopped { get; private set; }

    private bool IsVersion30 => _document.IsVersion30;

    /// <summary>Validates a body.</summary>
    /// <param name="document">The description that the schema is of.</param>
    /// <param name="schema">The schema.</param>
    /// <param name="body">The body: no text of it has half of a surrogate pair.</param>
    /// <param name="mask">Hides secrets in what is said.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <returns>What breaks a rule, then what could not be told; empty where the body is as the schema says. Subjects are empty.</returns>
    public static IReadOnlyList<Finding> Validate(
        ApiDocument document, ApiNode schema, JsonElement body, SecretMask mask, CancellationToken cancellation)
    {
        var validation = new BodyValidation(document, mask, cancellation);
        var notes = new ValidationNotes(MostTold);
        validation.Check(schema, body, BodyPlace.Body, notes);
        if (validation.Stopped is { } why)
            notes.AddUntold(why);
        return notes.All();
    }

    /// <summary>Holds a value against a schema.</summary>
    public void Check(ApiNode schema, JsonElement value, BodyPlace place, ValidationNotes notes)
    {
        if (!MayGoOn(schema))
            return;
        _depth++;
        if (schema.Kind == ApiNodeKind.Map)
            CheckMap(new Visit(schema, value, place, notes));
        else if (schema is { Kind: ApiNodeKind.Boolean, Text: "false" })
            Broken(new Visit(schema, value, place, notes), schema, "isn't allowed there");
        else if (schema.Kind != ApiNodeKind.Boolean)
            Untold(notes, schema, "what stands where a schema should is none");
        _depth--;
    }

    /// <summary>Holds a value against a schema on the side: what is found decides something else.</summary>
    public ValidationNotes Try(ApiNode schema, JsonElement value, BodyPlace place)
    {
        var notes = new ValidationNotes(1);
        Check(schema, value, place, notes);
        return notes;
    }

    /// <summary>Takes account of work that grows with a text or a list.</summary>
    public void Spend(long visits) => _visits += visits;

    /// <summary>Notes that a rule is broken.</summary>
    /// <param name="visit">Where.</param>
    /// <param name="rule">The rule's value in the description.</param>
    /// <param name="what">What is wrong, as the end of a sentence that begins with the place.</param>
    public void Broken(Visit visit, ApiNode rule, string what) => Broken(visit.Notes, visit.Place, rule, () => what);

    public void Broken(ValidationNotes notes, BodyPlace place, ApiNode rule, Func<string> what) => notes.AddBroken(
        place.Depth,
        () => new Finding("", Verdict.Failed, $"{place.Shown(_mask)} {what()}") { Source = _document.PlaceOf(rule).ToString() });

    /// <summary>Notes that a value breaks a rule: <c>/total is "7", not an integer</c>.</summary>
    public void BrokenBy(Visit visit, ApiNode rule, string not)
    {
        var value = visit.Value;
        Broken(visit.Notes, visit.Place, rule, () => $"is {BodyText.Value(value, _mask)}, {not}");
    }

    public void Untold(ValidationNotes notes, ApiNode rule, string why) => notes.AddUntold(CantTell(rule, why, ErrorId.BadDocument));

    /// <summary>The same text for equal values of the description; null where it has a number that isn't worked out.</summary>
    public string? TextOf(ApiNode value) => _texts.TryGetValue(value, out var text) ? text : _texts[value] = JsonText.Of(value);

    /// <summary>A number of the description; null, and noted, where it is none.</summary>
    public ExactNumber? NumberOf(ApiNode rule, string keyword, ValidationNotes notes)
    {
        if (!_numbers.TryGetValue(rule, out var number))
            number = _numbers[rule] = rule.Kind == ApiNodeKind.Number ? ExactNumber.Read(rule.Text) : null;
        if (number is null)
            Untold(notes, rule, $"'{keyword}' is {ContractText.Value(rule)}, no number that is worked out");
        return number;
    }

    /// <summary>Whether a pattern is found in a text; null, and noted, where that can't be told.</summary>
    public bool? IsMatch(ApiNode rule, string source, string text, ValidationNotes notes)
    {
        if (!_patterns.TryGetValue(source, out var pattern))
            pattern = _patterns[source] = SchemaPattern.Of(source);
        // A match may take half a second, so it isn't left to the visits.
        _cancellation.ThrowIfCancellationRequested();
        Spend(text.Length >> 4);
        var found = pattern.Problem is null ? pattern.IsMatch(text) : null;
        if (found is null)
        {
            var why = pattern.Problem ?? $"whether a text has the pattern {ContractText.Quoted(source)} could not be told";
            notes.AddUntold(CantTell(rule, why, ErrorId.BadPattern));
        }
        return found;
    }

    /// <summary>Follows a reference, one step; null, and noted, where it leads nowhere.</summary>
    public ApiNode? Follow(ApiNode reference, ValidationNotes notes)
    {
        if (!_targets.TryGetValue(reference, out var followed))
            followed = _targets[reference] = (_document.Resolve(reference, out var untold), untold);
        if (followed.Untold is not null)
            notes.AddUntold(followed.Untold);
        return followed.Target;
    }

    private void CheckMap(Visit visit)
    {
        if (!_parts.TryGetValue(visit.Schema, out var parts))
            parts = _parts[visit.Schema] = SchemaKeywords.Of(visit.Schema);
        if (parts.HasFlag(SchemaParts.Reference))
        {
            if (Follow(visit.Schema["$ref"]!, visit.Notes) is { } target)
                Check(target, visit.Value, visit.Place, visit.Notes);
            // OpenAPI 3.0.3, Reference Object: what stands beside a reference is ignored.
            if (IsVersion30)
                return;
        }
        if (visit.Value.ValueKind != JsonValueKind.Null || !IsNullable(visit.Schema))
        {
            CheckKeywords(visit, parts);
            return;
        }
        // 'nullable' beside allOf, $ref or enum lets null through for those who write it and not for OpenAPI 3.0.3, which is for 'type' alone.
        var notes = new ValidationNotes(1);
        CheckKeywords(visit with { Notes = notes }, parts);
        if (notes.Broken > 0)
            Untold(visit.Notes, visit.Schema, "a null is there, which 'nullable' lets through and another keyword beside it doesn't");
        visit.Notes.AddUntoldOf(notes);
    }

    private void CheckKeywords(Visit visit, SchemaParts parts)
    {
        if (parts.HasFlag(SchemaParts.Unknown))
            NoteUnknown(visit);
        if (parts.HasFlag(SchemaParts.WriteOnly) && visit.Schema.HasTrue("writeOnly"))
            Broken(visit, visit.Schema["writeOnly"]!, "is write-only, so it must not be in an answer");
        if (parts.HasFlag(SchemaParts.Value))
            ValueRules.Check(this, visit);
        switch (visit.Value.ValueKind)
        {
            case JsonValueKind.Object when parts.HasFlag(SchemaParts.Object):
                ObjectRules.Check(this, visit);
                break;
            case JsonValueKind.Array when parts.HasFlag(SchemaParts.Array):
                ArrayRules.Check(this, visit);
                break;
            case JsonValueKind.String when parts.HasFlag(SchemaParts.Text):
                TextRules.Check(this, visit);
                break;
            case JsonValueKind.Number when parts.HasFlag(SchemaParts.Number):
                NumberRules.Check(this, visit);
                break;
        }
        if (parts.HasFlag(SchemaParts.Logic))
            LogicRules.Check(this, visit);
    }

    private void NoteUnknown(Visit visit)
    {
        for (var i = 0; i < visit.Schema.Keys.Length; i++)
        {
            if (SchemaKeywords.Of(visit.Schema.Keys[i], visit.Schema.Items[i]) == SchemaParts.Unknown)
                Untold(visit.Notes, visit.Schema.Items[i],
                    $"the keyword {ContractText.Quoted(visit.Schema.Keys[i])} isn't understood, so what it asks for can't be told");
        }
    }

    /// <summary>True where OpenAPI 3.0 lets null through beside the type; 2.0 has an extension for it that many know.</summary>
    public bool IsNullable(ApiNode schema) => IsVersion30 && (schema.HasTrue("nullable") || schema.HasTrue("x-nullable"));

    private bool MayGoOn(ApiNode schema)
    {
        if (Stopped is not null)
            return false;
        if (_depth >= MostDepth || !RuntimeDepth.IsEnough())
            Stopped = CantTell(
                schema, Invariant($"schemas refer to each other without end there, or deeper than {MostDepth}"), ErrorId.BadDocument);
        else if (++_visits > MostVisits)
            Stopped = CantTell(schema, "holding the body against the schema takes too long", ErrorId.BadDocument);
        else if ((_visits & 0xFFF) == 0)
            _cancellation.ThrowIfCancellationRequested();
        return Stopped is null;
    }

    private Finding CantTell(ApiNode rule, string why, ErrorId reason) => new("", Verdict.Inconclusive, $"{_document.PlaceOf(rule)}: {why}")
    {
        Reason = reason,
        Source = _document.PlaceOf(rule).ToString(),
    };
}
