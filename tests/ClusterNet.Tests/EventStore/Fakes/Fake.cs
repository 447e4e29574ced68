using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using ClusterNet.EventStore;
using Microsoft.Extensions.DependencyInjection;

namespace ClusterNet.Tests.EventStore.Fakes;

/// <summary>A small module with one of everything, and a second one that knows nothing of it.</summary>
internal static class Fake
{
    public const string Module = "fake";

    public const string Other = "other";

    public static IReadOnlyList<Upcaster> Upcasters { get; } =
    [
        new("tally_added", 1, Renamed("N", "Amount")),
        new("tally_added", 2, old => Renamed("Remark", "Note")(With(old, "Unit", "hours"))),
    ];

    public static IServiceCollection AddFake(this IServiceCollection services) => services
        .AddEvents(Module, typeof(Fake).Assembly, FakeJson.Default)
        .AddEvents(Other, typeof(object).Assembly, FakeJson.Default)
        .AddInline<TallyList>()
        .AddInline<RoomUses>()
        .AddLedgerProjection<UnitTotals>()
        .AddSubscription<Listener>()
        .AddFacts<TallyFacts>()
        .AddSingleton(Upcasters[0])
        .AddSingleton(Upcasters[1])
        .AddSingleton(new ModuleSchema(Other, "create table other.secrets (name text primary key); insert into other.secrets values ('theirs')"));

    private static Func<JsonObject, JsonObject> Renamed(string from, string to) => old =>
    {
        var renamed = (JsonObject)old.DeepClone();
        if (renamed.Remove(from, out var value)) renamed[to] = value;
        return renamed;
    };

    private static JsonObject With(JsonObject old, string name, string value)
    {
        var more = (JsonObject)old.DeepClone();
        more[name] = value;
        return more;
    }
}

[JsonSerializable(typeof(TallyOpened))]
[JsonSerializable(typeof(TallyAdded))]
[JsonSerializable(typeof(TallyClosed))]
[JsonSerializable(typeof(VisitPlanned))]
[JsonSerializable(typeof(VisitMoved))]
[JsonSerializable(typeof(VisitCancelled))]
internal sealed partial class FakeJson : JsonSerializerContext;
