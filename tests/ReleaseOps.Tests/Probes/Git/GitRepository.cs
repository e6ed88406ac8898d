using System.Diagnostics;

namespace ReleaseOps.Tests.Probes.Git;

/// <summary>A scratch repository, untouched by the configuration of whoever runs the tests.</summary>
internal sealed class GitRepository : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    internal GitRepository(string branch = "main") => Git("init", "-q", "-b", branch);

    internal string Path => _folder.Path;

    /// <summary>What git says; the test fails where git does.</summary>
    internal string Git(params string[] arguments) => GitIn(Path, null, arguments);

    /// <summary>The same, with something on its standard input.</summary>
    internal string GitWith(byte[] input, params string[] arguments) => GitIn(Path, input, arguments);

    internal void Write(string name, string text) => _folder.Write(name, text);

    internal void Write(string name, byte[] bytes) => File.WriteAllBytes(_folder.Write(name, ""), bytes);

    internal void Delete(string name) => File.Delete(System.IO.Path.Combine(Path, name));

    internal string FullPath(string name) => System.IO.Path.Combine(Path, name);

    /// <summary>Commits all that is there, and returns the commit's id.</summary>
    internal string Commit()
    {
        Git("add", "-A");
        Git("commit", "-q", "--allow-empty", "-m", "commit");
        return Git("rev-parse", "HEAD");
    }

    /// <summary>Writes a file, and commits.</summary>
    internal string Commit(string name, string text)
    {
        Write(name, text);
        return Commit();
    }

    internal static string GitIn(string folder, byte[]? input, params string[] arguments)
    {
        string[] settings =
        [
            "-c", "user.name=Test", "-c", "user.email=test@example.test", "-c", "commit.gpgSign=false", "-c", "tag.gpgSign=false",
            "-c", "core.autocrlf=false", "-c", "protocol.file.allow=always",
        ];
        var start = new ProcessStartInfo(NeedsProgram.Require("git"), [.. settings, .. arguments])
        {
            WorkingDirectory = folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["GIT_CONFIG_GLOBAL"] = "/dev/null";
        start.Environment["GIT_CONFIG_SYSTEM"] = "/dev/null";
        using var process = Process.Start(start)!;
        process.StandardInput.BaseStream.Write(input);
        process.StandardInput.Close();
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEnd();
        process.WaitForExit();
        Assert.True(process.ExitCode == 0, $"git {string.Join(' ', arguments)}: {errors}");
        return output.GetAwaiter().GetResult().TrimEnd();
    }

    public void Dispose() => _folder.Dispose();
}
