using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace ReleaseOps.Tests.Probes.Http;

/// <summary>Certificates of a root that only a test trusts.</summary>
internal static class TestCertificates
{
    private const string ForServers = "1.3.6.1.5.5.7.3.1";

    private static readonly DateTimeOffset Now = DateTimeOffset.UtcNow;

    internal static X509Certificate2 Root { get; } = MakeRoot();

    private static X509Certificate2 MakeRoot()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=Test root", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        return Exportable(request.CreateSelfSigned(Now.AddDays(-100), Now.AddDays(100)));
    }

    internal static X509Certificate2 Issue(string name, int from = -1, int to = 1, string usage = ForServers)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var certificate = Request(name, key, usage).Create(Root, Now.AddDays(from), Now.AddDays(to),
            RandomNumberGenerator.GetBytes(8));
        return Exportable(certificate.CopyWithPrivateKey(key));
    }

    internal static X509Certificate2 SelfSigned(string name)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        return Exportable(Request(name, key, ForServers).CreateSelfSigned(Now.AddDays(-1), Now.AddDays(1)));
    }

    private static CertificateRequest Request(string name, ECDsa key, string usage)
    {
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName(name);
        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid(usage)], critical: false));
        return request;
    }

    // A key that lives in this process only can't serve on every platform; one that was read from a container can.
    private static X509Certificate2 Exportable(X509Certificate2 certificate)
    {
        using (certificate)
            return X509CertificateLoader.LoadPkcs12(certificate.Export(X509ContentType.Pfx), null);
    }
}
