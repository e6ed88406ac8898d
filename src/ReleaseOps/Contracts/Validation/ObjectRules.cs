using System.Text.Json;

namespace ReleaseOps.Contracts.Validation;

/// <summary>What objects are held to.</summary>
internal static class ObjectRules
{
    // References to a write-only schema are followed so far.
    private const int MostSteps = 20;

    public static void Check(BodyValidation validation, Visit visit)
    {
        var schema = visit.Schema;
        if (schema["minProperties"] is not null || schema["maxProperties"] is not null)
            CountRules.Check(validation, visit, visit.Value.GetPropertyCount(), "minProperties", "maxProperties", "property");
        if (schema["required"] is { } required)
            CheckRequired(validation, visit, required);
        if (schema["dependentRequired"] is { } dependent)
            CheckDependentRequired(validation, visit, dependent);
        if (schema["dependentSchemas"] is { } schemas && IsMap(validation, visit, schemas, "dependentSchemas"))
        {
            for (var i = 0; i < schemas.Keys.Length; i++)
            {
                if (visit.Value.TryGetProperty(schemas.Keys[i], out _))
                    validation.Check(schemas.Items[i], visit.Value, visit.Place, visit.Notes);
            }
        }
        CheckMembers(validation, visit);
    }

    private static void CheckMembers(BodyValidation validation, Visit visit)
    {
        var schema = visit.Schema;
        var (properties, patterns, others, names) =
            (schema["properties"], schema["patternProperties"], schema["additionalProperties"], schema["propertyNames"]);
        if (properties is null && patterns is null && others is null && names is null)
            return;
        if (!IsMap(validation, visit, properties, "properties") || !IsMap(validation, visit, patterns, "patternProperties"))
            return;
        foreach (var member in visit.Value.EnumerateObject())
        {
            var name = member.Name;
            var place = visit.Place.At(name);
            if (names is not null)
                CheckName(validation, visit, names, name, place);
            var property = properties?[name];
            if (property is not null)
                validation.Check(property, member.Value, place, visit.Notes);
            bool? isKnown = property is not null;
            for (var i = 0; patterns is not null && i < patterns.Keys.Length; i++)
            {
                var found = validation.IsMatch(patterns.Items[i], patterns.Keys[i], name, visit.Notes);
                if (found == true)
                    validation.Check(patterns.Items[i], member.Value, place, visit.Notes);
                isKnown = isKnown == true || found == true ? true : found is null ? null : isKnown;
            }
            // Where a pattern could not be told, that is noted already.
            if (others is not null && isKnown == false)
                CheckOther(validation, visit, others, member.Value, place);
        }
    }

    private static void CheckOther(BodyValidation validation, Visit visit, ApiNode others, JsonElement value, BodyPlace place)
    {
        if (others is { Kind: ApiNodeKind.Boolean, Text: "false" })
            validation.Broken(visit.Notes, place, others, () => "is a property that the schema doesn't have");
        else
            validation.Check(others, value, place, visit.Notes);
    }

    private static void CheckName(BodyValidation validation, Visit visit, ApiNode names, string name, BodyPlace place)
    {
        var notes = validation.Try(names, JsonSerializer.SerializeToElement(name), place);
        if (notes.Broken > 0)
            validation.Broken(visit.Notes, place, names, () => "has a name that 'propertyNames' doesn't let be there");
        else
            visit.Notes.AddUntoldOf(notes);
    }

    private static void CheckRequired(BodyValidation validation, Visit visit, ApiNode required)
    {
        if (required.Kind != ApiNodeKind.List)
        {
            validation.Untold(visit.Notes, required, "'required' is no list of names");
            return;
        }
        // Each is looked for among all, so many of them only once.
        var names = required.Items.Length > 8 ? visit.Value.EnumerateObject().Select(m => m.Name).ToHashSet(StringComparer.Ordinal) : null;
        foreach (var name in required.Items)
        {
            if (name.Kind != ApiNodeKind.Text)
                validation.Untold(visit.Notes, name, "'required' has something that is no text");
            else if (!(names?.Contains(name.Text) ?? visit.Value.TryGetProperty(name.Text, out _)) && !IsWriteOnly(validation, visit, name.Text))
                validation.Broken(visit, name, $"has no {ContractText.Quoted(name.Text)}, which is required");
        }
    }

    // OpenAPI 3.0.3, Schema Object: where a write-only property is in the required list, that counts for the request only.
    private static bool IsWriteOnly(BodyValidation validation, Visit visit, string name)
    {
        var property = visit.Schema["properties"]?[name];
        for (var steps = 0; property is not null && steps < MostSteps; steps++)
        {
            if (property.HasTrue("writeOnly"))
                return true;
            property = property["$ref"] is { } reference ? validation.Follow(reference, visit.Notes) : null;
        }
        return false;
    }

    private static void CheckDependentRequired(BodyValidation validation, Visit visit, ApiNode dependent)
    {
        if (!IsMap(validation, visit, dependent, "dependentRequired"))
            return;
        for (var i = 0; i < dependent.Keys.Length; i++)
        {
            if (!visit.Value.TryGetProperty(dependent.Keys[i], out _))
                continue;
            if (dependent.Items[i].Kind != ApiNodeKind.List)
                validation.Untold(visit.Notes, dependent.Items[i], "'dependentRequired' has something that is no list of names");
            foreach (var name in dependent.Items[i].Items)
            {
                if (!visit.Value.TryGetProperty(name.Text, out _))
                    validation.Broken(
                        visit, name, $"has no {ContractText.Quoted(name.Text)}, which is required beside {ContractText.Quoted(dependent.Keys[i])}");
            }
        }
    }

    private static bool IsMap(BodyValidation validation, Visit visit, ApiNode? value, string keyword)
    {
        if (value is null or { Kind: ApiNodeKind.Map })
            return true;
        validation.Untold(visit.Notes, value, $"'{keyword}' is no map");
        return false;
    }
}
