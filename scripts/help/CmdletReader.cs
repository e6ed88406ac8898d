using System.Reflection;

namespace ReleaseOps.Help;

/// <summary>
/// Reads the cmdlets' surface from the built assembly without running any of it: the reference assembly that it was compiled against
/// answers nothing at run time.
/// </summary>
internal static class CmdletReader
{
    private const string Automation = "System.Management.Automation.";

    /// <summary>All cmdlets, in the order of their names.</summary>
    /// <param name="bin">The module's <c>bin</c> folder.</param>
    public static IReadOnlyList<CmdletHelp> Read(string bin)
    {
        using var context = Open(bin);
        var assembly = context.LoadFromAssemblyPath(Path.Combine(bin, "ReleaseOps.PowerShell.dll"));
        var prose = Prose.Read(Path.Combine(bin, "ReleaseOps.PowerShell.xml"));
        return
        [
            .. from type in assembly.GetTypes()
               let attribute = Attribute(type, "CmdletAttribute")
               where attribute is not null
               let cmdlet = Cmdlet(type, attribute, prose)
               orderby cmdlet.Name
               select cmdlet,
        ];
    }

    /// <summary>A context in which the module's assemblies can be looked at.</summary>
    /// <param name="bin">The module's <c>bin</c> folder.</param>
    public static MetadataLoadContext Open(string bin)
    {
        var runtime = Path.GetDirectoryName(typeof(object).Assembly.Location)!;
        string[] files =
        [
            .. Directory.GetFiles(runtime, "*.dll"),
            .. Directory.GetFiles(bin, "*.dll"),
            .. Directory.GetFiles(Path.Combine(bin, "dependencies"), "*.dll"),
            Path.Combine(AppContext.BaseDirectory, "System.Management.Automation.dll"),
        ];
        return new MetadataLoadContext(new PathAssemblyResolver(files.DistinctBy(Path.GetFileName)));
    }

    private static CmdletHelp Cmdlet(Type type, CustomAttributeData attribute, Prose prose) =>
        new((string)attribute.ConstructorArguments[0].Value!, (string)attribute.ConstructorArguments[1].Value!)
        {
            ClassName = type.FullName!,
            Synopsis = prose.Summary(type.FullName!),
            Description = prose.Remarks(type.FullName!),
            Examples = prose.Examples(type.FullName!),
            SupportsShouldProcess = Named(attribute, "SupportsShouldProcess") is true,
            DefaultParameterSet = (string?)Named(attribute, "DefaultParameterSetName"),
            Parameters = [.. type.GetProperties().Where(p => Attribute(p, "ParameterAttribute") is not null).Select(p => Parameter(p, prose))],
            OutputTypes =
            [
                .. from output in type.GetCustomAttributesData()
                   where output.AttributeType.FullName == Automation + "OutputTypeAttribute"
                   from one in (IEnumerable<CustomAttributeTypedArgument>)output.ConstructorArguments[0].Value!
                   select ((Type)one.Value!).FullName!,
            ],
        };

    private static ParameterHelp Parameter(PropertyInfo property, Prose prose) =>
        new(property.Name, Short(property.PropertyType))
        {
            Description = prose.OfProperty(property.DeclaringType!.FullName!, property.Name),
            Aliases = Strings(Attribute(property, "AliasAttribute")),
            Choices = Strings(Attribute(property, "ValidateSetAttribute")),
            Wildcards = Attribute(property, "SupportsWildcardsAttribute") is not null,
            Uses =
            [
                .. from use in property.GetCustomAttributesData()
                   where use.AttributeType.FullName == Automation + "ParameterAttribute"
                   select new ParameterUse(
                       (string?)Named(use, "ParameterSetName"), Named(use, "Mandatory") is true, (int?)Named(use, "Position"),
                       Named(use, "ValueFromPipeline") is true, Named(use, "ValueFromPipelineByPropertyName") is true),
            ],
        };

    private static CustomAttributeData? Attribute(MemberInfo member, string name) =>
        member.GetCustomAttributesData().FirstOrDefault(a => a.AttributeType.FullName == Automation + name);

    private static object? Named(CustomAttributeData attribute, string name) =>
        attribute.NamedArguments.FirstOrDefault(a => a.MemberName == name).TypedValue.Value;

    private static IReadOnlyList<string> Strings(CustomAttributeData? attribute) =>
        attribute?.ConstructorArguments[0].Value is IEnumerable<CustomAttributeTypedArgument> values
            ? [.. values.Select(v => (string)v.Value!)]
            : [];

    private static string Short(Type type) =>
        type.IsArray ? Short(type.GetElementType()!) + "[]"
        : type.IsGenericType ? Short(type.GetGenericArguments()[0])
        : type.Name;
}
