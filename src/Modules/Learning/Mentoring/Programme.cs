using System.Diagnostics;
using System.Text.Json.Serialization;
using ClusterNet.Access.Contracts;
using ClusterNet.Clusters.Contracts;
using ClusterNet.EventStore;
using ClusterNet.Privacy;
using ClusterNet.Projections;

namespace ClusterNet.Learning.Mentoring;

/// <summary>What somebody is in a programme.</summary>
[JsonConverter(typeof(WireNameConverter<ProgrammePart>))]
internal enum ProgrammePart
{
    [JsonStringEnumMemberName("mentor")]
    Mentor,

    [JsonStringEnumMemberName("mentee")]
    Mentee,
}

internal abstract record ProgrammeEvent;

[StoredAs("mentoring_programme_founded")]
internal sealed record ProgrammeFounded(
    Id<Cluster> Cluster, Id<Person> By, [PersonalData(nameof(ProgrammeFounded.By), KeyClass.FreeText)] Personal<string> Title,
    [PersonalData(nameof(ProgrammeFounded.By), KeyClass.FreeText)] Personal<string> Aim, DateOnly FromDay, DateOnly UntilDay, DateTimeOffset At) : ProgrammeEvent;

/// <param name="External">Works in no firm of the cluster: named by the coordinator.</param>
[StoredAs("mentoring_programme_invited")]
internal sealed record ProgrammeInvited(Id<Person> Person, ProgrammePart Part, bool External, Id<Person> By, DateTimeOffset At) : ProgrammeEvent;

[StoredAs("mentoring_programme_joined")]
internal sealed record ProgrammeJoined(Id<Person> Person, ProgrammePart Part, DateTimeOffset At) : ProgrammeEvent;

[StoredAs("mentoring_programme_left")]
internal sealed record ProgrammeLeft(Id<Person> Person, DateTimeOffset At) : ProgrammeEvent;

[StoredAs("mentoring_programme_reviewed")]
internal sealed record ProgrammeReviewed(Id<Person> By, [PersonalData(nameof(ProgrammeReviewed.By), KeyClass.FreeText)] Personal<string> Text, DateTimeOffset At) : ProgrammeEvent;

[StoredAs("mentoring_programme_ended")]
internal sealed record ProgrammeEnded(Id<Person> By, [PersonalData(nameof(ProgrammeEnded.By), KeyClass.FreeText)] Personal<string> Text, DateTimeOffset At) : ProgrammeEvent;

/// <summary>A cluster's mentoring programme: an aim, a time, people who take part; pairs are proposed to them, and they decide.</summary>
internal abstract record Programme : IState<Programme, ProgrammeEvent>
{
    public sealed record Absent : Programme;

    /// <param name="EndedAt">Null while it runs.</param>
    public sealed record Kept(ProgrammeFounded Founded, ValueList<Member> Members, ValueList<ProgrammeReviewed> Reviews, DateTimeOffset? EndedAt, Personal<string> Outcome)
        : Programme
    {
        public Member? Find(Id<Person> person) => Members.FirstOrDefault(m => m.Person == person);
    }

    /// <param name="Joined">False while only invited.</param>
    public sealed record Member(Id<Person> Person, ProgrammePart Part, bool External, bool Joined);

    public static Programme Initial { get; } = new Absent();

    public static Programme Evolve(Programme state, ProgrammeEvent fact) => (state, fact) switch
    {
        (_, ProgrammeFounded e) => new Kept(e, [], [], null, ""),
        (Kept k, ProgrammeInvited e) => k with { Members = [.. k.Members.Where(m => m.Person != e.Person), new(e.Person, e.Part, e.External, false)] },
        (Kept k, ProgrammeJoined e) => k with { Members = [.. k.Members.Where(m => m.Person != e.Person), new(e.Person, e.Part, k.Find(e.Person)?.External ?? false, true)] },
        (Kept k, ProgrammeLeft e) => k with { Members = [.. k.Members.Where(m => m.Person != e.Person)] },
        (Kept k, ProgrammeReviewed e) => k with { Reviews = [.. k.Reviews, e] },
        (Kept k, ProgrammeEnded e) => k with { EndedAt = e.At, Outcome = e.Text },
        _ => throw new UnreachableException(fact.GetType().Name),
    };
}
