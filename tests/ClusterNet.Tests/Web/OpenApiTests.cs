using System.Text.Json;
using System.Text.Json.Nodes;
using ClusterNet.EventStore;
using ClusterNet.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.OpenApi;
using Shouldly;

namespace ClusterNet.Tests.Web;

public sealed class OpenApiTests : IAsyncLifetime
{
    private TestApp _app = null!; // set before every test
    private JsonNode _document = null!; // set before every test

    internal sealed record Room(Id<Room> Id, string Name, DateTimeOffset? FreeFromAt);

    internal static class AddRoomEndpoint
    {
        internal sealed record Body(string Name, Id<Room>? Neighbour = null, DateOnly? OpensOn = null);
    }

    internal static class RenameRoomEndpoint
    {
        internal sealed record Body(string Name);
    }

    internal static class ListRooms
    {
        internal sealed record Row(Id<Room> Id, string Name);
    }

    public async ValueTask InitializeAsync()
    {
        _app = await TestApp.Start(
            app =>
            {
                var api = app.MapApi();
                api.MapPost("/rooms", Results<Created<Room>, ProblemHttpResult> (AddRoomEndpoint.Body body) =>
                    Problems.Of(409, "no", body.Name))
                    .WithName("AddRoom")
                    .WithExample(new AddRoomEndpoint.Body("Oak", OpensOn: new(2026, 5, 31)))
                    .WithAnswerExample(new Room(new(new("0198f2c4-7d1e-7c3a-9b43-0a1b2c3d4e5f")), "Oak", null));
                api.MapPut("/rooms/{id}/name", NoContent (Id<Room> id, RenameRoomEndpoint.Body body, IfMatch ifMatch) =>
                    throw new InvalidOperationException($"{id} {body} {ifMatch}"));
                api.MapGet("/rooms", (PageRequest page) => page.Answer(Array.Empty<ListRooms.Row>(), row => row.Id.Value))
                    .WithSummary("All rooms");
                api.MapGet("/rooms/{id}", Ok<Room> (Id<Room> id) => throw new InvalidOperationException($"{id}")).AllowAnonymous();
                app.MapHealth();
                app.MapClusterNetOpenApi();
            },
            builder => builder.Services.AddClusterNetOpenApi(new() { Title = "Rooms", Version = "1.2.3" }, "session"));
        var answer = await _app.Get(ClusterNetOpenApi.Path);
        answer.Status.ShouldBe(200, answer.Text);
        _document = JsonNode.Parse(answer.Text).ShouldNotBeNull();
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    [Fact]
    public async Task The_description_is_openapi_3_1_that_a_reader_accepts()
    {
        Text("openapi").ShouldStartWith("3.1.");
        Text("info/title").ShouldBe("Rooms");
        Text("info/version").ShouldBe("1.2.3");

        using var stream = new MemoryStream(JsonSerializer.SerializeToUtf8Bytes(_document));
        var read = await OpenApiDocument.LoadAsync(stream, "json", cancellationToken: TestContext.Current.CancellationToken);
        read.Diagnostic.ShouldNotBeNull().Errors.ShouldBeEmpty();
    }

    [Fact]
    public void Every_reference_leads_to_something()
    {
        var references = Walk(_document).Where(at => at.Name == "$ref").Select(at => at.Value.GetValue<string>()).ToList();

        references.Count.ShouldBeGreaterThan(10);
        foreach (var reference in references)
        {
            At(reference[2..]).ShouldNotBeNull(reference);
        }
    }

    [Fact]
    public void Every_operation_has_an_id_a_summary_and_a_tag_of_the_list()
    {
        At("tags").ShouldNotBeNull().ToJsonString().ShouldBe("""[{"name":"rooms"}]""");
        var operations = At("paths").ShouldNotBeNull().AsObject().SelectMany(path => path.Value.ShouldNotBeNull().AsObject()).ToList();

        operations.Count.ShouldBe(4);
        operations.Select(o => o.Value.ShouldNotBeNull()["operationId"].ShouldNotBeNull().GetValue<string>())
            .ShouldBe(["AddRoom", "GetRooms", "PutRoomsIdName", "GetRoomsId"], ignoreOrder: true);
        operations.ShouldAllBe(o => o.Value!["summary"] != null && o.Value["tags"]!.AsArray().Count == 1);
        Text("paths/~1api~1v1~1rooms/post/summary").ShouldBe("Add room");
        Text("paths/~1api~1v1~1rooms/get/summary").ShouldBe("All rooms");
    }

    [Fact]
    public void Bodies_of_the_same_short_name_are_told_apart()
    {
        var schemas = _document["components"].ShouldNotBeNull()["schemas"].ShouldNotBeNull().AsObject().Select(schema => schema.Key);

        schemas.ShouldBe(
            ["AddRoomBody", "RenameRoomBody", "OpenApiTestsRoom", "ListRoomsRow", "PageOfListRoomsRow", "Problem"], ignoreOrder: true);
    }

    [Fact]
    public void Identities_and_days_and_texts_say_what_they_are()
    {
        Text("components/schemas/OpenApiTestsRoom/properties/id/format").ShouldBe("uuid");
        Text("components/schemas/OpenApiTestsRoom/properties/name/type").ShouldBe("string");
        Text("components/schemas/OpenApiTestsRoom/properties/freeFromAt/format").ShouldBe("date-time");
        Text("components/schemas/OpenApiTestsRoom/properties/freeFromAt/type").ShouldBe("""["null","string"]""");
        Text("components/schemas/PageOfListRoomsRow/properties/next/type").ShouldBe("""["null","string"]""");
        Text("components/schemas/AddRoomBody/properties/neighbour/format").ShouldBe("uuid");
        Text("components/schemas/AddRoomBody/properties/opensOn/format").ShouldBe("date");
        Text("paths/~1api~1v1~1rooms~1{id}/get/parameters/0/schema/format").ShouldBe("uuid");
    }

    [Fact]
    public void Headers_and_page_parameters_are_described()
    {
        Parameters("~1api~1v1~1rooms/post").ShouldBe(["Idempotency-Key"]);
        Parameters("~1api~1v1~1rooms~1{id}~1name/put").ShouldBe(["id", "If-Match"]);
        Parameters("~1api~1v1~1rooms/get").ShouldBe(["limit", "cursor"]);
    }

    [Fact]
    public void Problems_are_described_where_they_can_happen()
    {
        Statuses("~1api~1v1~1rooms/post").ShouldBe(["201", "400", "401", "403", "409", "413", "415", "422", "429"]);
        Statuses("~1api~1v1~1rooms~1{id}~1name/put")
            .ShouldBe(["204", "400", "401", "403", "404", "409", "412", "413", "415", "422", "429"]);
        Statuses("~1api~1v1~1rooms~1{id}/get").ShouldBe(["200", "400", "404", "429"]);
    }

    [Fact]
    public void Sign_in_is_asked_where_it_is_needed()
    {
        At("paths/~1api~1v1~1rooms/post/security").ShouldNotBeNull().ToJsonString().ShouldBe("""[{"bearer":[]},{"cookie":[]}]""");
        (At("paths/~1api~1v1~1rooms~1{id}/get/security")?.AsArray().Count ?? 0).ShouldBe(0);
        Text("components/securitySchemes/cookie/name").ShouldBe("session");
    }

    [Fact]
    public void Examples_are_written_as_the_api_writes()
    {
        At("paths/~1api~1v1~1rooms/post/requestBody/content/application~1json/example").ShouldNotBeNull().ToJsonString()
            .ShouldBe("""{"name":"Oak","neighbour":null,"opensOn":"2026-05-31"}""");
        Text("paths/~1api~1v1~1rooms/post/responses/201/content/application~1json/example/id")
            .ShouldBe("0198f2c4-7d1e-7c3a-9b43-0a1b2c3d4e5f");
    }

    private IEnumerable<string> Parameters(string operation) => At($"paths/{operation}/parameters").ShouldNotBeNull().AsArray()
        .Select(parameter => parameter.ShouldNotBeNull()["name"].ShouldNotBeNull().GetValue<string>());

    private IEnumerable<string> Statuses(string operation) =>
        At($"paths/{operation}/responses").ShouldNotBeNull().AsObject().Select(r => r.Key);

    private string Text(string path) => At(path).ShouldNotBeNull(path).ToJsonString().Trim('"');

    private JsonNode? At(string path) => path.Split('/').Aggregate(
        (JsonNode?)_document,
        (node, segment) => node is JsonArray list
            ? list[int.Parse(segment, null)]
            : node?[segment.Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal)]);

    private static IEnumerable<(string Name, JsonNode Value)> Walk(JsonNode? node) => node switch
    {
        JsonObject members => members.SelectMany(m => (IEnumerable<(string, JsonNode)>)[(m.Key, m.Value!), .. Walk(m.Value)]),
        JsonArray items => items.SelectMany(Walk),
        _ => [],
    };
}
