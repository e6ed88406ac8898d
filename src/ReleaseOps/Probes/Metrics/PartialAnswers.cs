namespace ReleaseOps.Probes.Metrics;

/// <summary>Tells the warnings that mean that data is missing from those about the query.</summary>
internal static class PartialAnswers
{
    // Prometheus (remote_read), Thanos (partial_response), Cortex and Mimir say it in words only.
    private static readonly string[] Words =
    [
        "partial", "no store", "storeapi", "fetch series", "receive series", "remote_read", "remote read", "remote storage", "failed to", "unavailable",
        "unreachable", "deadline", "timed out", "timeout", "connection refused", "no such host", "truncated", "exceeded",
    ];

    /// <summary>True for a warning that says that the answer isn't whole.</summary>
    internal static bool Says(string warning) =>
        // The engine's own remarks: "PromQL info: metric might not be a counter ...".
        !warning.StartsWith("PromQL ", StringComparison.Ordinal)
        && Words.Any(word => warning.Contains(word, StringComparison.OrdinalIgnoreCase));
}
