using ReleaseOps.Reviews.Logs;

namespace ReleaseOps.Tests.Reviews;

public sealed class OrderStatisticsTests
{
    public static TheoryData<string, Func<Random, double>> Spreads => new()
    {
        { "a few whole numbers", r => r.Next(5) },
        { "one number", _ => 2.5 },
        { "nothing at all", _ => 0 },
        { "fractions", r => r.NextDouble() },
        { "of all sizes", r => Math.Pow(10, (r.NextDouble() * 600) - 300) },
        { "one outlier", r => r.Next(50) == 0 ? double.MaxValue : 1 + (r.NextDouble() * 1e-9) },
        { "next to each other", r => BitConverter.Int64BitsToDouble(BitConverter.DoubleToInt64Bits(1) + r.Next(3)) },
    };

    [Theory]
    [MemberData(nameof(Spreads))]
    public void They_are_what_stands_there_when_all_are_in_order(string spread, Func<Random, double> next)
    {
        var random = new Random(3);
        for (var round = 0; round < 300; round++)
        {
            var numbers = Enumerable.Range(0, random.Next(1, 400)).Select(_ => next(random)).ToArray();
            var (sorted, cut) = (numbers.Order().ToArray(), random.Next(numbers.Length));
            int[] places = [random.Next(numbers.Length), 0, numbers.Length - 1];
            var found = OrderStatistics.Of([numbers.AsMemory(0, cut), numbers.AsMemory(cut)], places);
            Assert.True(places.Select(p => sorted[p]).SequenceEqual(found), $"{spread}, round {round}");
        }
    }
}
