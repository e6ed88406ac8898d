using System.Net;
using static System.FormattableString;

namespace ReleaseOps.Probes.Http;

/// <summary>One request on its way: it rides on the message, so that the connection's callbacks know for whom they connect.</summary>
/// <param name="url">Whom it asks.</param>
/// <param name="from">Where the redirect came from that led here; null for the URL that the runbook names itself, which may be any
/// address.</param>
/// <param name="proxied">True where it goes through a proxy, so that the address connected to is the proxy's.</param>
internal sealed class Hop(Uri url, AddressReach? from, bool proxied)
{
    internal static readonly HttpRequestOptionsKey<Hop> Key = new("ReleaseOps.Hop");

    private volatile string _stage = WaitingForHeaders;
    private long _bodyBytes = -1;

    internal const string WaitingForHeaders = "waiting for the headers";

    internal Uri Url { get; } = url;

    internal bool Proxied { get; } = proxied;

    /// <summary>
    /// What it is doing now, for the sentence about a time-out. A kept-alive connection starts by waiting for the headers.
    /// </summary>
    internal string Stage { get => _stage; set => _stage = value; }

    /// <summary>How many bytes of the body came so far; null before the body.</summary>
    internal long? BodyBytes
    {
        get => Volatile.Read(ref _bodyBytes) is >= 0 and var bytes ? bytes : null;
        set => Volatile.Write(ref _bodyBytes, value ?? -1);
    }

    /// <summary>What it is doing now, with how far it got.</summary>
    internal string Progress => BodyBytes is { } bytes
        ? Invariant($"reading the body, {bytes} bytes so far")
        : Stage;

    /// <summary>
    /// The address it was connected to; <see cref="AddressReach.Public"/>, the most suspicious one, where a proxy hides it.
    /// </summary>
    internal AddressReach Reach { get; private set; }

    /// <summary>Refuses an address before anything is sent to it; called for the very address that is connected to next.</summary>
    internal void Check(IPAddress address)
    {
        if (Proxied)
            return;
        var to = AddressReaches.Of(address);
        if (from is { } origin && !origin.MaySendTo(to))
            throw new CouldNotTellException(ErrorId.RedirectRefused, Refusal(address.ToString(), origin, to));
        Reach = to;
    }

    /// <summary>Refuses what a proxy would connect to, as far as it can be seen: an address that is written out.</summary>
    internal void CheckWrittenAddress()
    {
        if (Proxied && from is { } origin && IPAddress.TryParse(Url.IdnHost, out var address)
            && AddressReaches.Of(address) is var to && !origin.MaySendTo(to))
            throw new CouldNotTellException(ErrorId.RedirectRefused, Refusal(address.ToString(), origin, to));
    }

    private static string Refusal(string address, AddressReach from, AddressReach to) =>
        $"it leads from a {Name(from)} address to {address}, a {Name(to)} one";

    private static string Name(AddressReach reach) => reach switch
    {
        AddressReach.Loopback => "loopback",
        AddressReach.LinkLocal => "link-local",
        AddressReach.Private => "private",
        _ => "public",
    };
}
