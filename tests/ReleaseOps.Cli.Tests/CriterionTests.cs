namespace ReleaseOps.Cli.Tests;

public sealed class CriterionTests : IDisposable
{
    private readonly Scratch _scratch = new();

    public void Dispose() => _scratch.Dispose();

    [Fact]
    public void A_value_is_printed_whether_it_is_true_or_not()
    {
        Assert.Equal("false", _scratch.Run("criterion", "[3, 5].all(n, n < 4)").With(0).Out.Trim());
        var json = _scratch.Run("criterion", "1 + 1", "--json").With(0).Json;
        Assert.Equal((2, "int"), (json.GetProperty("value").GetInt32(), json.GetProperty("type").GetString()));
    }

    [Fact]
    public void An_error_points_at_its_column()
    {
        var ended = _scratch.Run("criterion", "1 + + 2");
        ended.Refused(2, ErrorId.ExpressionSyntax, "column 5");
        Assert.Contains("\n  1 + + 2\n      ^\n", ended.Error, StringComparison.Ordinal);
        Assert.Equal(5, _scratch.Run("criterion", "1 + + 2", "--json").With(2).Json.GetProperty("column").GetInt32());
        _scratch.Run("criterion", "status == 200").Refused(3, ErrorId.ExpressionFailed, "status");
    }

    [Fact]
    public void Variables_come_from_a_file_or_from_standard_input()
    {
        _scratch.Write("seen.json", """{"status": 503, "body": {"ready": false}}""");
        Assert.Equal("true", _scratch.Run("criterion", "status == 503 && !body.ready", "--with", "seen.json").With(0).Out.Trim());
        var piped = Cli.Run(_scratch.Folder, [Cli.Program, "criterion", "status < 300", "--with", "-"], [], """{"status": 204}""");
        Assert.Equal("true", piped.With(0).Out.Trim());
    }

    [Fact]
    public void A_file_of_variables_that_can_not_be_used_is_named()
    {
        _scratch.Write("cut.json", """{"status": """);
        _scratch.Run("criterion", "true", "--with", "cut.json").Refused(2, ErrorId.BadDocument, "cut.json");
        _scratch.Write("list.json", "[1]");
        _scratch.Run("criterion", "true", "--with", "list.json").Refused(2, ErrorId.BadDocument, "list.json");
        _scratch.Run("criterion", "true", "--with", "absent.json").Refused(2, ErrorId.FileUnreadable, "absent.json");
    }

    [Fact]
    public void A_key_that_stands_twice_among_the_variables_is_an_error()
    {
        _scratch.Write("twice.json", """{"status": 200, "status": 503}""");
        _scratch.Run("criterion", "status == 200", "--with", "twice.json").Refused(2, ErrorId.BadDocument, "twice.json");
    }
}
