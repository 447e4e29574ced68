using System.Net;
using System.Net.Http.Headers;
using ClusterNet.Ledger;
using ClusterNet.Tests.Hosting;
using ClusterNet.Tlog;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;

namespace ClusterNet.Tests.Ledger;

/// <summary>The log as strangers meet it over HTTP.</summary>
public sealed class PublicLogTests(RunningHost host) : IClassFixture<RunningHost>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_stranger_rebuilds_the_root_from_the_entries_alone()
    {
        using var client = host.Anonymous();
        await host.Operator();
        await host.Signed();
        var (checkpoint, note) = await Checkpoint(client);
        var edge = new TreeEdge();
        for (var n = 0L; n * Tile.FullWidth < checkpoint.Size; n++)
        {
            var width = (int)Math.Min(Tile.FullWidth, checkpoint.Size - (n * Tile.FullWidth));
            var bundle = await Bytes(client, new Tile(Tile.EntriesLevel, n, width));
            var hashes = await Bytes(client, new Tile(0, n, width));
            for (var i = 0; i < width; i++)
            {
                bundle.AsSpan(i * 54, 2).ToArray().ShouldBe([0, 52]);
                var hash = MerkleTree.LeafHash(bundle.AsSpan((i * 54) + 2, 52));
                hashes.AsSpan(i * 32, 32).ToArray().ShouldBe(hash);
                edge.Append(hash);
            }
        }

        edge.Root().ShouldBe(checkpoint.Root);
        note.Signatures.ShouldHaveSingleItem().Name.ShouldBe(checkpoint.Origin);
    }

    [Fact]
    public async Task Answers_say_how_long_they_may_be_kept()
    {
        using var client = host.Anonymous();
        await host.Signed();
        using var checkpoint = await client.GetAsync("/log/checkpoint", Ct);
        (checkpoint.StatusCode, checkpoint.Content.Headers.ContentType!.ToString()).ShouldBe((HttpStatusCode.OK, "text/plain; charset=utf-8"));
        checkpoint.Headers.CacheControl!.MaxAge.ShouldBe(TimeSpan.FromSeconds(1));
        checkpoint.Headers.GetValues("Access-Control-Allow-Origin").ShouldBe(["*"]);
        using var tile = await client.GetAsync("/log/tile/0/000.p/1", Ct);
        (tile.StatusCode, tile.Content.Headers.ContentType!.ToString(), tile.Content.Headers.ContentLength).ShouldBe((HttpStatusCode.OK, "application/octet-stream", 32));
        tile.Headers.CacheControl!.ToString().ShouldContain("max-age=31536000");
        using var again = new HttpRequestMessage(HttpMethod.Get, "/log/tile/0/000.p/1");
        again.Headers.IfNoneMatch.Add(tile.Headers.ETag.ShouldNotBeNull());
        using var same = await client.SendAsync(again, Ct);
        same.StatusCode.ShouldBe(HttpStatusCode.NotModified);
        using var head = await client.SendAsync(new(HttpMethod.Head, "/log/checkpoint"), Ct);
        head.StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Bundles_are_compressed_for_who_asks()
    {
        using var client = host.Anonymous();
        await host.Signed();
        using var request = new HttpRequestMessage(HttpMethod.Get, "/log/tile/entries/000.p/1");
        request.Headers.AcceptEncoding.Add(new StringWithQualityHeaderValue("gzip"));
        using var answer = await client.SendAsync(request, Ct);
        answer.Content.Headers.ContentEncoding.ShouldBe(["gzip"]);
        await using var plain = new System.IO.Compression.GZipStream(await answer.Content.ReadAsStreamAsync(Ct), System.IO.Compression.CompressionMode.Decompress);
        using var copy = new MemoryStream();
        await plain.CopyToAsync(copy, Ct);
        copy.ToArray().ShouldBe(await Bytes(client, new Tile(Tile.EntriesLevel, 0, 1)));
    }

    [Theory]
    [InlineData("0/000")]
    [InlineData("0/0")]
    [InlineData("0/000.p/0")]
    [InlineData("0/999")]
    [InlineData("63/000")]
    [InlineData("64/000")]
    [InlineData("0/x123/x456/x789/x123/x456/789")]
    [InlineData("entries/001")]
    [InlineData("0/000.p/1/../../../etc/passwd")]
    [InlineData("%00")]
    public async Task A_tile_that_the_log_does_not_have_is_not_found(string path)
    {
        using var client = host.Anonymous();
        await host.Signed();
        using var answer = await client.GetAsync($"/log/tile/{path}", Ct);
        answer.StatusCode.ShouldBeOneOf(HttpStatusCode.NotFound, HttpStatusCode.BadRequest);
        (answer.Headers.CacheControl?.MaxAge ?? TimeSpan.Zero).ShouldBe(TimeSpan.Zero);
    }

    [Fact]
    public async Task The_policy_names_the_logs_key()
    {
        using var client = host.Anonymous();
        var policy = LogPolicy.Parse(await client.GetStringAsync("/log/policy", Ct));
        await host.Signed();
        var (_, note) = await Checkpoint(client);
        policy.FaultOf(note).ShouldBeNull();
        policy.FaultOf(note with { Text = note.Text.Replace("\n", "0\n", StringComparison.Ordinal) }).ShouldNotBeNull();
    }

    [Fact]
    public async Task A_consistency_proof_leads_from_one_size_to_another()
    {
        using var client = host.Anonymous();
        await host.Signed();
        var size = (await Checkpoint(client)).Checkpoint.Size;
        for (var from = 0L; from <= size; from++)
        {
            var answer = await client.Get($"/audit/consistency?from={from}&to={size}");
            var proof = answer.Json["proof"]!.AsArray().Select(h => Convert.FromBase64String(h!.GetValue<string>())).ToArray();
            MerkleTree.IsConsistent(
                from, Convert.FromBase64String(answer.Text("fromRoot")), size, Convert.FromBase64String(answer.Text("toRoot")), proof).ShouldBeTrue();
        }

        (await client.Get($"/audit/consistency?from=1&to={size + 100_000}")).ShouldBeProblem(HttpStatusCode.Conflict, "size-outside-log");
        (await client.Get("/audit/consistency?from=2&to=1")).ShouldBeProblem(HttpStatusCode.Conflict, "size-outside-log");
        (await client.Get("/audit/consistency?from=-1&to=1")).ShouldBeProblem(HttpStatusCode.BadRequest, "malformed-sizes");
        (await client.Get("/audit/consistency?from=1")).ShouldBeProblem(HttpStatusCode.BadRequest, "malformed-sizes");
        (await client.Get($"/audit/consistency?from=1&to={new string('9', 40)}")).ShouldBeProblem(HttpStatusCode.BadRequest, "malformed-sizes");
    }

    [Fact]
    public async Task The_state_of_the_log_is_told_in_figures()
    {
        using var client = host.Anonymous();
        await host.Signed();
        var state = await client.Get("/audit/log");
        state.Status.ShouldBe(HttpStatusCode.OK);
        (state.Json["publishedSize"]!.GetValue<long>(), state.Json["alarm"]).ShouldBe((state.Json["size"]!.GetValue<long>(), null));
        NoteVerifier.Parse(state.Text("publicKey")).ShouldNotBeNull().Name.ShouldBe(state.Text("origin"));
    }

    private async Task<(Checkpoint Checkpoint, SignedNote Note)> Checkpoint(HttpClient client)
    {
        var log = (await host.Services.GetRequiredService<SignedLog>().Open(Ct)).Verifier;
        return ClusterNet.Tlog.Checkpoint.Open(await client.GetStringAsync("/log/checkpoint", Ct), log).ShouldNotBeNull();
    }

    private static Task<byte[]> Bytes(HttpClient client, Tile tile) => client.GetByteArrayAsync($"/log/tile/{tile.Path}", Ct);
}
