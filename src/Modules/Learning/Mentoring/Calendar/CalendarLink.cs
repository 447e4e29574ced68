using System.Diagnostics;
using ClusterNet.Access.Contracts;
using ClusterNet.EventStore;
using ClusterNet.Projections;

namespace ClusterNet.Learning.Mentoring.Calendar;

internal abstract record CalendarLinkEvent;

/// <param name="Hash">SHA-256 of the link's secret, in hex; who has the link needs nothing else.</param>
[StoredAs("calendar_link_made")]
internal sealed record CalendarLinkMade(Id<Person> Person, string Hash, DateTimeOffset At) : CalendarLinkEvent;

[StoredAs("calendar_link_revoked")]
internal sealed record CalendarLinkRevoked(DateTimeOffset At) : CalendarLinkEvent;

/// <summary>The secret link by which a calendar reads one person's mentoring sessions: one at a time, a new one ends the old one.</summary>
internal sealed record CalendarLink(bool Stands) : IState<CalendarLink, CalendarLinkEvent>
{
    public static CalendarLink Initial { get; } = new(false);

    public static Guid StreamOf(Id<Person> person) => NamedGuid.Of("calendar-link", person.ToString());

    public static CalendarLink Evolve(CalendarLink state, CalendarLinkEvent fact) => fact switch
    {
        CalendarLinkMade => new(true),
        CalendarLinkRevoked => new(false),
        _ => throw new UnreachableException(fact.GetType().Name),
    };
}

internal sealed record MakeCalendarLink(Id<Person> Person, string Hash, DateTimeOffset Now) : ICommand<CalendarLink, CalendarLinkEvent>
{
    public Decision<CalendarLinkEvent> Decide(CalendarLink state) => new CalendarLinkMade(Person, Hash, Now);
}

internal sealed record RevokeCalendarLink(DateTimeOffset Now) : ICommand<CalendarLink, CalendarLinkEvent>
{
    public Decision<CalendarLinkEvent> Decide(CalendarLink state) => state.Stands ? new CalendarLinkRevoked(Now) : Decision<CalendarLinkEvent>.Nothing;
}

internal sealed record CalendarLinkRow(Guid Id, Id<Person> Person, string Hash, DateTimeOffset MadeAt);

internal sealed class CalendarLinkRows() : InlineProjection<CalendarLinkEvent, CalendarLinkRow>(LearningModule.Name, Table)
{
    public static readonly Table<CalendarLinkRow> Table = new(LearningModule.Name, "calendar_links", nameof(CalendarLinkRow.Id)) { Indexes = ["unique (hash)", "(person)"] };

    protected override CalendarLinkRow? Apply(CalendarLinkRow? row, Recorded<CalendarLinkEvent> recorded) =>
        recorded.Fact is CalendarLinkMade e ? new(recorded.Stream, e.Person, e.Hash, e.At) : null;
}
