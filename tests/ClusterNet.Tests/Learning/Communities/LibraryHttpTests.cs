using System.IO.Compression;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text;
using ClusterNet.Files;
using ClusterNet.Projections;
using ClusterNet.Tests.Access;
using ClusterNet.Tests.Files;
using ClusterNet.Tests.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;

namespace ClusterNet.Tests.Learning.Communities;

/// <summary>Libraries of communities over HTTP.</summary>
public sealed class LibraryHttpTests(LearningWorld world) : IClassFixture<LearningWorld>
{
    private static readonly CancellationToken Ct = TestContext.Current.CancellationToken;

    private static readonly object Guide = new { url = "https://example.org/guide", title = "Guide", text = "Read *this*.", tags = (string[])["Edges", " #edges ", "Steel"] };

    private async Task<string> Community(object? more = null, params Account[] members)
    {
        var founded = more ?? new { name = $"C {Guid.NewGuid():n}", objective = "Less waste", cluster = world.Cluster };
        var community = (await world.Anna.Client.Post("/learning/communities", founded)).ShouldBe(HttpStatusCode.Created).Id;
        foreach (var member in members) (await member.Client.Post($"/learning/communities/{community}/joining", null)).ShouldBe(HttpStatusCode.OK);
        return community;
    }

    private static async Task<string> Link(Account by, string community, object? body = null) =>
        (await by.Client.Post($"/learning/communities/{community}/library", body ?? Guide)).ShouldBe(HttpStatusCode.Created).Id;

    private static async Task<Answer> Upload(Account by, string path, byte[] content, string? key = null, string? type = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/api/v1{path}") { Content = new ByteArrayContent(content) };
        if (type is not null) request.Content.Headers.ContentType = MediaTypeHeaderValue.Parse(type);
        if (key is not null) request.Headers.Add("Idempotency-Key", key);
        request.Headers.ExpectContinue = true; // what is refused by its length is not sent
        using var answer = await by.Client.SendAsync(request, Ct);
        var headers = answer.Headers.Concat(answer.Content.Headers).ToDictionary(h => h.Key, h => string.Join(", ", h.Value), StringComparer.OrdinalIgnoreCase);
        return new(answer.StatusCode, headers, await answer.Content.ReadAsStringAsync(Ct));
    }

    private static IReadOnlyList<string> Titles(Answer list) => [.. list.ShouldBe(HttpStatusCode.OK).Items.Select(i => $"{i["title"]}")];

    private int Sealed => Directory.Exists(Vault) ? Directory.EnumerateFiles(Vault, "*", SearchOption.AllDirectories).Count() : 0;

    private string Vault => Path.Combine(world.Host.Folder, "files");

    [Fact]
    public async Task A_link_is_found_by_tag_kind_and_word_by_those_who_see_the_community()
    {
        var community = await Community(null, world.Albert);
        var item = await Link(world.Albert, community);
        var library = $"/learning/communities/{community}/library";

        var read = (await world.Bernd.Client.Get($"/learning/library/{item}")).ShouldBe(HttpStatusCode.OK);
        (read.Json["shown"]?["link"]?.ToString(), read.Json["shown"]?["tags"]?.ToJsonString(), read.Text("kind")).ShouldBe(("https://example.org/guide", """["edges","steel"]""", "link"));
        Titles(await world.Conrad.Client.Get(library)).ShouldBe(["Guide"]);
        Titles(await world.Bernd.Client.Get($"{library}?tag=EDGES&kind=link&q=gui")).ShouldBe(["Guide"]);
        Titles(await world.Bernd.Client.Get($"{library}?tag=other")).ShouldBeEmpty();
        Titles(await world.Bernd.Client.Get($"{library}?kind=video")).ShouldBeEmpty();
        (await world.Bernd.Client.Get($"{library}?kind=book")).ShouldBeProblem(HttpStatusCode.BadRequest, "library-kind-unknown");
        (await world.Bernd.Client.Get($"{library}?sort=best")).ShouldBeProblem(HttpStatusCode.BadRequest, "library-sort-unknown");
        (await world.Bernd.Client.Get($"{library}/tags")).Json.AsArray().Select(t => $"{t?["tag"]}:{t?["items"]}").ShouldBe(["edges:1", "steel:1"]);

        (await world.Clara.Client.Get(library)).ShouldBeProblem(HttpStatusCode.NotFound, "community-unknown");
        (await world.Clara.Client.Get($"{library}/tags")).ShouldBeProblem(HttpStatusCode.NotFound, "community-unknown");
        (await world.Clara.Client.Get($"/learning/library/{item}")).ShouldBeProblem(HttpStatusCode.NotFound, "library-item-unknown");
        (await world.Clara.Client.Get($"/learning/library/{item}/versions")).ShouldBeProblem(HttpStatusCode.NotFound, "library-item-unknown");
        (await world.Bernd.Client.Get($"/learning/library/{Guid.NewGuid()}")).ShouldBeProblem(HttpStatusCode.NotFound, "library-item-unknown");
        (await world.Bernd.Client.Post(library, Guide)).ShouldBeProblem(HttpStatusCode.Forbidden, "not-a-member");
        (await world.Bernd.Client.Put($"/learning/library/{item}", new { title = "Mine" })).ShouldBeProblem(HttpStatusCode.Forbidden, "not-a-member");
        (await world.Bernd.Client.Put($"/learning/library/{item}/rating", new { stars = 5 })).ShouldBeProblem(HttpStatusCode.Forbidden, "not-a-member");
    }

    [Fact]
    public async Task A_file_is_found_by_the_skills_that_were_named_when_it_was_sent()
    {
        var community = await Community(null, world.Albert);
        var files = $"/learning/communities/{community}/library/files?name=notes.txt&skill=";
        (await Upload(world.Albert, files + Uri.EscapeDataString(LearningWorld.Accounting), Encoding.UTF8.GetBytes("Debit, credit"))).ShouldBe(HttpStatusCode.Created);
        (await Upload(world.Albert, files + "urn:nothing", Encoding.UTF8.GetBytes("Sort, set, shine"))).ShouldBeProblem(HttpStatusCode.UnprocessableEntity, "skill-unknown");

        async Task<int> Count(string query) => (await world.Anna.Client.Get($"/learning/communities/{community}/library?{query}")).Items.Count;
        (await Count($"skill={Uri.EscapeDataString(LearningWorld.Accounting)}")).ShouldBe(1);
        (await Count($"skill={Uri.EscapeDataString(LearningWorld.FiveS)}")).ShouldBe(0);
        (await Count("q=accounting")).ShouldBe(1);
        (await Count("q=welding")).ShouldBe(0);
        (await world.Anna.Client.Get("/search?q=accounting")).Body.ShouldContain($"/communities/{community}/library/");
        (await world.Clara.Client.Get("/search?q=accounting")).Body.ShouldNotContain($"/communities/{community}/library/");
    }

    [Fact]
    public async Task A_video_streams_in_parts_and_runs_nothing()
    {
        var community = await Community(null, world.Albert);
        var added = (await Upload(world.Albert, $"/learning/communities/{community}/library/files?name=dot.webm&tags=dots,short&text=**One**+second", ShortFiles.WebM)).ShouldBe(HttpStatusCode.Created);
        added.Text("kind").ShouldBe("video");
        var shown = (await world.Bernd.Client.Get($"/learning/library/{added.Id}")).Json["shown"].ShouldNotBeNull();
        ($"{shown["title"]}", $"{shown["file"]?["mediaType"]}", $"{shown["tags"]?.ToJsonString()}").ShouldBe(("dot", "video/webm", """["dots","short"]"""));
        var path = $"{shown["file"]?["href"]}";

        using var whole = await world.Bernd.Client.GetAsync(new Uri(path, UriKind.Relative), Ct);
        (await whole.Content.ReadAsByteArrayAsync(Ct)).ShouldBe(ShortFiles.WebM);
        whole.Headers.AcceptRanges.ShouldContain("bytes");
        whole.Headers.GetValues("Content-Security-Policy").ShouldHaveSingleItem().ShouldContain("sandbox");
        whole.Headers.GetValues("X-Content-Type-Options").ShouldHaveSingleItem().ShouldBe("nosniff");
        foreach (var (range, from, to) in new[] { (new RangeHeaderValue(5, 99), 5, 100), (new RangeHeaderValue(null, 10), ShortFiles.WebM.Length - 10, ShortFiles.WebM.Length) })
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, path) { Headers = { Range = range } };
            using var part = await world.Bernd.Client.SendAsync(request, Ct);
            part.StatusCode.ShouldBe(HttpStatusCode.PartialContent);
            part.Content.Headers.ContentRange.ShouldNotBeNull().Length.ShouldBe(ShortFiles.WebM.Length);
            (await part.Content.ReadAsByteArrayAsync(Ct)).ShouldBe(ShortFiles.WebM[from..to]);
        }

        using var beyond = new HttpRequestMessage(HttpMethod.Get, path) { Headers = { Range = new RangeHeaderValue(10_000_000, null) } };
        (await world.Bernd.Client.SendAsync(beyond, Ct)).StatusCode.ShouldBe(HttpStatusCode.RequestedRangeNotSatisfiable);
        (await world.Clara.Client.Get(path["/api/v1".Length..])).ShouldBeProblem(HttpStatusCode.NotFound, "library-item-unknown");
        (await world.Bernd.Client.Get($"/learning/library/{added.Id}/files/{new string('0', 64)}")).ShouldBeProblem(HttpStatusCode.NotFound, "file-unknown");
        (await world.Bernd.Client.Get($"/learning/library/{added.Id}/files/..%2F..%2Fkeys")).Status.ShouldBe(HttpStatusCode.NotFound);
        (await world.Albert.Client.Get($"/learning/library/{added.Id}")).Body.ShouldNotContain("\"key\"");
    }

    [Fact]
    public async Task Nothing_is_taken_that_is_too_large_dangerous_or_comes_in_half()
    {
        var community = await Community();
        var files = $"/learning/communities/{community}/library/files?name=x.pdf";
        var (events, lies) = (await world.Host.EventCount(), Sealed);

        (await Upload(world.Anna, files, [])).ShouldBeProblem(HttpStatusCode.UnprocessableEntity, "file-empty");
        (await Upload(world.Anna, files, "<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>"u8.ToArray())).ShouldBeProblem(HttpStatusCode.UnsupportedMediaType, "file-type-not-taken");
        (await Upload(world.Anna, files, "MZ\u0090\0\u0003"u8.ToArray())).ShouldBeProblem(HttpStatusCode.UnsupportedMediaType, "file-type-not-taken");
        (await Upload(world.Anna, files, Bomb())).ShouldBeProblem(HttpStatusCode.UnprocessableEntity, "file-unpacks-too-far");
        (await Upload(world.Anna, files, new byte[50 * 1024 * 1024])).Status.ShouldBe(HttpStatusCode.RequestEntityTooLarge);
        (await Upload(world.Anna, $"{files}&title={new string('x', 200)}", ShortFiles.Png)).ShouldBeProblem(HttpStatusCode.UnprocessableEntity, "invalid-request");
        await Broken(files);

        foreach (var url in new[] { "http://169.254.169.254/latest/meta-data", "javascript:alert(1)", "http://localhost/", "" })
            (await world.Anna.Client.Post($"/learning/communities/{community}/library", new { url, title = "T" })).ShouldBeProblem(HttpStatusCode.UnprocessableEntity, "invalid-request");
        (await world.Host.EventCount()).ShouldBe(events);
        Sealed.ShouldBe(lies);
    }

    /// <summary>Somebody sends the beginning of a file and goes away.</summary>
    private async Task Broken(string path)
    {
        using (var socket = new TcpClient())
        {
            await socket.ConnectAsync(world.Host.Url.Host, world.Host.Url.Port, Ct);
            var head = $"POST /api/v1{path} HTTP/1.1\r\nHost: x\r\nCookie: {world.Anna.Client.DefaultRequestHeaders.GetValues("Cookie").Single()}\r\nContent-Length: 9000000\r\n\r\n";
            await socket.GetStream().WriteAsync((byte[])[.. Encoding.Latin1.GetBytes(head), .. ShortFiles.WebM, .. new byte[200_000]], Ct);
            // The server has begun to write.
            while (Directory.EnumerateFiles(Vault, "*.draft").All(f => new FileInfo(f).Length == 0)) await Task.Yield();
        }

        while (Directory.EnumerateFiles(Vault, "*.draft").Any()) await Task.Yield();
    }

    [Theory]
    [InlineData(null)]
    [InlineData("image/png")]
    [InlineData("application/x-www-form-urlencoded")]
    public async Task A_file_sent_twice_with_one_key_is_one_item_and_leaves_one_file(string? type)
    {
        var community = await Community();
        var (key, before, path) = (Guid.NewGuid().ToString(), Sealed, $"/learning/communities/{community}/library/files?name=a.png");
        var first = (await Upload(world.Anna, path, ShortFiles.Png, key, type)).ShouldBe(HttpStatusCode.Created);
        var again = (await Upload(world.Anna, path, ShortFiles.Png, key, type)).ShouldBe(HttpStatusCode.Created);

        again.Id.ShouldBe(first.Id);
        Sealed.ShouldBe(before + 1);
        (await Upload(world.Anna, path, "other"u8.ToArray(), key, type)).ShouldBeProblem(HttpStatusCode.UnprocessableEntity, "idempotency-key-reused");
        Titles(await world.Anna.Client.Get($"/learning/communities/{community}/library")).ShouldBe(["a"]);
    }

    [Fact]
    public async Task Versions_stay_with_who_and_why_and_nobody_s_is_passed_over()
    {
        var community = await Community(null, world.Albert, world.Bernd);
        var item = (await Upload(world.Albert, $"/learning/communities/{community}/library/files?name=list.txt", "One"u8.ToArray())).ShouldBe(HttpStatusCode.Created).Id;
        var address = $"/learning/library/{item}";

        (await Upload(world.Bernd, $"{address}/files?name=list.txt&note=Two+more", "Two"u8.ToArray())).ShouldBe(HttpStatusCode.OK);
        (await Upload(world.Bernd, $"{address}/files?name=clip.webm&note=x", ShortFiles.WebM)).ShouldBeProblem(HttpStatusCode.UnprocessableEntity, "library-kind-differs");
        (await world.Bernd.Client.Put($"{address}/link", new { url = "https://example.org/", note = "x" })).ShouldBeProblem(HttpStatusCode.UnprocessableEntity, "library-kind-differs");
        (await Upload(world.Conrad, $"{address}/files?name=x.txt&note=x", "x"u8.ToArray())).ShouldBeProblem(HttpStatusCode.Forbidden, "not-a-member");
        (await world.Albert.Client.Put(address, new { title = "Check list", text = "Before the shift" }, ("If-Match", "\"1\""))).ShouldBeProblem(HttpStatusCode.PreconditionFailed, "stale-version");
        (await world.Albert.Client.Put(address, new { title = "Check list", text = "Before the shift" }, ("If-Match", "\"2\""))).ShouldBe(HttpStatusCode.OK);

        var versions = (await world.Conrad.Client.Get($"{address}/versions")).Json.AsArray();
        versions.Select(v => $"{v?["number"]} {v?["title"]} {v?["note"]} {v?["by"]}").ShouldBe(
            [$"1 list  {world.Albert.Person}", $"2 list Two more {world.Bernd.Person}", $"3 Check list  {world.Albert.Person}"]);
        foreach (var (version, says) in new[] { (0, "One"), (1, "Two"), (2, "Two") })
            (await world.Conrad.Client.GetStringAsync(new Uri($"{versions[version]?["file"]?["href"]}", UriKind.Relative), Ct)).ShouldBe(says);
        (await world.Albert.Client.Post($"{address}/withdrawal", null)).ShouldBeProblem(HttpStatusCode.Forbidden, "not-your-library-item");
    }

    [Fact]
    public async Task Ratings_count_once_each_and_tell_nobody_whose_they_are()
    {
        var community = await Community(null, world.Albert, world.Bernd);
        var (item, other) = (await Link(world.Albert, community), await Link(world.Albert, community, new { url = "https://example.org/other", title = "Other" }));
        var address = $"/learning/library/{item}";

        (await world.Albert.Client.Put($"{address}/rating", new { stars = 5 })).ShouldBeProblem(HttpStatusCode.UnprocessableEntity, "own-library-item");
        (await world.Anna.Client.Put($"{address}/rating", new { stars = 6 })).ShouldBeProblem(HttpStatusCode.UnprocessableEntity, "invalid-request");
        (await world.Anna.Client.Put($"{address}/rating", new { stars = 2 })).ShouldBe(HttpStatusCode.OK);
        (await world.Anna.Client.Put($"{address}/rating", new { stars = 4 })).ShouldBe(HttpStatusCode.OK);
        (await world.Bernd.Client.Put($"{address}/use", new { used = true })).ShouldBe(HttpStatusCode.OK);

        var seen = (await world.Albert.Client.Get(address)).ShouldBe(HttpStatusCode.OK);
        (seen.Json["figures"]?.ToJsonString(), seen.Json["mine"]?["stars"]?.ToString()).ShouldBe(("""{"ratings":1,"mean":null,"uses":1}""", null));
        seen.Body.ShouldNotContain(world.Anna.Person);
        seen.Body.ShouldNotContain(world.Bernd.Person);
        (await world.Anna.Client.Get(address)).Json["mine"]?["stars"]?.ToString().ShouldBe("4");

        List<Account> more = [world.Bernd];
        for (var i = 0; i < 3; i++)
        {
            var somebody = await world.Host.Newcomer(world.Operator, $"Rater {i}");
            (await world.Conrad.Client.Post("/access/roles", new { person = somebody.Person, role = "assessor", scopeKind = "cluster", scopeId = world.Cluster, reason = "helps" })).ShouldBe(HttpStatusCode.Created);
            (await somebody.Client.Post($"/learning/communities/{community}/joining", null)).ShouldBe(HttpStatusCode.OK);
            more.Add(somebody);
        }

        foreach (var rater in more) (await rater.Client.Put($"{address}/rating", new { stars = 5 })).ShouldBe(HttpStatusCode.OK);
        (await world.Conrad.Client.Get(address)).Json["figures"]?.ToJsonString().ShouldBe("""{"ratings":5,"mean":5,"uses":1}""");
        var library = $"/learning/communities/{community}/library";
        Titles(await world.Conrad.Client.Get($"{library}?sort=newest")).ShouldBe(["Other", "Guide"]);
        Titles(await world.Conrad.Client.Get($"{library}?sort=rating")).ShouldBe(["Guide", "Other"]);
        Titles(await world.Conrad.Client.Get($"{library}?sort=used")).ShouldBe(["Guide", "Other"]);
        var first = await world.Conrad.Client.Get($"{library}?sort=rating&limit=1");
        Titles(first).ShouldBe(["Guide"]);
        Titles(await world.Conrad.Client.Get($"{library}?sort=rating&limit=1&cursor={Uri.EscapeDataString(first.Text("next"))}")).ShouldBe(["Other"]);
        (await world.Anna.Client.Put($"{address}/rating", new { stars = (int?)null })).ShouldBe(HttpStatusCode.OK);
        (await world.Conrad.Client.Get(address)).Json["figures"]?.ToJsonString().ShouldBe("""{"ratings":4,"mean":null,"uses":1}""");
        (await world.Bernd.Client.Get($"/learning/library/{other}")).Json["figures"]?["ratings"]?.GetValue<int>().ShouldBe(0);
    }

    [Fact]
    public async Task A_flag_leads_to_hiding_correcting_and_showing_again_with_reasons_that_members_read()
    {
        var community = await Community(null, world.Albert, world.Bernd);
        var item = await Link(world.Albert, community, new { url = "https://example.org/x", title = "Of customer Meier", text = "Meier's plan" });
        var address = $"/learning/library/{item}";

        (await world.Bernd.Client.Post($"{address}/flags", new { reason = "" })).ShouldBeProblem(HttpStatusCode.UnprocessableEntity, "invalid-request");
        (await world.Bernd.Client.Post($"{address}/flags", new { reason = "Names a customer" })).ShouldBe(HttpStatusCode.OK);
        var waiting = (await world.Anna.Client.Get($"/learning/communities/{community}/moderation")).Json["waiting"].ShouldNotBeNull().AsArray().ShouldHaveSingleItem().ShouldNotBeNull();
        ($"{waiting["kind"]}", $"{waiting["item"]}", $"{waiting["flags"]}").ShouldBe(("library-item", item, "1"));
        (await world.Bernd.Client.Post($"{address}/moderation", new { step = "hide", reason = "x" })).ShouldBeProblem(HttpStatusCode.Forbidden, "not-a-facilitator");
        (await world.Bernd.Client.Put($"{address}/versions/1/correction", new { title = "x", reason = "x" })).ShouldBeProblem(HttpStatusCode.Forbidden, "not-a-facilitator");

        (await world.Anna.Client.Post($"{address}/moderation", new { step = "hide", reason = "A customer is named" })).ShouldBe(HttpStatusCode.OK);
        (await world.Bernd.Client.Get(address)).ShouldBeProblem(HttpStatusCode.NotFound, "library-item-unknown");
        Titles(await world.Bernd.Client.Get($"/learning/communities/{community}/library")).ShouldBeEmpty();
        (await world.Bernd.Client.Get("/search?q=Meier")).Body.ShouldNotContain(item);
        (await world.Albert.Client.Get(address)).ShouldBe(HttpStatusCode.OK);
        (await world.Bernd.Client.Put($"{address}/rating", new { stars = 1 })).ShouldBeProblem(HttpStatusCode.NotFound, "library-item-unknown");

        (await world.Anna.Client.Put($"{address}/versions/1/correction", new { title = "Of a customer", text = "A plan", reason = "Name taken out" })).ShouldBe(HttpStatusCode.OK);
        (await world.Anna.Client.Post($"{address}/moderation", new { step = "restore", reason = "In order now" })).ShouldBe(HttpStatusCode.OK);
        (await world.Bernd.Client.Get($"{address}/versions")).Body.ShouldNotContain("Meier");
        (await world.Albert.Client.Get($"{address}/versions")).Body.ShouldContain("Meier");
        var log = (await world.Bernd.Client.Get($"/learning/communities/{community}/moderation")).Json["log"].ShouldNotBeNull().AsArray();
        log.Select(l => $"{l?["kind"]} {l?["step"]}").ShouldBe(["library-item restore", "library-item correct", "library-item hide"]);
        await world.Host.CaughtUp();
        (await world.Albert.Client.Get("/access/me/notices")).Items.Where(n => n.ToString().Contains(item, StringComparison.Ordinal)).Select(n => $"{n["kind"]}").ShouldContain("library-moderated");
    }

    [Fact]
    public async Task What_waits_for_review_and_drafts_are_seen_by_whom_they_are_for_only()
    {
        var community = await Community(new { name = $"C {Guid.NewGuid():n}", objective = "x", cluster = world.Cluster, kind = "organised", reviewed = true }, world.Albert, world.Bernd);
        var library = $"/learning/communities/{community}/library";
        var draft = await Link(world.Albert, community, new { url = "https://example.org/x", title = "Quernstones", draft = true });
        (await world.Anna.Client.Get($"/learning/library/{draft}")).ShouldBeProblem(HttpStatusCode.NotFound, "library-item-unknown");
        Titles(await world.Albert.Client.Get(library)).ShouldBe(["Quernstones"]);
        Titles(await world.Anna.Client.Get(library)).ShouldBeEmpty();

        (await world.Albert.Client.Post($"/learning/library/{draft}/versions/1/publication", null)).ShouldBe(HttpStatusCode.OK);
        Titles(await world.Anna.Client.Get(library)).ShouldBe(["Quernstones"]);
        (await world.Bernd.Client.Get($"/learning/library/{draft}")).ShouldBeProblem(HttpStatusCode.NotFound, "library-item-unknown");
        (await world.Bernd.Client.Post($"/learning/library/{draft}/versions/1/publication", null)).ShouldBeProblem(HttpStatusCode.NotFound, "library-item-unknown");
        (await world.Albert.Client.Post($"/learning/library/{draft}/versions/1/publication", null)).ShouldBeProblem(HttpStatusCode.Forbidden, "not-a-facilitator");
        (await world.Anna.Client.Post($"/learning/library/{draft}/versions/1/publication", null)).ShouldBe(HttpStatusCode.OK);
        Titles(await world.Conrad.Client.Get(library)).ShouldBe(["Quernstones"]);
        (await world.Bernd.Client.Put($"/learning/library/{draft}/link", new { url = "https://example.org/new", note = "Moved" })).ShouldBe(HttpStatusCode.OK);
        (await world.Albert.Client.Get($"/learning/library/{draft}")).Json["shown"]?["link"]?.ToString().ShouldBe("https://example.org/x");
        (await world.Albert.Client.Get($"/learning/library/{draft}/versions")).Json.AsArray().Count.ShouldBe(1);
        (await world.Anna.Client.Get($"/learning/library/{draft}/versions")).Json.AsArray().Count.ShouldBe(2);
        await world.Host.CaughtUp();
        (await world.Bernd.Client.Get("/access/me/notices")).Items.Where(n => n.ToString().Contains(draft, StringComparison.Ordinal)).Select(n => $"{n["kind"]}").ShouldBe(["library-added"]);
        (await world.Clara.Client.Get("/search?q=Quernstones")).Json["hits"].ShouldNotBeNull().AsArray().ShouldBeEmpty();
        (await world.Conrad.Client.Get("/search?q=Quernstones")).Json["hits"].ShouldNotBeNull().AsArray().Select(h => $"{h?["kind"]} {h?["href"]}")
            .ShouldBe([$"library-item /communities/{community}/library/{draft}"]);
    }

    [Fact]
    public async Task In_a_closed_community_nothing_is_added_and_everything_is_read()
    {
        var community = await Community();
        var item = await Link(world.Anna, community);
        (await world.Anna.Client.Post($"/learning/communities/{community}/closure", new { reason = "Done" })).ShouldBe(HttpStatusCode.OK);

        (await world.Anna.Client.Post($"/learning/communities/{community}/library", Guide)).ShouldBeProblem(HttpStatusCode.Conflict, "community-closed");
        (await world.Anna.Client.Put($"/learning/library/{item}", new { title = "Other" })).ShouldBeProblem(HttpStatusCode.Conflict, "community-closed");
        (await world.Conrad.Client.Get($"/learning/library/{item}")).ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task What_is_taken_back_is_gone_with_its_files()
    {
        var community = await Community(null, world.Albert);
        var item = (await Upload(world.Albert, $"/learning/communities/{community}/library/files?name=a.png", ShortFiles.Png)).ShouldBe(HttpStatusCode.Created).Id;
        var address = (await world.Albert.Client.Get($"/learning/library/{item}")).Json["shown"]?["file"]?["address"]?.ToString().ShouldNotBeNull();

        (await world.Anna.Client.Post($"/learning/library/{item}/withdrawal", null)).ShouldBeProblem(HttpStatusCode.Forbidden, "not-your-library-item");
        (await world.Albert.Client.Post($"/learning/library/{item}/withdrawal", null)).ShouldBe(HttpStatusCode.OK);
        (await world.Albert.Client.Get($"/learning/library/{item}")).ShouldBeProblem(HttpStatusCode.NotFound, "library-item-unknown");
        world.Host.Services.GetRequiredService<IFileVault>().Delete(address!).ShouldBeFalse("it was deleted");
    }

    [Fact]
    public async Task With_somebody_erased_go_their_words_and_files_and_what_others_made_of_it_stays()
    {
        var community = await Community(null, world.Bernd);
        var gone = await world.Host.Newcomer(world.Operator, "Gone Goneson");
        (await world.Conrad.Client.Post("/access/roles", new { person = gone.Person, role = "assessor", scopeKind = "cluster", scopeId = world.Cluster, reason = "helps" })).ShouldBe(HttpStatusCode.Created);
        (await gone.Client.Post($"/learning/communities/{community}/joining", null)).ShouldBe(HttpStatusCode.OK);
        var kept = (await Upload(gone, $"/learning/communities/{community}/library/files?name=mine.txt", "Mine"u8.ToArray())).ShouldBe(HttpStatusCode.Created).Id;
        (await Upload(world.Bernd, $"/learning/library/{kept}/files?name=ours.txt&note=Better", "Ours"u8.ToArray())).ShouldBe(HttpStatusCode.OK);
        var lost = (await Upload(gone, $"/learning/communities/{community}/library/files?name=lost.txt", "Lost"u8.ToArray())).ShouldBe(HttpStatusCode.Created).Id;
        var versions = (await world.Bernd.Client.Get($"/learning/library/{kept}/versions")).Json.AsArray();
        (await Exported(gone)).ShouldContain("library_item_added");

        (await gone.Client.Post("/access/me/erasure", new { confirm = "erase" })).ShouldBe(HttpStatusCode.Created);
        await Life.Carried(world.Host);

        var vault = world.Host.Services.GetRequiredService<IFileVault>();
        vault.Held(DateTimeOffset.MaxValue).ShouldNotContain($"{versions[0]?["file"]?["address"]}");
        (await world.Bernd.Client.GetStringAsync(new Uri($"{versions[1]?["file"]?["href"]}", UriKind.Relative), Ct)).ShouldBe("Ours");
        var left = (await world.Bernd.Client.Get($"/learning/library/{lost}")).ShouldBe(HttpStatusCode.OK);
        (left.Json["shown"]?["title"]?["erased"]?.GetValue<bool>(), left.Json["shown"]?["file"]).ShouldBe((true, null));
        (await world.Bernd.Client.Get("/search?q=lost")).Body.ShouldNotContain(lost);
        (await world.Bernd.Client.Get($"/learning/communities/{community}/library")).Items.Count.ShouldBe(2);
        (await world.Host.Services.GetRequiredService<Replay>().Verify(null, Ct)).ShouldAllBe(r => r.Equal);
    }

    [Fact]
    public async Task What_a_crash_left_in_the_vault_is_collected_after_a_day_and_nothing_else()
    {
        var community = await Community();
        var item = (await Upload(world.Anna, $"/learning/communities/{community}/library/files?name=a.png", ShortFiles.Png)).ShouldBe(HttpStatusCode.Created).Id;
        var record = await LearningWorld.Record(world.Anna, new { kind = "observation", what = "Saw it" });
        var attached = (await Upload(world.Anna, $"/learning/records/{record}/files?name=b.png", ShortFiles.Png)).ShouldBe(HttpStatusCode.Created).Text("address");
        (await Upload(world.Anna, $"/learning/library/{item}/files?name=c.png", ShortFiles.Png)).ShouldBe(HttpStatusCode.OK);
        var versions = (await world.Anna.Client.Get($"/learning/library/{item}/versions")).Json.AsArray();
        var (added, renewed) = ($"{versions[0]?["file"]?["address"]}", $"{versions[1]?["file"]?["address"]}");
        var vault = world.Host.Services.GetRequiredService<IFileVault>();
        var (old, young) = (await Orphan(vault), await Orphan(vault));
        var draft = Path.Combine(Vault, "left.draft");
        await File.WriteAllTextAsync(draft, "half", Ct);
        foreach (var path in new[] { PathOf(old), PathOf(added), PathOf(renewed), PathOf(attached), draft }) File.SetLastWriteTimeUtc(path, DateTime.UtcNow.AddDays(-2));

        await world.Host.Services.GetRequiredService<FileCollector>().Tick(Ct);

        new[] { old, young, added, renewed, attached }.Select(a => File.Exists(PathOf(a))).ShouldBe([false, true, true, true, true]);
        File.Exists(draft).ShouldBeFalse();
        vault.Delete(young);
    }

    private string PathOf(string address) => Path.Combine(Vault, address[..2], address);

    private static async Task<string> Orphan(IFileVault vault) => (await vault.Take(new MemoryStream(ShortFiles.Png), 1_000_000, Ct)).File.ShouldNotBeNull().Address;

    private static async Task<string> Exported(Account who)
    {
        await using var zip = new ZipArchive(await who.Client.GetStreamAsync(new Uri("/api/v1/access/me/export", UriKind.Relative), Ct));
        var texts = new List<string>();
        foreach (var entry in zip.Entries)
        {
            using var reader = new StreamReader(await entry.OpenAsync(Ct));
            texts.Add(await reader.ReadToEndAsync(Ct));
        }

        return string.Concat(texts);
    }

    private static byte[] Bomb()
    {
        using var bytes = new MemoryStream();
        using (var zip = new ZipArchive(bytes, ZipArchiveMode.Create))
        {
            foreach (var name in new[] { "[Content_Types].xml", "word/document.xml" })
            {
                using var entry = zip.CreateEntry(name).Open();
                entry.Write(new byte[30_000_000]);
            }
        }

        return bytes.ToArray();
    }
}
