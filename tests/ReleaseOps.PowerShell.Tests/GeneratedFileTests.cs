using ReleaseOps.Help;

namespace ReleaseOps.PowerShell.Tests;

public class GeneratedFileTests
{
    [Fact]
    public void The_help_in_the_checkout_is_what_the_code_says()
    {
        var committed = File.ReadAllText(Path.Combine(Checkout.Root, "en-US", "ReleaseOps.PowerShell.dll-Help.xml"));

        // When this fails: dotnet run --project scripts/help
        Assert.Equal(MamlWriter.Write(CmdletReader.Read(Checkout.ModuleBin)), committed);
    }

    [Fact]
    public void The_type_views_in_the_checkout_are_what_the_engine_needs()
    {
        var committed = File.ReadAllText(Path.Combine(Checkout.Root, "module", "ReleaseOps.types.ps1xml"));

        // When this fails: dotnet run --project scripts/help
        Assert.Equal(TypesWriter.Write(ListProperties.Read(Checkout.ModuleBin)), committed);
    }

    [Fact]
    public void The_ids_of_differences_in_the_documents_are_those_of_the_engine()
    {
        var committed = File.ReadAllText(Path.Combine(Checkout.Root, "docs", "contract-ids.md"));

        // When this fails: dotnet run --project scripts/help
        Assert.Equal(ContractIdsWriter.Write(Checkout.ModuleBin), committed);
    }

    [Fact]
    public void The_about_topic_names_every_cmdlet()
    {
        var topic = File.ReadAllText(Path.Combine(Checkout.Root, "en-US", "about_ReleaseOps.help.txt"));

        Assert.All(CmdletReader.Read(Checkout.ModuleBin), c => Assert.Contains(c.Name, topic, StringComparison.Ordinal));
    }
}
