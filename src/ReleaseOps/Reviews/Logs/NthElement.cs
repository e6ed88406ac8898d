using System.Numerics;
using System.Runtime.CompilerServices;

namespace ReleaseOps.Reviews.Logs;

/// <summary>
/// Finds what would stand at a place if numbers were in order, without putting all of them in order (Hoare, Algorithm 65: find, 1961,
/// https://doi.org/10.1145/366622.366647).
/// </summary>
internal static class NthElement
{
    /// <summary>The number at a place in order; the numbers are moved about, so that none before the place is larger and none after it smaller.</summary>
    /// <param name="numbers">The numbers, none of them NaN.</param>
    /// <param name="place">The place, from 0.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static double Of(Span<double> numbers, int place)
    {
        // Each round halves them, more or less; where it doesn't, they are put in order after all.
        for (var rounds = 2 * BitOperations.Log2((uint)numbers.Length); numbers.Length > 1; rounds--)
        {
            if (rounds < 0)
            {
                numbers.Sort();
                break;
            }
            var (low, high) = Part(numbers);
            if (place > high && place < low)
                break;
            if (place <= high)
            {
                numbers = numbers[..(high + 1)];
            }
            else
            {
                numbers = numbers[low..];
                place -= low;
            }
        }
        return numbers[place];
    }

    // What is before the first index is at most the middle one, what is after the second one at least that; what is between them is the same.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static (int Low, int High) Part(Span<double> numbers)
    {
        var pivot = numbers[numbers.Length / 2];
        var (low, high) = (0, numbers.Length - 1);
        while (low <= high)
        {
            while (numbers[low] < pivot)
                low++;
            while (numbers[high] > pivot)
                high--;
            if (low > high)
                break;
            (numbers[low], numbers[high]) = (numbers[high], numbers[low]);
            low++;
            high--;
        }
        return (low, high);
    }
}
