using ClusterNet.Privacy;
using Shouldly;

namespace ClusterNet.Tests.Privacy;

public class ErasureJournalTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Entries_are_read_as_written_each_event_once()
    {
        var journal = NewJournal();
        var (first, second) = (Entry("learning", "freetext"), Entry("identity"));

        journal.Read().ShouldBeEmpty();
        foreach (var entry in (ErasureEntry[])[first, second, first]) await journal.Append(entry, Ct);

        Same(journal.Read(), first, second);
    }

    [Fact]
    public async Task A_line_that_was_not_written_to_its_end_is_no_entry_and_gives_way_to_the_next_one()
    {
        var journal = NewJournal();
        var (first, second) = (Entry("learning"), Entry("identity"));
        await journal.Append(first, Ct);
        await File.AppendAllTextAsync(journal.File, """{"eventId":"0198f2c4-7d1e""", Ct);

        Same(journal.Read(), first);
        await journal.Append(second, Ct);

        Same(journal.Read(), first, second);
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("nothing like it")]
    [InlineData("")]
    public async Task A_broken_line_within_is_named_and_never_skipped(string line)
    {
        var journal = NewJournal();
        await journal.Append(Entry("learning"), Ct);
        await File.AppendAllTextAsync(journal.File, line + "\n", Ct);

        Should.Throw<ErasureJournalException>(journal.Read).Message.ShouldContain("Line 2");
        await Should.ThrowAsync<ErasureJournalException>(journal.Append(Entry("identity"), Ct));
    }

    [Fact]
    public async Task Several_hosts_write_it_together()
    {
        var journal = NewJournal();
        var entries = Enumerable.Range(0, 20).Select(_ => Entry("learning")).ToList();

        await Task.WhenAll(entries.Select(e => Task.Run(() => journal.Append(e, Ct))));

        journal.Read().Select(e => e.EventId).ShouldBe(entries.Select(e => e.EventId), ignoreOrder: true);
    }

    private static ErasureJournal NewJournal() => new(new(Path.Combine(TestServer.NewFolder(), "mirror")));

    private static ErasureEntry Entry(params string[] classes) =>
        new(Guid.NewGuid(), Guid.NewGuid(), classes, new(2026, 3, 1, 9, 0, 0, TimeSpan.Zero));

    private static void Same(IReadOnlyList<ErasureEntry> read, params ErasureEntry[] written) =>
        read.Select(e => (e.EventId, e.Subject, string.Join(' ', e.Classes), e.At))
            .ShouldBe(written.Select(e => (e.EventId, e.Subject, string.Join(' ', e.Classes), e.At)));
}
