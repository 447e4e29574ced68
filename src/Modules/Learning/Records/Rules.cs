using ClusterNet.Access.Contracts;
using ClusterNet.EventStore;
using ClusterNet.Web;

namespace ClusterNet.Learning.Records;

/// <summary>Rules and refusals that several slices share.</summary>
internal static class Rules
{
    public const int MaxMinutes = 24 * 60, MaxText = 4_000, MaxReason = 1_000, MaxWith = 30, MaxSkills = 20, MaxLinks = 10;

    /// <summary>Clocks of phones differ a little.</summary>
    public static readonly TimeSpan ClockTolerance = TimeSpan.FromMinutes(5);

    public static readonly DateTimeOffset Earliest = new(1950, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public static readonly Refusal Unknown = new(
        "learning-record-unknown",
        "There is no such learning record for you. Look at GET /api/v1/learning/records, or ask its owner to share it.", 404);

    public static readonly Refusal NotOwner = new(
        "not-your-record", "Only the owner of a learning record changes it. You may confirm or dispute it if it names you.", 403);

    public static readonly Refusal InTheFuture = new(
        "happened-in-the-future", "A learning record tells what has happened. Correct happenedAt, or record it afterwards.", 422);

    public static readonly Refusal NamesOwner = new(
        "with-oneself", "The list 'with' names the record's owner. Name only the other people who were there.", 422);

    /// <summary>What holds of any content, however it came in.</summary>
    public static Refusal? Check(Content content, Id<Person> owner, DateTimeOffset now)
    {
        if (content.HappenedAt > now + ClockTolerance) return InTheFuture;
        return content.With.Any(c => c.Person == owner) ? NamesOwner : null;
    }

    /// <summary>Limits of what a body may say; members left out are not looked at.</summary>
    public static void Validate(
        Faults faults, string? learnt, DateTimeOffset? happenedAt, int? minutes, IReadOnlyList<Id<Person>>? with,
        IReadOnlyList<string>? skillUris,
        IReadOnlyList<string>? links) =>
        faults.OptionalText("learnt", learnt, MaxText)
            .Instant("happenedAt", happenedAt, Earliest)
            .Whole("minutes", minutes, 1, MaxMinutes)
            .Count("with", with, 0, MaxWith)
            .Count("skillUris", skillUris, 0, MaxSkills)
            .Each("skillUris", (skillUris ?? []).Select(uri => new Item(uri)), (item, f) => f.Text("", item.Text, 1, 500))
            .Count("links", links, 0, MaxLinks)
            .Each("links", (links ?? []).Select(link => new Item(link)), (item, f) => f.Url("", item.Text));

    private sealed record Item(string Text);
}
