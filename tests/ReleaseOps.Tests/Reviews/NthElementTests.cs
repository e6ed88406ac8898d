using ReleaseOps.Reviews.Logs;

namespace ReleaseOps.Tests.Reviews;

public sealed class NthElementTests
{
    [Fact]
    public void It_is_what_stands_there_when_all_are_in_order()
    {
        var random = new Random(3);
        for (var round = 0; round < 3000; round++)
        {
            var numbers = Enumerable.Range(0, random.Next(1, 200)).Select(i => round % 3 == 0 ? i * 1.0 : random.Next(1 + (round % 50))).ToArray();
            var sorted = numbers.Order().ToArray();
            var place = random.Next(numbers.Length);
            Assert.Equal(sorted[place], NthElement.Of(numbers, place));
            Assert.All(numbers[..place], n => Assert.True(n <= numbers[place]));
            Assert.All(numbers[place..], n => Assert.True(n >= numbers[place]));
            // They are still all there.
            Assert.Equal(sorted, numbers.Order());
        }
    }
}
