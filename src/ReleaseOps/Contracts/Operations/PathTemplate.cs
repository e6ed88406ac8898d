using System.Text;

namespace ReleaseOps.Contracts.Operations;

/// <summary>Paths with parameters: <c>/stock/{id}</c>.</summary>
internal static class PathTemplate
{
    /// <summary>The names of its parameters, in their order.</summary>
    public static List<string> Names(string path)
    {
        var names = new List<string>();
        for (var at = path.IndexOf('{', StringComparison.Ordinal); at >= 0; at = path.IndexOf('{', at + 1))
        {
            if (path.IndexOf('}', at) is not (>= 0 and var end))
                break;

            names.Add(path[(at + 1)..end]);
        }
        return names;
    }

    /// <summary>The path without the names of its parameters: the same for <c>/a/{id}</c> and <c>/a/{key}</c>, which take the same requests.</summary>
    public static string Shape(string path)
    {
        var shape = new StringBuilder(path.Length);
        var isName = false;
        foreach (var character in path)
        {
            isName &= character != '}';
            if (!isName)
                shape.Append(character);
            isName |= character == '{';
        }
        return shape.ToString();
    }
}
