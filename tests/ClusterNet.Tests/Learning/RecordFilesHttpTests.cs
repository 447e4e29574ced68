using System.Net;
using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using ClusterNet.Files;
using ClusterNet.Tests.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using static ClusterNet.Tests.Learning.LearningWorld;

namespace ClusterNet.Tests.Learning;

/// <summary>Photos and documents of records over HTTP.</summary>
public sealed class RecordFilesHttpTests(LearningWorld world) : IClassFixture<LearningWorld>
{
    private static readonly CancellationToken Ct = TestContext.Current.CancellationToken;

    /// <summary>The smallest picture: a transparent point.</summary>
    private static readonly byte[] Picture = Convert.FromBase64String("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==");

    [Fact]
    public async Task A_photo_is_attached_seen_by_those_who_see_the_record_and_deleted_for_good()
    {
        var id = await Record(world.Anna, new { kind = "observation", what = "Saw it", visibility = "firm" });
        var sent = await Send(world.Anna, id, Picture, "press \"brake\"/../..\\ev\u202eil.exe");
        sent.StatusCode.ShouldBe(HttpStatusCode.Created);
        var address = JsonNode.Parse(await sent.Content.ReadAsStringAsync(Ct))!["address"]!.ToString();
        var path = $"/api/v1/learning/records/{id}/files/{address}";

        var record = await world.Albert.Client.Get($"/learning/records/{id}");
        var file = record.Json["files"].ShouldNotBeNull()[0].ShouldNotBeNull();
        (file["name"]!.ToString(), file["mediaType"]!.ToString()).ShouldBe(("evil.png", "image/png"));
        record.Body.ShouldNotContain("\"key\"");
        (await world.Albert.Client.Get($"/learning/records/{id}/events")).Body.ShouldContain("\"key\":\"\"");

        using var seen = await world.Albert.Client.GetAsync(path, Ct);
        (await seen.Content.ReadAsByteArrayAsync(Ct)).ShouldBe(Picture);
        seen.Content.Headers.ContentDisposition.ShouldNotBeNull().FileNameStar.ShouldBe("evil.png");
        seen.Headers.GetValues("Content-Security-Policy").ShouldHaveSingleItem().ShouldContain("sandbox");
        using var part = new HttpRequestMessage(HttpMethod.Get, path) { Headers = { Range = new RangeHeaderValue(1, 3) } };
        using var range = await world.Anna.Client.SendAsync(part, Ct);
        range.StatusCode.ShouldBe(HttpStatusCode.PartialContent);
        (await range.Content.ReadAsByteArrayAsync(Ct)).ShouldBe(Picture[1..4]);
        (await world.Bernd.Client.Get($"/learning/records/{id}/files/{address}")).ShouldBeProblem(HttpStatusCode.NotFound, "learning-record-unknown");

        (await world.Albert.Client.Post($"/learning/records/{id}/files/{address}/removal", null)).ShouldBeProblem(HttpStatusCode.Forbidden, "not-your-record");
        (await world.Anna.Client.Post($"/learning/records/{id}/files/{address}/removal", null)).ShouldBe(HttpStatusCode.OK);
        (await world.Anna.Client.Get($"/learning/records/{id}/files/{address}")).ShouldBeProblem(HttpStatusCode.NotFound, "file-unknown");
        world.Host.Services.GetRequiredService<IFileVault>().Delete(address).ShouldBeFalse("it was deleted");
    }

    [Fact]
    public async Task Nothing_is_taken_that_is_not_the_owner_s_too_large_or_none_of_the_types()
    {
        var id = await Record(world.Anna, new { kind = "observation", what = "Saw it", visibility = "cluster" });
        (await Send(world.Albert, id, Picture)).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await Send(world.Clara, id, Picture)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        await Refused(id, "<svg><script>alert(1)</script></svg>"u8.ToArray(), HttpStatusCode.UnsupportedMediaType, "file-type-not-taken");
        await Refused(id, [], HttpStatusCode.UnprocessableEntity, "file-empty");
        (await Send(world.Anna, id, new byte[50 * 1024 * 1024])).StatusCode.ShouldBe(HttpStatusCode.RequestEntityTooLarge);
        (await world.Anna.Client.Get($"/learning/records/{id}/files/{new string('0', 64)}")).ShouldBeProblem(HttpStatusCode.NotFound, "file-unknown");
        (await world.Anna.Client.Get($"/learning/records/{id}/files/..%2F..%2Fkeys")).Status.ShouldBe(HttpStatusCode.NotFound);
        (await world.Anna.Client.Get($"/learning/records/{id}")).Json["files"].ShouldNotBeNull().AsArray().ShouldBeEmpty();
    }

    [Fact]
    public async Task A_record_takes_ten_files()
    {
        var id = await Record(world.Bernd, new { kind = "observation", what = "Saw much" });
        for (var i = 0; i < 10; i++) (await Send(world.Bernd, id, Picture)).StatusCode.ShouldBe(HttpStatusCode.Created);
        (await Send(world.Bernd, id, Picture)).StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
    }

    private async Task Refused(string id, byte[] content, HttpStatusCode status, string code)
    {
        using var answer = await Send(world.Anna, id, content);
        answer.StatusCode.ShouldBe(status);
        (await answer.Content.ReadAsStringAsync(Ct)).ShouldContain(code);
    }

    private static async Task<HttpResponseMessage> Send(Account who, string id, byte[] content, string name = "photo.png")
    {
        using var body = new ByteArrayContent(content) { Headers = { ContentType = new("application/octet-stream") } };
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/api/v1/learning/records/{id}/files?name={Uri.EscapeDataString(name)}") { Content = body };
        request.Headers.ExpectContinue = true; // what is refused by its length is not sent
        return await who.Client.SendAsync(request, Ct);
    }
}
