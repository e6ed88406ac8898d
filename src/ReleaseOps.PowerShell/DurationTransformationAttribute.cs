using System.Management.Automation;

namespace ReleaseOps.PowerShell;

/// <summary>
/// Lets a duration be written as runbooks do, 30s or 1h30m; a TimeSpan, and what PowerShell makes one of, stays as it is.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class DurationTransformationAttribute : ArgumentTransformationAttribute
{
    /// <inheritdoc/>
    public override object Transform(EngineIntrinsics engineIntrinsics, object inputData) =>
        (inputData is PSObject wrapped ? wrapped.BaseObject : inputData) is string text
            && Durations.TryParse(text, out var duration) ? duration : inputData;
}
