using System.Text;
using ClusterNet.EventStore;

namespace ClusterNet.Tests.EventStore.Fakes;

/// <summary>Commands and keys with what every test would repeat.</summary>
internal static class Given
{
    public static readonly Id<Person> Ada = new(new Guid("0198f2c4-7d1e-7c3a-9b43-0a1b2c3d4e5f"));

    public static readonly Id<Person> Ben = new(new Guid("0198f2c4-7d1e-7c3a-9b43-0a1b2c3d4e60"));

    public static Execution By(string actor = "ada") => new(new(actor, null, "request-1", "command-1", "4bf92f3577b34da6a3ce929d0e0e4736"));

    public static AddToTally Adding(long amount, string unit = "hours", string note = "a note", int times = 1) => new(amount, unit, Ada, note, times);

    public static PlanVisit Planning(string room, int fromHour, int untilHour) => Planning(Slot(room, fromHour, untilHour));

    public static PlanVisit Planning(params RoomSlot[] slots) =>
        new(new(Ada, Ben, "Ada Guest", "ada@example.org", "Ben Host", [.. slots]));

    public static RoomSlot Slot(string room, int fromHour, int untilHour) =>
        new(room, new(2026, 3, 2, fromHour, 0, 0, TimeSpan.Zero), new(2026, 3, 2, untilHour, 0, 0, TimeSpan.Zero));

    public static Execution Once(string key, string body = "{}") => By() with
    {
        Idempotency = new("ada", "POST /tallies", key, Encoding.UTF8.GetBytes(body)),
        Answer = version => new(201, "/tallies/1", $$"""{"version":{{version}}}"""),
    };

    public static Outcome.Written Written(this Outcome outcome) => Assert.IsType<Outcome.Written>(outcome);
}
