using static System.FormattableString;

namespace ReleaseOps.Contracts.Validation;

/// <summary>
/// Schemas of schemas, in three values: what can't be told of one counts only where it decides. Of anyOf, one that fits is enough whatever
/// the others are; of not, one that can't be told can't be told.
/// </summary>
internal static class LogicRules
{
    public static void Check(BodyValidation validation, Visit visit)
    {
        var schema = visit.Schema;
        if (schema["allOf"] is { } all && IsList(validation, visit, all, "allOf"))
        {
            foreach (var one in all.Items)
                validation.Check(one, visit.Value, visit.Place, visit.Notes);
        }
        if (schema["anyOf"] is { } any && IsList(validation, visit, any, "anyOf"))
            CheckChoice(validation, visit, any, "anyOf", int.MaxValue);
        if (schema["oneOf"] is { } exactly && IsList(validation, visit, exactly, "oneOf"))
            CheckChoice(validation, visit, exactly, "oneOf", 1);
        if (schema["not"] is { } not)
            CheckNot(validation, visit, not);
        if (schema["if"] is { } condition && (schema["then"] ?? schema["else"]) is not null)
            CheckIf(validation, visit, condition);
    }

    private static void CheckChoice(BodyValidation validation, Visit visit, ApiNode choices, string keyword, int most)
    {
        var (count, fits, untold) = (choices.Items.Length, 0, new List<ValidationNotes>());
        ValidationNotes? nearest = null;
        foreach (var choice in choices.Items)
        {
            var notes = validation.Try(choice, visit.Value, visit.Place);
            if (validation.Stopped is not null)
                return;
            if (notes.IsBroken is null)
                untold.Add(notes);
            else if (notes.IsBroken == false)
                fits++;
            else if (nearest is null || notes.Depth > nearest.Depth || (notes.Depth == nearest.Depth && notes.Broken < nearest.Broken))
                nearest = notes;
            if (fits > 0 && most == int.MaxValue)
                return;
        }
        if (fits > most)
            validation.Broken(visit, choices, Invariant($"fits {fits} of the {count} schemas of '{keyword}', where exactly one must fit"));
        else if (untold.Count > 0)
            untold.ForEach(visit.Notes.AddUntoldOf);
        else if (fits == 0)
            validation.Broken(visit, choices, Invariant($"fits none of the {count} schemas of '{keyword}'; of the nearest: {nearest!.First!.Text}"));
    }

    private static void CheckNot(BodyValidation validation, Visit visit, ApiNode not)
    {
        var notes = validation.Try(not, visit.Value, visit.Place);
        if (notes.Broken > 0 || validation.Stopped is not null)
            return;
        if (notes.Untold > 0)
            visit.Notes.AddUntoldOf(notes);
        else
            validation.Broken(visit, not, "fits the schema of 'not', which it must not");
    }

    private static void CheckIf(BodyValidation validation, Visit visit, ApiNode condition)
    {
        var notes = validation.Try(condition, visit.Value, visit.Place);
        if (validation.Stopped is not null)
            return;
        if (notes.IsBroken is null)
            visit.Notes.AddUntoldOf(notes);
        else if ((notes.IsBroken == true ? visit.Schema["else"] : visit.Schema["then"]) is { } branch)
            validation.Check(branch, visit.Value, visit.Place, visit.Notes);
    }

    private static bool IsList(BodyValidation validation, Visit visit, ApiNode value, string keyword)
    {
        if (value.Kind == ApiNodeKind.List && value.Items.Length > 0)
            return true;
        validation.Untold(visit.Notes, value, $"'{keyword}' is no list of schemas");
        return false;
    }
}
