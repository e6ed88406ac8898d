using System.Text.Json;
using ReleaseOps.Expressions;

namespace ReleaseOps.Tests.Expressions;

/// <summary>Short ways to evaluate in a test.</summary>
internal static class Cel
{
    public static readonly Dictionary<string, object?> Nothing = [];

    public static CelExpression Parse(string source)
    {
        var expression = CelExpression.TryParse(source, out var error);
        Assert.True(expression is not null, $"{source}: {error?.Message}");
        Assert.Null(error);
        return expression;
    }

    public static CelError ParseError(string source)
    {
        var expression = CelExpression.TryParse(source, out var error);
        Assert.Null(expression);
        Assert.NotNull(error);
        return error;
    }

    public static CelResult Evaluate(string source, Dictionary<string, object?>? values = null) =>
        Parse(source).Evaluate(values ?? Nothing);

    public static object? Value(string source, Dictionary<string, object?>? values = null)
    {
        var result = Evaluate(source, values);
        Assert.True(result.Error is null, $"{source}: {result.Error?.Message}");
        return result.Value;
    }

    public static CelError Error(string source, Dictionary<string, object?>? values = null)
    {
        var result = Evaluate(source, values);
        Assert.True(result.Error is not null, $"{source}: {CelText.Write(result.Value)}");
        Assert.Null(result.Value);
        return result.Error;
    }

    public static JsonElement Json(string text) => JsonDocument.Parse(text).RootElement;
}
