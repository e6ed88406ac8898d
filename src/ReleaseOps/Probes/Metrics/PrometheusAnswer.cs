using ReleaseOps.Gates;

namespace ReleaseOps.Probes.Metrics;

/// <summary>What a query answers: <c>resultType</c>.</summary>
internal enum AnswerKind
{
    /// <summary>One value a series, at one time.</summary>
    Vector,
    /// <summary>Several values a series, over a time.</summary>
    Matrix,
    /// <summary>One number without labels.</summary>
    Scalar,
    /// <summary>A text.</summary>
    Text,
}

/// <summary>The answer to a query, whole and well-formed.</summary>
internal sealed class PrometheusAnswer
{
    internal AnswerKind Kind { get; set; }

    /// <summary>The series of a vector, or the scalar, in the order answered. Of a matrix, each with NaN.</summary>
    internal List<SeriesValue> Series { get; } = [];

    /// <summary>The points of each series of a matrix, in the order of <see cref="Series"/>.</summary>
    internal List<(double At, double Value)[]> Points { get; } = [];

    /// <summary>What the server had to say, as it said it.</summary>
    internal List<string> Warnings { get; } = [];

    /// <summary>True where the server says that parts are missing.</summary>
    internal bool IsPartial { get; set; }

    /// <summary>What happens where a series holds a native histogram.</summary>
    internal bool HasHistograms { get; set; }
}
