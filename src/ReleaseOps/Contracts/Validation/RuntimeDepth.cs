using System.Runtime.CompilerServices;

namespace ReleaseOps.Contracts.Validation;

/// <summary>Whether the stack lets a recursion go on: an overflow would end the process, with no way to catch it.</summary>
internal static class RuntimeDepth
{
    public static bool IsEnough() => RuntimeHelpers.TryEnsureSufficientExecutionStack();
}
