using System.Diagnostics;
using ReleaseOps.Contracts;
using ReleaseOps.Probes.Contracts;
using ReleaseOps.Probes.Http;
using ReleaseOps.Tests.Probes.Http;

namespace ReleaseOps.Tests.Probes.Contracts;

/// <summary>Loads descriptions, and says what came of them.</summary>
internal static class Loading
{
    internal const string Main = "openapi: 3.0.3\ninfo: { title: main }\nx: { $ref: 'common/pets.yaml#/Pet' }\n";

    internal static Task<ApiDocument> LoadAsync(string specification, string folder, HttpConnections? connections = null) =>
        ApiDocumentLoader.LoadAsync(specification, folder, LookContexts.Plain(), connections ?? LoopbackDialer.Direct(), CancellationToken.None);

    internal static async Task<ReleaseOpsException> RefusalAsync(string specification, string folder) =>
        await Assert.ThrowsAsync<ReleaseOpsException>(() => LoadAsync(specification, folder));

    /// <summary>What the reference at the key x leads to, chains followed.</summary>
    internal static ApiNode? X(ApiDocument document, out Finding? untold)
    {
        untold = null;
        var node = document.Root["x"];
        while (node?["$ref"] is { } reference)
            node = document.Resolve(reference, out untold);
        return node;
    }

    internal static Finding Untold(ApiDocument document)
    {
        Assert.Null(X(document, out var untold));
        Assert.Equal(Verdict.Inconclusive, untold!.Verdict);
        return untold;
    }

    /// <summary>Runs git, away from the settings of this machine.</summary>
    internal static string Git(string folder, params string[] arguments)
    {
        var start = new ProcessStartInfo("git")
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = folder,
        };
        string[] own = ["user.name=t", "user.email=t@example.org", "init.defaultBranch=main", "commit.gpgsign=false"];
        foreach (var argument in own.SelectMany(o => (string[])["-c", o]).Concat(arguments))
            start.ArgumentList.Add(argument);
        foreach (var name in (string[])["GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE"])
            start.Environment.Remove(name);
        start.Environment["GIT_CONFIG_GLOBAL"] = "/dev/null";
        using var git = Process.Start(start)!;
        var errors = git.StandardError.ReadToEndAsync();
        var output = git.StandardOutput.ReadToEnd();
        git.WaitForExit();
        Assert.True(git.ExitCode == 0, errors.Result);
        return output.Trim();
    }
}
