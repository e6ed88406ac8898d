using System.Runtime.Versioning;
using ReleaseOps.Evidence;

namespace ReleaseOps.Tests.Hotfixes;

/// <summary>A secret that the change itself holds is in no result and no file of the evidence, nor half of it.</summary>
[UnsupportedOSPlatform("windows")]
public sealed class HotfixSecretTests(HotfixProduct product) : IClassFixture<HotfixProduct>
{
    [NeedsProgram("git")]
    public async Task A_secret_in_the_change_is_not_shown()
    {
        using var scratch = new HotfixScratch(product);
        // Shown lines are cut after 120 characters: here in the middle of the secret.
        scratch.Change("app/pos/sales.py", "    return answer(key)", $"    return answer(key)\n\n\n@router.post(\"/pos/{new string('x', 70)}\", dependency=\"{HotfixScratch.Secret}\")");
        scratch.Change("docs/openapi.json", "\"totals\": {", $"\"{HotfixScratch.Secret}\": {{");
        scratch.Git("branch", "-m", $"fix/{HotfixScratch.Secret}");
        File.WriteAllText(Path.Join(scratch.Repository, HotfixScratch.Secret), "x");
        await scratch.ApproveAsync();
        var result = await scratch.RunAsync(o => o with { Title = HotfixScratch.Secret, Ticket = HotfixScratch.Secret, Impact = HotfixScratch.Secret, Tag = HotfixScratch.Secret });
        Assert.Contains(result.Findings, f => f.Subject == "actions-only" && f.Verdict == Verdict.Failed);
        Assert.Contains(result.Contract!.Changes, c => c.Level == ChangeLevel.Breaking);
        EvidenceFolder.Write(result);
        foreach (var file in Directory.EnumerateFiles(scratch.EvidenceRoot, "*", SearchOption.AllDirectories))
            foreach (var part in (string[])[HotfixScratch.Secret, HotfixScratch.Secret[..24]])
                Assert.DoesNotContain(part, await File.ReadAllTextAsync(file), StringComparison.Ordinal);
    }
}
