using System.Net;
using System.Net.Sockets;

namespace ReleaseOps.Probes.Http;

/// <summary>From where an address can be reached.</summary>
internal enum AddressReach
{
    /// <summary>From anywhere.</summary>
    Public,
    /// <summary>
    /// From inside a network only: RFC 1918, RFC 6598, RFC 4193, and all that isn't for single hosts (multicast, reserved).
    /// </summary>
    Private,
    /// <summary>From the same link only, 169.254/16 and fe80::/10: where clouds serve a machine's credentials.</summary>
    LinkLocal,
    /// <summary>From this machine only; 0.0.0.0 and :: count, since connecting to them reaches it.</summary>
    Loopback,
}

/// <summary>
/// Whereto a redirect may lead. A place may send us to others that anybody can reach, and to its own kind; this machine may also send us
/// into its network. So an outside host can't use us to look inside, and nobody but a link-local host can send us to a cloud's metadata
/// service.
/// </summary>
internal static class AddressReaches
{
    internal static bool MaySendTo(this AddressReach from, AddressReach to) =>
        to == AddressReach.Public || to == from || (from, to) == (AddressReach.Loopback, AddressReach.Private);

    internal static AddressReach Of(IPAddress address)
    {
        var bytes = address.GetAddressBytes();
        if (address.AddressFamily == AddressFamily.InterNetwork)
            return OfFour(bytes);
        // IPv4 in other clothes: mapped (::ffff:a.b.c.d) and compatible (::a.b.c.d), NAT64 (64:ff9b::/96), 6to4 (2002::/16).
        if (address.IsIPv4MappedToIPv6)
            return OfFour(bytes.AsSpan(12));
        if (bytes.AsSpan(0, 12).IndexOfAnyExcept((byte)0) < 0)
            return bytes[12..] is [0, 0, 0, 0 or 1] ? AddressReach.Loopback : OfFour(bytes.AsSpan(12));
        if (bytes.AsSpan(0, 12).SequenceEqual((ReadOnlySpan<byte>)[0, 0x64, 0xff, 0x9b, 0, 0, 0, 0, 0, 0, 0, 0]))
            return OfFour(bytes.AsSpan(12));
        if (bytes is [0x20, 0x02, ..])
            return OfFour(bytes.AsSpan(2, 4));
        return bytes switch
        {
            [0xfe, >= 0x80 and <= 0xbf, ..] => AddressReach.LinkLocal,
            [0xfc or 0xfd or 0xfe or 0xff, ..] => AddressReach.Private,
            _ => AddressReach.Public,
        };
    }

    private static AddressReach OfFour(ReadOnlySpan<byte> bytes) => bytes switch
    {
        [127 or 0, ..] => AddressReach.Loopback,
        [169, 254, ..] => AddressReach.LinkLocal,
        [10, ..] or [172, >= 16 and <= 31, ..] or [192, 168, ..] or [100, >= 64 and <= 127, ..] => AddressReach.Private,
        [192, 0, 0, _] or [198, 18 or 19, ..] or [>= 224, ..] => AddressReach.Private,
        _ => AddressReach.Public,
    };
}
