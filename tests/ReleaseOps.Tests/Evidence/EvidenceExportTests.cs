using ReleaseOps.Evidence;

namespace ReleaseOps.Tests.Evidence;

public sealed class EvidenceExportTests : IDisposable
{
    private readonly string _root = Directory.CreateTempSubdirectory("releaseops-export-").FullName;

    public void Dispose() => Directory.Delete(_root, recursive: true);

    [Fact]
    public void Several_formats_go_into_a_folder_that_is_made()
    {
        var folder = Path.Join(_root, "new", "folder");
        var files = EvidenceExport.Write(Sample.Result, folder, [EvidenceFormat.JUnit, EvidenceFormat.Json, EvidenceFormat.Json]);
        Assert.Equal([Path.Join(folder, "result.json"), Path.Join(folder, "junit.xml")], files);
        Assert.Equal(files.Order(), Directory.GetFiles(folder).Order());
    }

    [Fact]
    public void One_format_goes_into_the_file_that_is_named()
    {
        var file = Path.Join(_root, "go.md");
        Assert.Equal([file], EvidenceExport.Write(Sample.DryRun, file, [EvidenceFormat.Markdown]));
        Assert.StartsWith("# Go-live checklist: DRY-RUN", File.ReadAllText(file), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("v1.2", true)]
    [InlineData("plain", false)]
    public void One_format_goes_into_a_folder_that_is_there_or_has_no_ending(string name, bool there)
    {
        if (there)
            Directory.CreateDirectory(Path.Join(_root, name));
        var files = EvidenceExport.Write(Sample.Result, Path.Join(_root, name), [EvidenceFormat.Json]);
        Assert.Equal([Path.Join(_root, name, "result.json")], files);
    }

    [Fact]
    public void A_file_that_is_there_is_replaced_only_by_force_and_nothing_else_is_written_before()
    {
        File.WriteAllText(Path.Join(_root, "junit.xml"), "mine");
        EvidenceFormat[] formats = [EvidenceFormat.Json, EvidenceFormat.JUnit];
        var error = Assert.Throws<ReleaseOpsException>(() => EvidenceExport.Write(Sample.Result, _root, formats));
        Assert.Equal((ErrorId.EvidenceUnwritable, Path.Join(_root, "junit.xml")), (error.Id, error.Subject));
        Assert.Equal("mine", File.ReadAllText(Path.Join(_root, "junit.xml")));
        Assert.False(File.Exists(Path.Join(_root, "result.json")));

        EvidenceExport.Write(Sample.Result, _root, formats, force: true);
        Assert.NotEqual("mine", File.ReadAllText(Path.Join(_root, "junit.xml")));
    }

    [Fact]
    public void An_exported_report_names_the_logs_without_linking_to_where_they_are_not()
    {
        var file = EvidenceExport.Write(Sample.Result, _root, [EvidenceFormat.Markdown])[0];
        Assert.DoesNotContain("](", File.ReadAllText(file), StringComparison.Ordinal);
    }

    [Fact]
    public void A_destination_that_cannot_be_written_is_named()
    {
        File.WriteAllText(Path.Join(_root, "file"), "");
        var file = Path.Join(_root, "file", "x.json");
        var error = Assert.Throws<ReleaseOpsException>(() => EvidenceExport.Write(Sample.Result, file, [EvidenceFormat.Json]));
        Assert.Equal((ErrorId.EvidenceUnwritable, file), (error.Id, error.Subject));
    }
}
