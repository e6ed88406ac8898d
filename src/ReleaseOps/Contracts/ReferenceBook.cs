namespace ReleaseOps.Contracts;

/// <summary>
/// Notes, while a file is read, what references will ask for: other files, anchors, and where an <c>$id</c> changes the base.
/// </summary>
internal sealed class ReferenceBook
{
    private readonly List<string> _elsewhere = [];
    private readonly HashSet<string> _known = new(StringComparer.Ordinal);
    private readonly List<ApiNode> _references = [];
    private readonly List<(string Name, ApiNode Map)> _anchors = [];
    private readonly HashSet<ApiNode> _rebased = [];

    /// <summary>How far the notes had come when a map began.</summary>
    public readonly record struct Mark(int References, int Anchors);

    public Mark Here => new(_references.Count, _anchors.Count);

    /// <summary>A map that has ended.</summary>
    /// <param name="map">The map.</param>
    /// <param name="began">What was noted when it began.</param>
    /// <param name="isRoot">True for the outermost one: its <c>$id</c> names the whole file, so what leads into the file itself stays.</param>
    public void Ended(ApiNode map, Mark began, bool isRoot)
    {
        var isBase = false;
        for (var i = 0; i < map.Items.Length; i++)
        {
            var value = map.Items[i];
            if (value.Kind != ApiNodeKind.Text || map.Keys[i] is not ['$', ..] key)
                continue;
            if (key == "$ref")
            {
                _references.Add(value);
                AskFor(value.Text);
            }
            else if (key is "$anchor" or "$dynamicAnchor")
            {
                _anchors.Add((value.Text, map));
            }
            isBase |= key == "$id";
        }
        if (isBase)
            Rebase(began, isRoot);
    }

    /// <summary>The file, with what was noted.</summary>
    public ApiFile File(string name, ApiNode root) => new(name, root)
    {
        Elsewhere = _elsewhere,
        Anchors = _anchors.GroupBy(a => a.Name, a => a.Map, StringComparer.Ordinal)
            .ToDictionary(g => g.Key, g => g.Distinct().Count() == 1 ? g.First() : null, StringComparer.Ordinal),
        Rebased = _rebased,
    };

    private void Rebase(Mark began, bool isRoot)
    {
        for (var i = began.References; i < _references.Count; i++)
        {
            if (!isRoot || _references[i].Text is not ['#', ..])
                _rebased.Add(_references[i]);
        }
        if (isRoot)
            return;
        _anchors.RemoveRange(began.Anchors, _anchors.Count - began.Anchors);
    }

    private void AskFor(string reference)
    {
        var elsewhere = ApiReference.FileOf(reference);
        if (elsewhere.Length > 0 && _known.Add(elsewhere))
            _elsewhere.Add(elsewhere);
    }
}
