using ReleaseOps.Runbooks;
using ReleaseOps.Steps;

namespace ReleaseOps.Watches;

/// <summary>The scheduled reviews of a watch: those of the runbook's schedule that lie in its window.</summary>
internal sealed class ReviewBook
{
    private readonly List<ReviewStanding> _reviews;

    public ReviewBook(Runbook runbook, DateTimeOffset t0, DateTimeOffset endsAt) => _reviews =
    [
        .. runbook.Schedule.Select(r => (Review: r, At: t0 + r.At.FromT0)).Where(r => r.At >= t0 && r.At <= endsAt).OrderBy(r => r.At)
            .Select(r => new ReviewStanding(r.Review.At.ToString(), r.Review.What, r.At)
            {
                Owner = r.Review.Owner,
                Required = r.Review.Required,
                OverdueAt = r.At + runbook.Watch!.Grace,
            }),
    ];

    /// <summary>The reviews, by time.</summary>
    public IReadOnlyList<ReviewStanding> All => _reviews;

    /// <summary>Takes the word that one is done: the first of that time that isn't.</summary>
    public void Hear(WatchWord word, DateTimeOffset at)
    {
        var index = _reviews.FindIndex(r => r.Due == word.Subject && r.DoneAt is null);
        if (index >= 0)
            _reviews[index] = _reviews[index] with { DoneAt = at, DoneBy = word.By, Note = word.Text };
    }

    /// <summary>The reviews that are due by now, and those that are overdue.</summary>
    public IEnumerable<WatchCall> Due(DateTimeOffset now)
    {
        foreach (var (index, review) in _reviews.Index())
        {
            if (review.DoneAt is not null || now < review.DueAt)
                continue;
            var whose = review.Owner is { } owner ? $"{owner}: " : "";
            yield return new WatchCall($"review:{index}:due", CallKind.ReviewDue, review.DueAt, review.Due, Verdict.Inconclusive,
                $"review {review.Due} is due: {whose}{review.What}");
            if (now >= review.OverdueAt)
                yield return new WatchCall($"review:{index}:overdue", CallKind.ReviewOverdue, review.OverdueAt, review.Due, Verdict.Failed,
                    $"review {review.Due} is overdue: {whose}{review.What}");
        }
    }
}
