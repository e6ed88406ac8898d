using System.Reflection;

namespace ReleaseOps.Help;

/// <summary>The properties of a type that hold read-only lists.</summary>
internal sealed record ListProperties(string TypeName, IReadOnlyList<string> Names)
{
    /// <summary>Those of all types of the engine that can be reached from what the cmdlets write.</summary>
    /// <param name="bin">The module's <c>bin</c> folder.</param>
    public static IReadOnlyList<ListProperties> Read(string bin)
    {
        using var context = CmdletReader.Open(bin);
        var engine = context.LoadFromAssemblyPath(Path.Combine(bin, "dependencies", "ReleaseOps.dll"));
        var reached = new SortedDictionary<string, Type>(StringComparer.Ordinal);
        foreach (var name in CmdletReader.Read(bin).SelectMany(c => c.OutputTypes))
            if (engine.GetType(name) is { } type)
                Reach(type, engine.GetExportedTypes(), reached);
        return [.. reached.Values.Select(t => new ListProperties(t.FullName!, Lists(t))).Where(t => t.Names.Count > 0)];
    }

    private static void Reach(Type type, Type[] all, SortedDictionary<string, Type> reached)
    {
        if (type.IsGenericType)
            foreach (var argument in type.GetGenericArguments())
                Reach(argument, all, reached);
        if (!all.Contains(type) || !reached.TryAdd(type.FullName!, type))
            return;
        foreach (var property in type.GetProperties(BindingFlags.Public | BindingFlags.Instance))
            Reach(property.PropertyType, all, reached);
        foreach (var derived in all.Where(t => t.BaseType == type))
            Reach(derived, all, reached);
    }

    private static string[] Lists(Type type) =>
    [
        .. from property in type.GetProperties(BindingFlags.Public | BindingFlags.Instance)
           where property.PropertyType.IsGenericType && property.PropertyType.Name is "IReadOnlyList`1" or "IReadOnlyCollection`1"
           orderby property.Name
           select property.Name,
    ];
}
