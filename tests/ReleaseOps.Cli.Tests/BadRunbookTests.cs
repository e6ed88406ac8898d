using System.Diagnostics;
using System.Text;

namespace ReleaseOps.Cli.Tests;

/// <summary>Bad input at the front door: each has an error of its own, exit code 2, and nothing is begun.</summary>
public sealed class BadRunbookTests : IDisposable
{
    private readonly Scratch _scratch = new();

    public void Dispose() => _scratch.Dispose();

    [Fact]
    public void An_empty_file() => Refused("", ErrorId.RunbookEmpty, "r.yaml");

    [Fact]
    public void A_file_of_50_MB() => Refused("# " + new string('x', 50_000_000), ErrorId.RunbookTooLarge, "r.yaml");

    [Fact]
    public void A_binary_file()
    {
        File.WriteAllBytes(Path.Combine(_scratch.Folder, "r.yaml"), [0x7f, 0x45, 0x4c, 0x46, 2, 1, 1, 0, 0xff, 0xfe]);
        Refused(ErrorId.RunbookNotText, "r.yaml");
    }

    [Fact]
    public void A_bomb_of_aliases()
    {
        var bomb = new StringBuilder("a0: &a0 [x, x, x, x, x, x, x, x, x]\n");
        for (var i = 1; i < 30; i++)
            bomb.Append($"a{i}: &a{i} [{string.Join(", ", Enumerable.Repeat($"*a{i - 1}", 9))}]\n");
        Refused(bomb.ToString(), ErrorId.RunbookInvalid, "r.yaml:1:5", "YamlNotAllowed");
    }

    [Fact]
    public void Nesting_10000_deep() =>
        Refused("runbook: " + new string('[', 10_000) + new string(']', 10_000), ErrorId.RunbookInvalid, "r.yaml:1:", "YamlTooDeep");

    [Fact]
    public void Two_steps_with_one_id()
    {
        _scratch.WriteSteps("- { id: same, command: ['true'] }\n- { id: same, command: ['true'] }");
        Refused(ErrorId.RunbookInvalid, "r.yaml:6:", "DuplicateId", "same");
    }

    [Fact]
    public void Steps_that_need_each_other_in_a_circle()
    {
        _scratch.WriteSteps("- { id: hen, command: ['true'], needs: [egg] }\n- { id: egg, command: ['true'], needs: [hen] }");
        Refused(ErrorId.RunbookInvalid, "r.yaml:", "CyclicNeeds", "hen", "egg");
    }

    [Fact]
    public void Every_problem_of_a_file_is_told_once()
    {
        _scratch.WriteSteps("- { id: a, command: ['true'], timeout: soon }\n- { id: b, comand: ['true'] }");
        var ended = _scratch.Checklist().With(2);
        Assert.Single(ended.Error.Split('\n'), l => l.Contains("BadDuration", StringComparison.Ordinal));
        Assert.Single(ended.Error.Split('\n'), l => l.Contains("UnknownKey", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("colour=blue", ErrorId.UnknownParameter, "colour")]
    [InlineData("batch=ten", ErrorId.ParameterType, "batch")]
    [InlineData("host=UPPER CASE", ErrorId.ParameterPattern, "host")]
    [InlineData("nothing", ErrorId.Usage, "nothing")]
    public void A_parameter_that_does_not_fit(string given, ErrorId id, string named)
    {
        _scratch.Write("r.yaml", """
            runbook: r
            parameters:
              batch: { type: integer, default: 10 }
              host: { default: example.org, pattern: '[a-z.]+' }
            phases: [{ phase: p, steps: [{ id: a, command: ['true'] }] }]
            """);
        _scratch.Checklist("--param", given).Refused(2, id, named);
        NothingWasBegun();
    }

    [Fact]
    public void A_parameter_that_is_missing_stops_a_real_run_but_not_a_dry_one()
    {
        _scratch.Write("r.yaml", "runbook: r\nparameters: { host: { required: true } }\nphases: [{ phase: p, steps: [{ id: a, command: [ping, '${{ params.host }}'] }] }]\n");
        _scratch.Checklist().Refused(2, ErrorId.MissingParameter, "host");
        NothingWasBegun();
        Assert.Contains("a ... DRY-RUN ping <host>", _scratch.Checklist("--dry-run").With(0).Lines);
    }

    [Fact]
    public void A_name_or_path_that_leads_nowhere()
    {
        _scratch.Checklist().Refused(2, ErrorId.RunbookNotFound, "r.yaml");
        _scratch.Run("checklist", "no-such-runbook").Refused(2, ErrorId.RunbookNotFound, "no-such-runbook");
    }

    private void Refused(string text, ErrorId id, params string[] named)
    {
        _scratch.Write("r.yaml", text);
        Refused(id, named);
    }

    private void Refused(ErrorId id, params string[] named)
    {
        var watch = Stopwatch.StartNew();
        _scratch.Checklist().Refused(2, id, named);
        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(20), $"it took {watch.Elapsed}");
        NothingWasBegun();
    }

    private void NothingWasBegun() => Assert.False(Directory.Exists(_scratch.Evidence));
}
