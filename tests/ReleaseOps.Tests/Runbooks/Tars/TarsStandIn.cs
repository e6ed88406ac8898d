using System.Runtime.Versioning;
using System.Security.Cryptography;
using System.Text;
using ReleaseOps.Checklists;
using ReleaseOps.Runbooks;
using ReleaseOps.Tests.Channels.Services;
using ReleaseOps.Tests.Checklists;
using ReleaseOps.Tests.Probes.Http;

namespace ReleaseOps.Tests.Runbooks.Tars;

/// <summary>
/// A production to run GA day against: one script stands in for kubectl, docker, gh, helm, python and pytest and says what was recorded; a
/// server on loopback stands in for the services; the files are the release's.
/// </summary>
[UnsupportedOSPlatform("windows")]
internal sealed class TarsStandIn : IAsyncDisposable
{
    private const string Script = """
        #!/bin/sh
        line="${0##*/} $*"
        printf '%s\n' "$line" >> "$STAND_IN/calls"
        while IFS='	' read -r part file; do
          case "$line" in *"$part"*) cat "$STAND_IN/answers/$file"; exit 0;; esac
        done < "$STAND_IN/table"
        echo "nothing is recorded for: $line" >&2
        exit 64
        """;

    private readonly Bench _bench = new();
    private readonly LoopbackServer _server;
    private readonly LoopbackServer _mail = new(TakeMailAsync);
    private readonly ServiceStandIn _slack = ServiceStandIn.Of(ChannelKind.Slack);
    private readonly Dictionary<string, string> _answers = Recorded.Answers();
    private readonly Dictionary<string, string> _pages = Recorded.Pages();

    public TarsStandIn()
    {
        _server = new LoopbackServer(async (stream, server, cancellation) =>
        {
            var request = (await server.ReadRequestAsync(stream, cancellation)).Split(' ');
            var (status, body) = _pages.TryGetValue($"{request[0]} {request[1]}", out var page) ? (page[..3], page[4..]) : ("404", "");
            await stream.WriteAsync(Encoding.UTF8.GetBytes(
                $"HTTP/1.1 {status} As recorded\r\nContent-Type: application/json\r\nContent-Length: {Encoding.UTF8.GetByteCount(body)}\r\nConnection: close\r\n\r\n{body}"),
                cancellation);
        });
        var bin = Directory.CreateDirectory(_bench.PathOf("bin")).FullName;
        Directory.CreateDirectory(_bench.PathOf("answers"));
        foreach (var program in (string[])["kubectl", "docker", "gh", "helm", "python", "pytest"])
        {
            File.WriteAllText(Path.Combine(bin, program), Script);
            File.SetUnixFileMode(Path.Combine(bin, program), UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
        foreach (var (path, text) in Recorded.Files())
            Put(path, text);
        Put("release/v1_0_1/SHA256SUMS",
            Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(_bench.PathOf("release/v1_0_1/tars-1.0.1.tgz")))) + "  tars-1.0.1.tgz\n");
    }

    /// <summary>What was started, one command line each.</summary>
    public string[] Calls => File.Exists(_bench.PathOf("calls")) ? File.ReadAllLines(_bench.PathOf("calls")) : [];

    /// <summary>What the services were asked, heads and bodies.</summary>
    public IReadOnlyCollection<string> Requests => _server.Requests;

    /// <summary>What was posted to Slack: JSON, by the service's rules.</summary>
    public IReadOnlyList<string> Posts => [.. _slack.Requests.Select(r => r.Body)];

    /// <summary>Makes something answer otherwise: a command line that holds this text, <c>GET /path</c>, or the file of that path.</summary>
    public void Answer(string what, string with)
    {
        if (_answers.ContainsKey(what))
            _answers[what] = with;
        else if (_pages.ContainsKey(what))
            _pages[what] = with;
        else if (File.Exists(_bench.PathOf(what)))
            Put(what, with);
        else
            Assert.Fail($"nothing answers to '{what}'");
    }

    /// <summary>Runs the steps of a phase, of a stage or of the way back, all of them, one after the other.</summary>
    public async Task<ChecklistResult> RunAsync(string part, Dictionary<string, string>? parameters = null, bool person = true)
    {
        var table = new StringBuilder();
        foreach (var ((line, answer), i) in _answers.OrderByDescending(a => a.Key.Length).Select((a, i) => (a, i)))
        {
            table.Append(System.Globalization.CultureInfo.InvariantCulture, $"{line}\t{i}\n");
            File.WriteAllText(_bench.PathOf($"answers/{i}"), answer);
        }
        File.WriteAllText(_bench.PathOf("table"), table.ToString());
        // What speaks to Prometheus, and the votes, are judged elsewhere.
        var steps = TarsGaDay.StepsOf(part).Where(s => s.Work is not (GateWork or MeasureWork or PollWork or AlertsWork)).Select(Here).ToList();
        var book = TarsGaDay.Book with { Phases = [new Phase(part) { Steps = steps }], Rollback = null };
        var given = TarsGaDay.Parameters(_server.Url("").ToString().TrimEnd('/'));
        given["mail_server"] = $"127.0.0.1:{_mail.Port}";
        foreach (var (name, value) in parameters ?? [])
            given[name] = value;
        return await _bench.RunAsync(book, o => o with
        {
            KeepGoing = true,
            Attendant = new Bench.Answering(person),
            Secrets = name => name.StartsWith("SLACK_", StringComparison.Ordinal) ? _slack.Place.Address : $"the-secret-{name}",
        }, given);
    }

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        await _mail.DisposeAsync();
        await _slack.DisposeAsync();
        _bench.Dispose();
    }

    // RFC 5321, as much of it as one mail takes.
    private static async Task TakeMailAsync(Stream stream, LoopbackServer server, CancellationToken cancellation)
    {
        using var lines = new StreamReader(stream, Encoding.Latin1, leaveOpen: true);
        await Say("220 here");
        for (var (isData, line) = (false, ""); (line = await lines.ReadLineAsync(cancellation)) is not null;)
        {
            if (isData && line != ".")
                continue;
            var answer = isData ? "250 taken" : line[..4] switch { "DATA" => "354 go on", "QUIT" => "221 bye", _ => "250 yes" };
            isData = answer.StartsWith("354", StringComparison.Ordinal);
            await Say(answer);
        }

        async Task Say(string answer) => await stream.WriteAsync(Encoding.Latin1.GetBytes(answer + "\r\n"), cancellation);
    }

    private Step Here(Step step) => step with
    {
        Work = step.Work switch
        {
            CommandWork command => command with { Environment = StandInFirst(command.Environment) },
            ScriptWork script => script with { Environment = StandInFirst(script.Environment) },
            var other => other,
        },
        // Nothing here needs a second look.
        Retry = step.Retry is null ? null : new Retry(1, TimeSpan.Zero),
    };

    private Dictionary<string, Template> StandInFirst(IReadOnlyDictionary<string, Template> environment) => new(environment)
    {
        ["PATH"] = new Template($"{_bench.PathOf("bin")}:{Environment.GetEnvironmentVariable("PATH")}", default),
        ["STAND_IN"] = new Template(_bench.Folder, default),
    };

    private void Put(string path, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(_bench.PathOf(path))!);
        File.WriteAllText(_bench.PathOf(path), text);
    }
}
