using System.Text;

namespace ReleaseOps.Probes.Sql;

/// <summary>
/// Arrays as PostgreSQL writes them (its manual, 8.15.6): <c>{1,NULL,"a \"b\""}</c>, nested, with the bounds before them where they don't start at 1.
/// </summary>
internal sealed class PostgresArray
{
    private readonly string _text;
    private readonly Func<string, object?> _element;
    private int _at;

    private PostgresArray(string text, Func<string, object?> element) => (_text, _element) = (text, element);

    /// <summary>The array as a list, of lists where it has several dimensions.</summary>
    /// <param name="text">Its text.</param>
    /// <param name="element">Makes an element of its text.</param>
    internal static List<object?> Read(string text, Func<string, object?> element)
    {
        var reading = new PostgresArray(text, element);
        if (text.StartsWith('['))
            reading._at = text.IndexOf('=', StringComparison.Ordinal) + 1;
        return reading.List();
    }

    // The server writes at most six dimensions.
    private List<object?> List()
    {
        var items = new List<object?>();
        _at++;
        while (_text[_at] != '}')
        {
            items.Add(_text[_at] switch { '{' => List(), '"' => _element(Quoted()), _ => Plain() });
            if (_text[_at] == ',')
                _at++;
        }
        _at++;
        return items;
    }

    private object? Plain()
    {
        var end = _text.AsSpan(_at).IndexOfAny(',', '}') + _at;
        var item = _text[_at..end];
        _at = end;
        return item == "NULL" ? null : _element(item);
    }

    private string Quoted()
    {
        var item = new StringBuilder();
        for (_at++; _text[_at] != '"'; _at++)
        {
            if (_text[_at] == '\\')
                _at++;
            item.Append(_text[_at]);
        }
        _at++;
        return item.ToString();
    }
}
