using System.Collections.Concurrent;
using System.Text.Json;
using ReleaseOps.Tests;

namespace ReleaseOps.Cli.Tests;

/// <summary>The process is killed with SIGKILL, which nothing can prepare for.</summary>
public sealed class CrashTests
{
    private static readonly string[] Kinds = ["check", "plain", "idempotent", "verified", "check", "plain", "idempotent", "verified", "check", "idempotent"];

    private static readonly string[] Ids = [.. Kinds.Select((kind, i) => $"{kind}-{i}")];

    // ledger.opened, run.started and run.finished; a line of a check's end; two of an action's.
    private static readonly int Lines = 3 + Kinds.Sum(k => k == "check" ? 1 : 2);

    [NeedsProgram("bash", "sleep", "kill")]
    public async Task Killed_at_any_line_of_its_ledger_it_goes_on_from_there_and_repeats_nothing_that_finished()
    {
        var wrong = new ConcurrentBag<string>();
        await Parallel.ForEachAsync(Enumerable.Range(1, Lines), new ParallelOptions { MaxDegreeOfParallelism = 4 }, async (lines, _) =>
        {
            await Task.Yield();
            try
            {
                KilledAt(lines);
            }
            catch (Exception e) when (e is Xunit.Sdk.XunitException or IOException or JsonException)
            {
                wrong.Add($"killed at line {lines}: {e.Message}");
            }
        });
        Assert.Empty(wrong);
    }

    [NeedsProgram("bash", "sleep", "kill")]
    public void An_action_in_doubt_that_nothing_can_decide_is_held_not_repeated()
    {
        using var scratch = new Scratch();
        scratch.WriteSteps("""
            - id: once
              changes: a file
              script: |
                echo done >> count
                sleep 60
            """);
        using (var run = scratch.Start("checklist", "./r.yaml"))
        {
            Scratch.Await(() => File.Exists(Path.Combine(scratch.Folder, "count")), "the action has begun");
            run.Signal("KILL");
            run.End(TimeSpan.FromSeconds(10));
        }
        var resumed = scratch.Checklist("--resume", "--json").With(3).Json;
        Assert.Equal("NobodyToAsk", resumed.GetProperty("findings")[0].GetProperty("reason").GetString());
        Assert.Equal(["done"], File.ReadAllLines(Path.Combine(scratch.Folder, "count")));
        scratch.AwaitNoProcess();
    }

    private static void KilledAt(int lines)
    {
        using var scratch = new Scratch();
        scratch.WriteSteps(string.Join('\n', Kinds.Select((kind, i) => Step(kind, Ids[i]))));
        using (var run = scratch.Start("checklist", "./r.yaml"))
        {
            Scratch.Await(() => scratch.LedgerLines().Length >= lines || run.HasEnded, $"{lines} lines in the ledger");
            run.Signal("KILL");
            run.End(TimeSpan.FromSeconds(10));
        }
        var ledger = scratch.LedgerLines().Select(l => JsonElement.Parse(l)).ToList();
        Assert.True(ledger.Count >= lines, "killed too early");
        var begun = ledger.Any(e => Type(e) == "run.started");
        var evidenceWritten = Directory.EnumerateFiles(scratch.Folder, "result.json", SearchOption.AllDirectories).Any();
        var resumed = begun ? scratch.Checklist("--resume") : scratch.Checklist();
        scratch.AwaitNoProcess();
        if (ledger.Any(e => Type(e) == "run.finished"))
        {
            // Killed between its decision and its evidence, it is resumed for the evidence alone.
            if (evidenceWritten)
                resumed.Refused(2, ErrorId.RunNotFound);
            else
                Assert.Equal("Go-live checklist result: PASS", resumed.With(0).Lines[^1]);
            Assert.All(Ids.Where(id => !id.StartsWith("check", StringComparison.Ordinal)), id => Assert.Equal(1, Times(scratch, id)));
            return;
        }
        var started = ledger.Where(e => Type(e) == "step.started").Select(Id).ToHashSet();
        var finished = ledger.Where(e => Type(e) == "step.finished").Select(Id).ToHashSet();
        var inDoubt = started.Except(finished).SingleOrDefault();
        Assert.All(finished.Where(id => !id.StartsWith("check", StringComparison.Ordinal)), id => Assert.Equal(1, Times(scratch, id)));
        if (inDoubt?.StartsWith("plain", StringComparison.Ordinal) == true)
        {
            resumed.With(3);
            Assert.InRange(Times(scratch, inDoubt), 0, 1);
            return;
        }
        Assert.Equal("Go-live checklist result: PASS", resumed.With(0).Lines[^1]);
        foreach (var id in Ids.Where(id => !id.StartsWith("check", StringComparison.Ordinal)))
            Assert.InRange(Times(scratch, id), 1, id == inDoubt && id.StartsWith("idempotent", StringComparison.Ordinal) ? 2 : 1);
    }

    private static string Step(string kind, string id) => kind == "check"
        ? $"- {{ id: {id}, command: [sleep, '0.06'] }}"
        : $"""
          - id: {id}
            changes: a file
            script: |
              sleep 0.03
              echo {id} >> {id}.txt
              sleep 0.03
          {kind switch
        {
            "idempotent" => "  idempotent: true",
            "verified" => $"  verify: {{ file: {id}.txt, expect: exists }}",
            _ => "  timeout: 1m",
        }}
          """;

    private static int Times(Scratch scratch, string id)
    {
        var file = Path.Combine(scratch.Folder, id + ".txt");
        return File.Exists(file) ? File.ReadAllLines(file).Length : 0;
    }

    private static string? Type(JsonElement line) => line.GetProperty("type").GetString();

    private static string Id(JsonElement line) => line.GetProperty("data").GetProperty("id").GetString()!;
}
