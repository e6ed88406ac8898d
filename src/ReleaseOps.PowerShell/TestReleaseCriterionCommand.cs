using System.Management.Automation;
using System.Text.Json;
using ReleaseOps.Expressions;

namespace ReleaseOps.PowerShell;

/// <summary>Tries a criterion on values that you give.</summary>
/// <remarks>
/// <para>Criteria are written in CEL, the Common Expression Language. The names in an expression are the members of the JSON document, the
/// hashtable or the object that you give. The result tells the value and its type, or the error and its column; an expression
/// that fails is a result too, and not an error of this cmdlet.</para>
/// </remarks>
/// <example>
/// <code>Test-ReleaseCriterion 'status == 200' -Variables @{ status = 503 }</code>
/// <para>Says False.</para>
/// </example>
/// <example>
/// <code>Test-ReleaseCriterion 'body.rows.all(r, r.total == r.rfid + r.pending)' -With ./answer.json</code>
/// <para>Tries a criterion on a recorded answer.</para>
/// </example>
/// <example>
/// <code>Invoke-RestMethod https://shop.example.org/health | Test-ReleaseCriterion 'status == "ok"'</code>
/// <para>Tries a criterion on an object.</para>
/// </example>
[Cmdlet(VerbsDiagnostic.Test, "ReleaseCriterion", DefaultParameterSetName = ByVariables)]
[OutputType(typeof(CriterionTrial))]
public sealed class TestReleaseCriterionCommand : EngineCmdlet
{
    private const string ByVariables = "Variables";
    private const string ByFile = "With";
    private const string ByObject = "InputObject";
    private const long LargestFile = 64 << 20;

    /// <summary>The expression.</summary>
    [Parameter(Mandatory = true, Position = 0)]
    public string Expression { get; set; } = "";

    /// <summary>Path of a JSON file; the members of its object are the variables. 64 MiB at most.</summary>
    [Parameter(Mandatory = true, ParameterSetName = ByFile)]
    public string With { get; set; } = "";

    /// <summary>A hashtable; its members are the variables.</summary>
    [Parameter(ParameterSetName = ByVariables)]
    public System.Collections.Hashtable Variables { get; set; } = [];

    /// <summary>An object; its properties are the variables.</summary>
    [Parameter(Mandatory = true, ParameterSetName = ByObject, ValueFromPipeline = true)]
    public PSObject InputObject { get; set; } = null!;

    /// <summary>Evaluates the expression.</summary>
    protected override void ProcessItem()
    {
        using var document = ParameterSetName == ByFile ? ReadJson(this.FullPath(With)) : null;
        var variables = document?.RootElement.EnumerateObject().ToDictionary(m => m.Name, m => (object?)m.Value)
            ?? PlainValues.Variables(ParameterSetName == ByObject ? InputObject : Variables);
        var result = CelExpression.TryParse(Expression, out var error)?.Evaluate(variables) ?? new CelResult(null, error);
        WriteObject(result.Error is { } failed
            ? new CriterionTrial(Expression, null, null, failed.Message, failed.Id, failed.Column)
            : new CriterionTrial(Expression, PlainValues.ToPowerShell(result.Value), CelJson.TypeOf(result.Value), null, null, null));
    }

    private static JsonDocument ReadJson(string path)
    {
        try
        {
            using var file = File.OpenRead(path);
            if (file.Length > LargestFile)
                throw new ReleaseOpsException(ErrorId.BadDocument, $"'{path}' is larger than {LargestFile >> 20} MiB.", "Give a smaller file.", path);
            var document = JsonDocument.Parse(file, new JsonDocumentOptions { MaxDepth = 64, AllowDuplicateProperties = false });
            if (document.RootElement.ValueKind == JsonValueKind.Object)
                return document;
            document.Dispose();
            throw new ReleaseOpsException(
                ErrorId.BadDocument, $"'{path}' holds no JSON object.", "Its members are the variables: {\"status\": 200}.", path);
        }
        catch (JsonException e)
        {
            throw new ReleaseOpsException(ErrorId.BadDocument, $"'{path}' isn't JSON: {e.Message}", "Correct the file.", path, e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new ReleaseOpsException(ErrorId.FileUnreadable, $"'{path}' can't be read: {e.Message}", "Check the path.", path, e);
        }
    }
}
