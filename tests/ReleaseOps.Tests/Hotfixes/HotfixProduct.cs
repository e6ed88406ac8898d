using System.Diagnostics;
using System.Runtime.Versioning;
using ReleaseOps.Tests.Probes;
using ReleaseOps.Tests.Probes.Git;

namespace ReleaseOps.Tests.Hotfixes;

/// <summary>
/// A product with a clean hotfix on a branch, made once for all tests of a class: a folder <c>repo</c>, and a folder <c>bin</c> in which one
/// script stands in for pytest, alembic and python. It writes down its command line, and fails where a file <c>failing</c> says so.
/// </summary>
[UnsupportedOSPlatform("windows")]
public sealed class HotfixProduct : IDisposable
{
    public const string Branch = "hotfix/ARIS-12-stock-total";

    private const string StandIn = """
        #!/bin/sh
        line="${0##*/} $*"
        here="${0%/bin/*}"
        printf '%s\n' "$line" >> "$here/calls"
        [ ! -f "$here/wait" ] || sleep 600
        [ "${0##*/}" != python ] || [ -f "$1" ] || { echo "can't open file '$1'"; exit 2; }
        while IFS='	' read -r part code; do
          case "$line" in *"$part"*) echo "failed: $line"; exit "$code";; esac
        done < "$here/failing"
        echo "well: $line, with $DATABASE_URL"
        """;

    private readonly TemporaryFolder _folder = new();

    public HotfixProduct()
    {
        foreach (var program in (string[])["pytest", "alembic", "python"])
            Program("bin/" + program, StandIn);
        _folder.Write("failing", "");
        foreach (var (path, text) in Files)
            _folder.Write("repo/" + path, text);
        Program("repo/deploy.sh", "#!/bin/sh\n# --rollback --dry-run\n[ ! -f ../deploy-fails ] || { echo 'no such release'; exit 4; }\necho \"would do: $*\"\n");
        Git("init", "-q", "-b", "main", "--template=");
        Commit("what is live");
        Git("tag", "0.1.0-rc.2");
        Git("tag", "0.1.0-rc.3");
        Git("checkout", "-q", "-b", Branch);
        _folder.Write("repo/app/stock/totals.py", "def total(rfid, pending):\n    return rfid + pending\n");
        Commit("the totals are sums");
    }

    internal string Path => _folder.Path;

    public void Dispose() => _folder.Dispose();

    private static IEnumerable<(string Path, string Text)> Files =>
    [
        ("app/stock/totals.py", "def total(rfid, pending):\n    return rfid - pending\n"),
        ("app/pos/sales.py", """
            from app.keys import router, require_idempotency_key


            @router.post("/pos/sales/actions")
            def sell(request):
                key = require_idempotency_key(request)
                return answer(key)

            """),
        ("app/core/db.py", "POOL = 5\n"),
        ("alembic/versions/0001_base.py", "def upgrade():\n    pass\n\n\ndef downgrade():\n    pass\n"),
        ("docs/hotfix-safety-protocol.md", "# Hotfix safety protocol\n"),
        ("scripts/post_go_live_integrity_check.py", "print('well')\n"),
        ("tests/smoke/test_post_go_live_stability.py", "def test_it():\n    pass\n"),
        ("docs/openapi.json", OpenApi),
    ];

    internal const string OpenApi = """
        {
          "openapi": "3.0.3",
          "info": { "title": "ARIS3", "version": "1" },
          "paths": {
            "/aris3/stock": {
              "get": {
                "responses": {
                  "200": {
                    "description": "the stock",
                    "content": {
                      "application/json": {
                        "schema": {
                          "type": "object",
                          "required": ["meta", "rows", "totals"],
                          "properties": {
                            "meta": { "type": "object" },
                            "rows": { "type": "array", "items": { "type": "object" } },
                            "totals": { "type": "integer" }
                          }
                        }
                      }
                    }
                  }
                }
              }
            }
          }
        }

        """;

    private void Program(string path, string text)
    {
        // Copied by a process of its own: one that this process wrote may be busy while a test beside it starts another program.
        var source = _folder.Write("source", text);
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(System.IO.Path.Join(Path, path))!);
        Run("install", "-m", "755", source, System.IO.Path.Join(Path, path));
        File.Delete(source);
    }

    private void Commit(string message)
    {
        Git("add", "-A");
        Git("commit", "-q", "-m", message);
    }

    private void Git(params string[] arguments) => GitRepository.GitIn(System.IO.Path.Join(Path, "repo"), null, arguments);

    internal static void Run(params string[] command)
    {
        using var process = Process.Start(command[0], command[1..]);
        process.WaitForExit();
        Assert.Equal(0, process.ExitCode);
    }
}
