namespace ReleaseOps.Gates;

/// <summary>The standard normal distribution.</summary>
internal static class Normal
{
    private const double SeriesUpTo = 4;

    /// <summary>The probability of more than z; right to about 15 digits, also far out, where 1 - (less than z) would be nothing.</summary>
    public static double UpperTail(double z)
    {
        if (z < 0)
            return 1 - UpperTail(-z);
        var density = Math.Exp(-z * z / 2) / Math.Sqrt(2 * Math.PI);
        if (z < SeriesUpTo)
        {
            // z + z^3/3 + z^5/(3*5) + ... (Abramowitz and Stegun, 26.2.11)
            var (sum, term) = (z, z);
            for (var odd = 3; term > sum * 1e-17; odd += 2)
                sum += term *= z * z / odd;
            return 0.5 - (density * sum);
        }
        // Laplace's continued fraction (26.2.14), from its end; at 4 and above 60 rungs are more than enough.
        var fraction = z;
        for (var rung = 60; rung > 0; rung--)
            fraction = z + (rung / fraction);
        return density / fraction;
    }

    /// <summary>The z of which <see cref="UpperTail"/> is that; infinite for 0.</summary>
    /// <param name="probability">From 0 to 0.5.</param>
    public static double UpperQuantile(double probability)
    {
        if (probability <= 0)
            return double.PositiveInfinity;
        var (low, high) = (0.0, 40.0);
        while ((low + high) / 2 is var middle && middle > low && middle < high)
        {
            if (UpperTail(middle) > probability)
                low = middle;
            else
                high = middle;
        }
        return high;
    }
}
