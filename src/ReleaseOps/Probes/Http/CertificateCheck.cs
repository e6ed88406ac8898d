using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using static System.FormattableString;

namespace ReleaseOps.Probes.Http;

/// <summary>Says which part of a certificate is bad. It decides nothing: what the platform's validation refuses stays refused.</summary>
internal static class CertificateCheck
{
    private static readonly Oid ServerAuthentication = new("1.3.6.1.5.5.7.3.1");

    /// <summary>
    /// Full validation. Missing intermediate certificates aren't fetched: their address stands in the certificate, so anybody could send
    /// us anywhere. Revocation isn't asked for, for the same reason and because an answer that doesn't come would decide nothing.
    /// </summary>
    /// <param name="roots">Roots to trust instead of the machine's; null for the machine's.</param>
    internal static SslClientAuthenticationOptions Options(X509Certificate2Collection? roots)
    {
        var policy = new X509ChainPolicy { DisableCertificateDownloads = true, RevocationMode = X509RevocationMode.NoCheck };
        policy.ApplicationPolicy.Add(ServerAuthentication);
        if (roots is not null)
        {
            policy.TrustMode = X509ChainTrustMode.CustomRootTrust;
            policy.CustomTrustStore.AddRange(roots);
        }
        return new SslClientAuthenticationOptions { CertificateChainPolicy = policy, RemoteCertificateValidationCallback = Validate };
    }

    private static bool Validate(object sender, X509Certificate? certificate, X509Chain? chain, SslPolicyErrors errors)
    {
        if (errors == SslPolicyErrors.None)
            return true;
        var reasons = new List<string>();
        if (errors.HasFlag(SslPolicyErrors.RemoteCertificateNotAvailable))
            reasons.Add("the server showed no certificate");
        if (errors.HasFlag(SslPolicyErrors.RemoteCertificateNameMismatch))
            reasons.Add("the certificate is for another name");
        foreach (var status in (chain?.ChainStatus ?? []).Select(s => s.Status).Distinct())
            reasons.Add(Reason(status, certificate as X509Certificate2));
        throw new AuthenticationException(string.Join("; ", reasons.Distinct(StringComparer.Ordinal)));
    }

    private static string Reason(X509ChainStatusFlags status, X509Certificate2? certificate) => status switch
    {
        X509ChainStatusFlags.NotTimeValid when certificate is { NotBefore: var from, NotAfter: var to } =>
            Invariant($"the certificate is expired or not yet valid (valid from {from.ToUniversalTime():u} to {to.ToUniversalTime():u})"),
        X509ChainStatusFlags.UntrustedRoot => "the certificate's root isn't trusted on this machine",
        X509ChainStatusFlags.PartialChain =>
            "the certificate's issuer isn't known on this machine, or the server doesn't send its intermediate certificates",
        X509ChainStatusFlags.NotValidForUsage => "the certificate isn't for servers",
        X509ChainStatusFlags.NotSignatureValid => "the certificate's signature is wrong",
        _ => $"the certificate chain has {status}",
    };
}
