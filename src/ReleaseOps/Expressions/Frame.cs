namespace ReleaseOps.Expressions;

/// <summary>One evaluation: the values it reads, the variables of its macros, and what it may still cost.</summary>
internal sealed class Frame(IReadOnlyDictionary<string, object?> variables, int names, int locals)
{
    /// <summary>
    /// What an evaluation may cost, in steps: a step is a node evaluated in a macro's round, 8 bytes built, or 16 characters read. It ends
    /// a bomb of nested macros well within a second, holds what an expression can build to 40 MB, and is far above what a check of a
    /// body of some megabytes needs.
    /// </summary>
    public const long Steps = 5_000_000;

    /// <summary>What an error costs that is absorbed.</summary>
    public const long AbsorbedError = 50;

    private readonly Value[] _seen = names == 0 ? [] : new Value[names];
    private long _left = Steps;
    private Dictionary<string, Pattern>? _patterns;

    /// <summary>The variables of the macros around, by depth.</summary>
    public readonly Value[] Locals = locals == 0 ? [] : new Value[locals];

    /// <summary>True once a comparison that ran had a NaN on one of its sides.</summary>
    public bool SawNaN { get; private set; }

    /// <summary>The first comparison that had one; null where it was inside lists or maps.</summary>
    public CompareNode? NaNAt { get; set; }

    /// <summary>True once the evaluation has cost more than it may; whatever value comes out then is void.</summary>
    public bool Exhausted => _left < 0;

    /// <summary>Takes steps off what is left; false when there is nothing left.</summary>
    public bool Charge(long steps)
    {
        _left -= steps;
        return _left >= 0;
    }

    /// <summary>Charges for reading so many characters or bytes.</summary>
    public bool ChargeText(long length) => Charge(1 + (length / 16));

    /// <summary>Charges for building so many bytes.</summary>
    public bool ChargeMemory(long bytes) => Charge(1 + (bytes / 8));

    /// <summary>Passes an order on, and remembers when a NaN had part in it.</summary>
    public int Watch(int order)
    {
        SawNaN |= order == Comparison.Unordered;
        return order;
    }

    /// <summary>A value by name; taken over from outside once an evaluation, so that reading it again costs nothing.</summary>
    public bool TryRead(string name, int slot, out Value value)
    {
        value = _seen[slot];
        if (!value.IsError)
            return true;
        if (!variables.TryGetValue(name, out var plain))
            return false;
        value = Border.FromPlain(plain);
        _seen[slot] = value;
        return true;
    }

    /// <summary>A pattern that was computed, prepared once an evaluation.</summary>
    public Pattern PatternOf(string pattern)
    {
        _patterns ??= new Dictionary<string, Pattern>(StringComparer.Ordinal);
        if (_patterns.TryGetValue(pattern, out var known))
            return known;
        // Preparing one takes some tens of microseconds, a large one more.
        return _patterns[pattern] = Charge(10_000 + (100L * pattern.Length)) ? Pattern.Of(pattern) : Pattern.Refused("too costly");
    }
}
