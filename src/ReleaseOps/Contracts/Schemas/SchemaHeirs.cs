namespace ReleaseOps.Contracts.Schemas;

/// <summary>The schemas that a value of a discriminator can mean, where they aren't written as alternatives.</summary>
internal static class SchemaHeirs
{
    /// <summary>By the value of the discriminator, which without a mapping is the schema's name; those in other files only where they were read.</summary>
    public static Dictionary<string, ApiNode> Of(ApiNode schema, SchemaReader reader)
    {
        var heirs = new Dictionary<string, ApiNode>(StringComparer.Ordinal);
        var mapping = schema["discriminator"]?["mapping"];
        for (var i = 0; mapping is { Kind: ApiNodeKind.Map } && i < mapping.Items.Length; i++)
        {
            if (reader.Named(mapping.Items[i]) is { } target)
                heirs.TryAdd(mapping.Keys[i], target);
        }
        var mapped = heirs.Values.ToHashSet();
        foreach (var (name, heir) in reader.MadeOf(schema).Where(h => !mapped.Contains(h.Schema)))
            heirs.TryAdd(name, heir);

        heirs.Where(h => h.Value == schema).Select(h => h.Key).ToList().ForEach(name => heirs.Remove(name));
        return heirs;
    }
}
