using System.Runtime.CompilerServices;
using ReleaseOps.Expressions;

namespace ReleaseOps.Reviews.Logs;

/// <summary>
/// What a criterion came to on the values that it was asked about before: a log has the same few again and again, and to ask anew takes a hundred
/// times as long.
/// </summary>
/// <param name="input">What the criterion reads.</param>
internal sealed class Verdicts(CriterionInput input)
{
    private const int Most = 1024;

    private readonly Dictionary<Digest, bool> _known = [];
    private byte[] _values = new byte[CriterionInput.MostBytes];
    private byte[] _last = new byte[CriterionInput.MostBytes];
    private int _length;
    private int _lastLength = -1;
    private bool _lastVerdict;
    private bool _isOfLast;

    /// <summary>A criterion's; null where what it reads can't be told.</summary>
    internal static Verdicts? Of(CelExpression? criterion) => criterion is not null && CriterionInput.Of(criterion) is { } input ? new(input) : null;

    /// <summary>What the criterion came to on the same values as a line has.</summary>
    /// <param name="view">The line.</param>
    /// <returns>Null where it must be asked.</returns>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal bool? Find(in LineView view)
    {
        // Lines mostly have the values of the one before, and mostly written as there.
        if (_isOfLast && input.IsAgain(view))
            return _lastVerdict;
        _isOfLast = false;
        _length = input.Read(view, _values);
        if (_length < 0)
            return null;
        if (_lastLength == _length && Values.SequenceEqual(_last.AsSpan(0, _lastLength)))
        {
            _isOfLast = true;
            return _lastVerdict;
        }
        if (!_known.TryGetValue(Digest.Of(Values), out var verdict))
            return null;
        SetLast(verdict);
        return verdict;
    }

    /// <summary>Remembers what the criterion came to on the line that was looked for last.</summary>
    internal void Remember(bool verdict)
    {
        if (_length < 0 || _known.Count >= Most)
            return;
        _known.Add(Digest.Of(Values), verdict);
        SetLast(verdict);
    }

    private ReadOnlySpan<byte> Values => _values.AsSpan(0, _length);

    private void SetLast(bool verdict)
    {
        (_last, _values) = (_values, _last);
        (_lastLength, _lastVerdict, _isOfLast) = (_length, verdict, true);
    }
}
