namespace ReleaseOps.Runbooks;

/// <summary>What a tag of a Handlebars template does.</summary>
internal enum HandlebarsTagKind
{
    /// <summary><c>{{name}}</c>.</summary>
    Value,
    /// <summary><c>{{#if name}}</c>.</summary>
    Open,
    /// <summary><c>{{else}}</c>, <c>{{else if name}}</c>.</summary>
    Else,
    /// <summary><c>{{/if}}</c>.</summary>
    Close,
    /// <summary><c>{{! words }}</c>.</summary>
    Comment,
}

/// <summary>A tag of a Handlebars template.</summary>
/// <param name="Kind">What it does.</param>
/// <param name="Offset">Where it begins, in characters.</param>
/// <param name="Block">The block that it opens or closes: <c>if</c>, <c>unless</c>, <c>each</c>, <c>with</c>; empty for others.</param>
/// <param name="Path">What it speaks of: <c>params.host</c>; empty for nothing.</param>
internal sealed record HandlebarsTag(HandlebarsTagKind Kind, int Offset, string Block, string Path);
