using System.Collections;
using System.Diagnostics.CodeAnalysis;

namespace ReleaseOps.Probes.Files;

/// <summary>
/// A file's facts with a <c>sha256</c> that costs nothing until it is asked for, by name or by listing all of them. It is missing, so
/// that a criterion over it can't be told, where the file can't be read, changed since it was looked at, or took longer than the look may
/// take.
/// </summary>
internal sealed class FileFacts : IReadOnlyDictionary<string, object?>
{
    private const string Sha256 = "sha256";

    private readonly Dictionary<string, object?> _facts;
    private readonly Lazy<string?> _digest;

    /// <summary>Facts of a file.</summary>
    /// <param name="facts">Those that are known already.</param>
    /// <param name="file">The file.</param>
    /// <param name="context">How long the reading may take.</param>
    /// <param name="cancellation">Ends the reading; the digest is then missing.</param>
    internal FileFacts(Dictionary<string, object?> facts, SeenFile file, LookContext context, CancellationToken cancellation)
    {
        _facts = facts;
        _digest = new Lazy<string?>(() => Digest(file, context, cancellation));
    }

    public object? this[string key] => TryGetValue(key, out var value) ? value : throw new KeyNotFoundException(key);

    public IEnumerable<string> Keys => this.Select(f => f.Key);

    public IEnumerable<object?> Values => this.Select(f => f.Value);

    public int Count => _facts.Count + (_digest.Value is null ? 0 : 1);

    public bool ContainsKey(string key) => TryGetValue(key, out _);

    public bool TryGetValue(string key, [MaybeNullWhen(false)] out object? value)
    {
        if (key != Sha256)
            return _facts.TryGetValue(key, out value);
        value = _digest.Value;
        return value is not null;
    }

    public IEnumerator<KeyValuePair<string, object?>> GetEnumerator() =>
        (_digest.Value is { } digest ? _facts.Append(new(Sha256, digest)) : _facts).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    private static string? Digest(SeenFile file, LookContext context, CancellationToken cancellation)
    {
        using var deadline = new CancellationTokenSource(context.Timeout, context.Clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellation);
        try
        {
            var (digest, length) = Digests.Sha256(file, either.Token);
            var now = SeenFile.Find(file.Path, context.Mask);
            return length == file.Length && now == file ? digest : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or OperationCanceledException or CouldNotTellException)
        {
            return null;
        }
    }
}
