using System.Collections.Concurrent;
using System.Globalization;
using ReleaseOps.Ledger;

namespace ReleaseOps.Tests.Ledger;

public sealed class LedgerAppendTests : IDisposable
{
    private readonly LedgerFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Threads_append_side_by_side_and_each_finds_its_events_in_its_order()
    {
        const int Threads = 8;
        const int Each = 100;
        var returned = new ConcurrentBag<(int Thread, int Number, long Seq)>();
        using (var ledger = _folder.Open())
        {
            RunThreads(Threads, thread =>
            {
                var run = thread.ToString(CultureInfo.InvariantCulture);
                for (var i = 0; i < Each; i++)
                    returned.Add((thread, i, ledger.Append("t", run, data => data.WriteNumber("i", i)).Seq));
            });
        }
        var read = FileLedger.Read(_folder.Folder).Skip(1)
            .Select(e => (int.Parse(e.Run, CultureInfo.InvariantCulture), e.Data.GetProperty("i").GetInt32(), e.Seq)).ToList();
        Assert.Equal(Threads * Each, read.Count);
        Assert.Equal(returned.OrderBy(e => e.Seq), read);
        for (var thread = 0; thread < Threads; thread++)
            Assert.Equal(Enumerable.Range(0, Each), read.Where(e => e.Item1 == thread).Select(e => e.Item2));
    }

    [Fact]
    public void A_reader_sees_whole_verified_events_while_a_writer_works()
    {
        using var ledger = _folder.Open();
        var appended = 1L;
        var done = false;
        var reads = 0;
        RunThreads(2, thread =>
        {
            if (thread == 0)
            {
                for (var i = 0; i < 1000 || Volatile.Read(ref reads) < 3; i++)
                    Volatile.Write(ref appended, ledger.Append("t", "r", data => data.WriteString("x", new string('x', i % 5000))).Seq);
                Volatile.Write(ref done, true);
                return;
            }
            do
            {
                var atLeast = Volatile.Read(ref appended);
                Assert.True(FileLedger.Read(_folder.Folder).Count() >= atLeast);
                Assert.True(ledger.ReadAll().LongCount() >= atLeast);
                Assert.Null(FileLedger.Verify(_folder.Folder).Problem);
                Volatile.Write(ref reads, reads + 1);
            }
            while (!Volatile.Read(ref done));
        });
        Assert.Equal(ledger.ReadAll().LongCount(), _folder.Verify().Events);
    }

    [Fact]
    public void After_a_failure_every_thread_and_every_later_append_gets_the_same_error()
    {
        using var ledger = _folder.Open();
        var errors = new ConcurrentBag<string>();
        RunThreads(8, thread =>
        {
            for (var i = 0; i < 200; i++)
            {
                if (thread == 0 && i == 20)
                    File.Delete(_folder.Lock);
                try
                {
                    ledger.Append("t", "r");
                }
                catch (ReleaseOpsException e)
                {
                    Assert.Equal(ErrorId.LedgerLost, e.Id);
                    errors.Add(e.Message);
                    return;
                }
            }
        });
        Assert.NotEmpty(errors);
        Assert.Single(errors.Distinct());
        Assert.Equal(errors.First(), Assert.Throws<ReleaseOpsException>(() => ledger.Append("t", "r")).Message);
        ledger.Dispose();
        _folder.Open().Dispose();
        Assert.True(_folder.Verify().IsIntact);
    }

    private static void RunThreads(int count, Action<int> work)
    {
        var failures = new ConcurrentBag<Exception>();
        var threads = Enumerable.Range(0, count).Select(i => new Thread(() =>
        {
            try
            {
                work(i);
            }
            catch (Exception e)
            {
                failures.Add(e);
            }
        })).ToList();
        threads.ForEach(t => t.Start());
        threads.ForEach(t => t.Join());
        Assert.Empty(failures);
    }
}
