using System.Net;
using System.Net.Security;
using ReleaseOps.Tests.Probes.Http;

namespace ReleaseOps.Tests.Channels;

/// <summary>The mail library takes whom it trusts from the process: while this lives, the tests' root too. Only the mail library asks it.</summary>
internal sealed class TestTrust : IDisposable
{
    private TestTrust()
    {
    }

#pragma warning disable SYSLIB0014 // There is no other way to tell SmtpClient.
    internal static TestTrust InTestRoot()
    {
        ServicePointManager.ServerCertificateValidationCallback = (_, certificate, _, errors) =>
            errors == SslPolicyErrors.RemoteCertificateChainErrors && certificate?.Issuer == TestCertificates.Root.Subject;
        return new TestTrust();
    }

    public void Dispose() => ServicePointManager.ServerCertificateValidationCallback = null;
#pragma warning restore SYSLIB0014
}
