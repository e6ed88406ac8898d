using System.Net.Http.Json;
using System.Text.Json;

namespace ReleaseOps.Tests.Servers;

/// <summary>A real Alertmanager, which tells nobody.</summary>
public sealed class Alertmanager : RealServer
{
    private Alertmanager()
    {
    }

    private protected override string Program => "prometheus-alertmanager";

    private protected override string ReadyPath => "/-/ready";

    /// <summary>Starts one. While an alert <c>severity="critical"</c> fires, those with <c>severity="info"</c> of the same job are inhibited.</summary>
    internal static async Task<Alertmanager> StartAsync()
    {
        var server = new Alertmanager();
        try
        {
            server.Write("am.yml", """
                route: { receiver: nobody, group_wait: 0s }
                receivers: [{ name: nobody }]
                inhibit_rules:
                  - { source_matchers: ['severity="critical"'], target_matchers: ['severity="info"'], equal: [job] }
                """);
            await server.LaunchAsync();
            return server;
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    /// <summary>Raises an alert for five minutes.</summary>
    internal async Task RaiseAsync(string name, params (string Name, string Value)[] labels)
    {
        var all = labels.ToDictionary(l => l.Name, l => l.Value);
        all["alertname"] = name;
        using var answer = await Http.PostAsJsonAsync(Url("/api/v2/alerts"), new[]
        {
            new { labels = all, annotations = new { summary = name + " fires" }, startsAt = DateTimeOffset.UtcNow.AddMinutes(-1) },
        });
        answer.EnsureSuccessStatusCode();
    }

    /// <summary>Silences alerts of a name for an hour.</summary>
    internal async Task SilenceAsync(string name)
    {
        using var answer = await Http.PostAsJsonAsync(Url("/api/v2/silences"), new
        {
            matchers = new[] { new { name = "alertname", value = name, isRegex = false, isEqual = true } },
            startsAt = DateTimeOffset.UtcNow.AddMinutes(-1),
            endsAt = DateTimeOffset.UtcNow.AddHours(1),
            createdBy = "test",
            comment = "test",
        });
        answer.EnsureSuccessStatusCode();
    }

    /// <summary>Waits until an alert is in a state (<c>active</c>, <c>suppressed</c>): it settles within moments.</summary>
    internal async Task AwaitStateAsync(string name, string state)
    {
        for (var waited = 0; waited < 1000; waited++)
        {
            var alerts = await Http.GetFromJsonAsync<JsonElement>(Url("/api/v2/alerts"));
            foreach (var alert in alerts.EnumerateArray())
            {
                if (alert.GetProperty("labels").GetProperty("alertname").GetString() == name
                    && alert.GetProperty("status").GetProperty("state").GetString() == state)
                    return;
            }
            await Task.Delay(10);
        }
        Assert.Fail($"{name} never was {state}.");
    }

    private protected override IEnumerable<string> Arguments() =>
    [
        $"--config.file={Path.Combine(Folder, "am.yml")}", $"--storage.path={Path.Combine(Folder, "data")}",
        $"--web.listen-address=127.0.0.1:{Port}", "--cluster.listen-address=", "--log.level=error",
    ];
}
