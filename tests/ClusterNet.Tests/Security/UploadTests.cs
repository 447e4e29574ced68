using System.IO.Compression;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text;
using ClusterNet.Tests.Hosting;
using Shouldly;

namespace ClusterNet.Tests.Security;

/// <summary>Files of the wrong kind, that are too large, that blow up, that want to be somewhere: at every operation that takes a file.</summary>
public sealed class UploadTests(AllRoles house) : IClassFixture<AllRoles>
{
    private static readonly string[] Files = ["text/csv", "application/zip"];

    [Theory]
    [InlineData("application/json")]
    [InlineData("text/html")]
    [InlineData("application/vnd.ms-excel")]
    [InlineData("multipart/form-data; boundary=x")]
    [InlineData("image/svg+xml")]
    [InlineData("")]
    public async Task A_file_of_another_type_is_refused(string type)
    {
        foreach (var operation in await Uploads())
            (await Send(operation, "name\nx\n"u8.ToArray(), type)).Status.ShouldBe(HttpStatusCode.UnsupportedMediaType, $"{operation} {type}");
    }

    [Fact]
    public async Task What_is_not_what_its_type_says_is_refused_and_nothing_is_taken_in()
    {
        var before = await house.Host.EventCount();
        byte[][] contents =
        [
            [], [0, 1, 2, 3, 0xFF], "MZ\u0090\0\u0003"u8.ToArray(), "<html><script>1</script></html>"u8.ToArray(), "%PDF-1.7"u8.ToArray(),
            Encoding.UTF8.GetBytes(new string('a', 5_000_000)), Encoding.UTF8.GetBytes(new string('"', 100_001)), Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat("a,", 500_000))),
            Zip(("../../evil.csv", "x")), Zip(("/etc/cron.d/evil", "x")), Zip(("C:\\windows\\evil.csv", "x")), Zip(("skills_en.csv", new string('0', 60_000_000))),
            Zip([.. Enumerable.Range(0, 3000).Select(i => ($"skills_{i}.csv", "x"))]), Zip(("skills_en.csv", "x"))[..^30], Zip(("inner.zip", Encoding.Latin1.GetString(Zip(("inner.csv", "x"))))),
        ];
        foreach (var operation in await Uploads())
        {
            foreach (var type in operation.ContentTypes)
            {
                foreach (var (content, i) in contents.Select((c, i) => (c, i)))
                {
                    var answer = await Send(operation, content, type);
                    // A file of which nothing is a row may also be reported as having none.
                    if (answer.Status == HttpStatusCode.OK) answer.Body.ShouldContain("\"accepted\":0", Case.Sensitive, $"{operation} {type} {i}");
                    else ((int)answer.Status).ShouldBeInRange(400, 499, $"{operation} {type} {i}: {answer}");
                }
            }
        }

        (await house.Host.EventCount()).ShouldBe(before);
        Directory.EnumerateFiles(Path.GetTempPath(), "evil*", SearchOption.TopDirectoryOnly).ShouldBeEmpty();
        Directory.EnumerateFiles(house.Host.Folder, "*evil*", SearchOption.AllDirectories).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_file_that_says_how_large_it_is_is_refused_before_it_is_sent()
    {
        foreach (var operation in await Uploads())
        {
            using var socket = new TcpClient();
            await socket.ConnectAsync(house.Host.Url.Host, house.Host.Url.Port, TestContext.Current.CancellationToken);
            var head = $"{operation.Method} {house.At(operation)} HTTP/1.1\r\nHost: x\r\nCookie: {house.Olga.Client.DefaultRequestHeaders.GetValues("Cookie").Single()}\r\n"
                + $"Content-Type: {operation.ContentTypes[0]}\r\nContent-Length: 99999999999\r\n\r\n";
            await socket.GetStream().WriteAsync(Encoding.Latin1.GetBytes(head), TestContext.Current.CancellationToken);
            using var reader = new StreamReader(socket.GetStream());
            (await reader.ReadLineAsync(TestContext.Current.CancellationToken)).ShouldBe("HTTP/1.1 413 Payload Too Large", operation.ToString());
        }
    }

    [Fact]
    public async Task A_body_that_says_it_is_compressed_is_not_unpacked()
    {
        using var packed = new MemoryStream();
        await using (var gzip = new GZipStream(packed, CompressionLevel.SmallestSize, leaveOpen: true)) await gzip.WriteAsync(new byte[20_000_000], TestContext.Current.CancellationToken);
        var before = await house.Host.EventCount();
        foreach (var operation in await Uploads())
        {
            using var content = new ByteArrayContent(packed.ToArray());
            content.Headers.ContentType = new(operation.ContentTypes[0]);
            content.Headers.ContentEncoding.Add("gzip");
            var answer = await Pages.Send(house.Olga.Client, operation.Method, house.At(operation), content);
            if (answer.Status != HttpStatusCode.OK) ((int)answer.Status).ShouldBeInRange(400, 499, $"{operation}: {answer}");
        }

        (await house.Host.EventCount()).ShouldBe(before);
    }

    private async Task<IReadOnlyList<Operation>> Uploads()
    {
        var uploads = (await ApiDocument.Operations(house.Host)).Where(o => o.ContentTypes.Intersect(Files).Any()).ToList();
        uploads.Count.ShouldBeGreaterThan(3);
        return uploads;
    }

    private Task<Answer> Send(Operation operation, byte[] file, string type)
    {
        var content = new ByteArrayContent(file);
        if (type.Length > 0) content.Headers.ContentType = MediaTypeHeaderValue.Parse(type);
        return Pages.Send(house.Olga.Client, operation.Method, house.At(operation), content);
    }

    private static byte[] Zip(params (string Name, string Text)[] entries)
    {
        using var bytes = new MemoryStream();
        using (var zip = new ZipArchive(bytes, ZipArchiveMode.Create))
        {
            foreach (var (name, text) in entries)
            {
                using var entry = zip.CreateEntry(name).Open();
                entry.Write(Encoding.Latin1.GetBytes(text));
            }
        }

        return bytes.ToArray();
    }
}
