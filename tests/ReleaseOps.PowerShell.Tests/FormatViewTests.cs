using System.Reflection;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using ReleaseOps.Help;

namespace ReleaseOps.PowerShell.Tests;

public partial class FormatViewTests
{
    private static readonly XDocument Formats = XDocument.Load(Path.Combine(Checkout.Root, "module", "ReleaseOps.format.ps1xml"));

    public static TheoryData<string> Types => [.. Formats.Descendants("TypeName").Select(t => t.Value).Distinct()];

    [Theory]
    [MemberData(nameof(Types))]
    public void A_view_is_for_a_type_and_properties_that_exist(string typeName)
    {
        using var context = CmdletReader.Open(Checkout.ModuleBin);
        var type = Find(context, typeName);
        Assert.NotNull(type);

        var views = Formats.Descendants("View").Where(v => v.Descendants("TypeName").Any(t => t.Value == typeName));
        // Inside an enumerated collection the item is of another type; such a control has a view, and a test, of its own type.
        var own = views.Descendants().Where(e => e.Ancestors("CustomControl").Count() <= 1);
        var named = own.Where(e => e.Name == "PropertyName").Select(e => e.Value)
            .Concat(own.Where(e => e.Name == "ScriptBlock").SelectMany(e => Property().Matches(e.Value).Select(m => m.Groups[1].Value)));
        Assert.All(named, name => Assert.True(type.GetProperty(name) is not null, $"{typeName} has no property {name}"));
    }

    [Fact]
    public void A_table_has_five_columns_at_most_and_as_many_cells_as_headers()
    {
        Assert.All(Formats.Descendants("TableControl"), table =>
        {
            Assert.InRange(table.Descendants("TableColumnHeader").Count(), 1, 5);
            Assert.Equal(table.Descendants("TableColumnHeader").Count(), table.Descendants("TableColumnItem").Count());
        });
    }

    [Fact]
    public void What_a_planned_step_does_is_never_cut()
    {
        var view = Formats.Descendants("View").Single(v => v.Descendants("TypeName").Any(t => t.Value == "ReleaseOps.Steps.PlannedStep"));

        Assert.NotEmpty(view.Elements("CustomControl"));
        Assert.Empty(view.Elements("TableControl"));
    }

    private static Type? Find(MetadataLoadContext context, string name) =>
        Directory.GetFiles(Checkout.ModuleBin, "ReleaseOps*.dll", SearchOption.AllDirectories)
            .Select(f => context.LoadFromAssemblyPath(f).GetType(name)).FirstOrDefault(t => t is not null);

    [GeneratedRegex(@"\$_\.(\w+)")]
    private static partial Regex Property();
}
