using System.Globalization;
using ClusterNet.Access.Contracts;
using ClusterNet.Access.Resources;
using ClusterNet.EventStore;
using ClusterNet.Projections;

namespace ClusterNet.Access.Grants;

/// <summary>Tells persons that an auditor read data of theirs: once per auditor and day, for the page shows each read.</summary>
internal sealed class ReadNotices(IEnumerable<INotices> notices) : ISubscription
{
    public static readonly NoticeKind Kind = new("auditor-read", "privacy", typeof(Texts), NoticeMail.Digest);

    public string Name => "auditor-read-notices";

    public string Module => AccessModule.Name;

    public async Task Handle(PublishedFact fact, CancellationToken ct)
    {
        if (fact.Fact is not AuditorHasRead read) return;
        // The same cause all day: the same notice.
        var day = DateOnly.FromDateTime(read.At.UtcDateTime).ToString("O", CultureInfo.InvariantCulture);
        var cause = NamedGuid.Of("auditor-read", read.Auditor.ToString(), day);
        foreach (var telling in notices)
            foreach (var person in read.Persons) await telling.Tell(new(person, Kind.Name, cause, "/my-data/reads", read.Auditor), read.At, ct);
    }
}
