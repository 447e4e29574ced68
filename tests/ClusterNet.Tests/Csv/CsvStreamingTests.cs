using System.Text;
using ClusterNet.Csv;
using Shouldly;

namespace ClusterNet.Tests.Csv;

public class CsvStreamingTests
{
    private static readonly CsvLayout Layout = new(["number", "text"]);

    [Fact]
    public async Task Fifty_megabytes_are_read_as_they_come()
    {
        var ct = TestContext.Current.CancellationToken;
        const int FurthestAhead = 128 * 1024;
        await using var stream = new Endless(row => Encoding.ASCII.GetBytes($"{row:D9},{new string('x', 89)}\n"), rows: 520_000);
        using var file = await CsvFile.OpenAsync(stream, Layout, ct);
        var delivered = 0;
        var furthest = 0L;

        await foreach (var row in file.ReadAsync(ct))
        {
            delivered++;
            furthest = Math.Max(furthest, stream.Given - (delivered * 100L));
            row.Whole("number", 0, int.MaxValue).ShouldBe(delivered);
        }

        delivered.ShouldBe(520_000);
        stream.Given.ShouldBeGreaterThan(50_000_000);
        furthest.ShouldBeLessThan(FurthestAhead);
    }

    [Fact]
    public async Task An_unclosed_quote_does_not_make_the_rest_of_a_big_file_pile_up()
    {
        var ct = TestContext.Current.CancellationToken;
        var (good, open) = (Encoding.ASCII.GetBytes($"1,{new string('x', 97)}\n"), "3,\"open\n"u8.ToArray());
        await using var stream = new Endless(row => row == 3 ? open : good, rows: 500_000);
        using var file = await CsvFile.OpenAsync(stream, Layout, ct);
        var before = GC.GetAllocatedBytesForCurrentThread();
        List<CsvRow> rows = [];

        await foreach (var row in file.ReadAsync(ct))
            rows.Add(row);

        rows.Count.ShouldBe(3);
        rows[2].Faults.ShouldHaveSingleItem().Line.ShouldBe(4);
        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBeLessThan(5_000_000);
    }

    [Fact]
    public async Task A_row_of_delimiters_without_end_is_cut()
    {
        var file = await CsvTexts.Read("name,city\nA" + new string(',', 3_000_000) + "\nC,D\n");

        file.Rows[0].Faults.ShouldHaveSingleItem().Code.ShouldBe("csv-too-long");
        file.Rows[1].Raw("city").ShouldBe("D");
    }

    [Fact]
    public async Task Rows_are_read_once()
    {
        var ct = TestContext.Current.CancellationToken;
        using var file = await CsvFile.OpenAsync(new MemoryStream("number,text\n1,a\n"u8.ToArray()), Layout, ct);

        (await file.ReadAsync(ct).CountAsync(ct)).ShouldBe(1);
        await Should.ThrowAsync<InvalidOperationException>(async () => await file.ReadAsync(ct).CountAsync(ct));
    }

    [Fact]
    public async Task Reading_stops_when_it_is_cancelled()
    {
        using var cancel = new CancellationTokenSource();
        await using var stream = new Endless(row => Encoding.ASCII.GetBytes($"{row},x\n"), rows: int.MaxValue);
        using var file = await CsvFile.OpenAsync(stream, Layout, TestContext.Current.CancellationToken);

        await Should.ThrowAsync<OperationCanceledException>(async () =>
        {
            await foreach (var row in file.ReadAsync(cancel.Token))
            {
                if (row.Line == 10)
                    await cancel.CancelAsync();
            }
        });
    }

    /// <summary>Makes its text as it is read, counts what it gave, and refuses synchronous reads, as request bodies do.</summary>
    private sealed class Endless(Func<int, byte[]> rowAt, int rows) : Stream
    {
        private byte[] current = "number,text\n"u8.ToArray();
        private int at;
        private int row;

        internal long Given { get; private set; }

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position { get => Given; set => throw new NotSupportedException(); }

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var filled = 0;
            while (filled < buffer.Length && (at < current.Length || NextRow()))
            {
                var length = Math.Min(buffer.Length - filled, current.Length - at);
                current.AsMemory(at, length).CopyTo(buffer[filled..]);
                (at, filled) = (at + length, filled + length);
            }

            Given += filled;
            return ValueTask.FromResult(filled);
        }

        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException("Read me asynchronously.");

        public override void Flush() => throw new NotSupportedException();

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        private bool NextRow()
        {
            if (row == rows)
                return false;
            (current, at) = (rowAt(++row), 0);
            return true;
        }
    }
}
