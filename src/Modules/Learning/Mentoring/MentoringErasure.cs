using ClusterNet.Access.Contracts;
using ClusterNet.EventStore;
using ClusterNet.Learning.Mentoring.Calendar;
using ClusterNet.Learning.Mentoring.Programmes;

namespace ClusterNet.Learning.Mentoring;

/// <summary>Who leaves offers nothing more, asks nobody more, is in no programme, shows no calendar, and ends what is under way: the other one's place is free again.</summary>
internal sealed class MentoringErasure(
    Streams<Pair, PairEvent> pairs, Streams<Offer, OfferEvent> offers, Streams<CalendarLink, CalendarLinkEvent> links,
    Streams<Programme, ProgrammeEvent> programmes, ProgrammeDesk programmeDesk, PairDesk desk, TimeProvider clock) : IErasureStep
{
    public async Task<IReadOnlyList<StoreCount>> Close(Id<Person> person, Id<Person> by, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var execution = new Execution(CommandMetadata.System("erasure"));
        foreach (var kind in Enum.GetValues<MentorKind>()) await offers.Execute(Offer.StreamOf(person, kind), new WithdrawOffer(now), execution, ct);
        await links.Execute(CalendarLink.StreamOf(person), new RevokeCalendarLink(now), execution, ct);
        foreach (var programme in await programmeDesk.With(person, ct)) await programmes.Execute(programme.Id.Value, new LeaveProgramme(person, now), execution, ct);
        var open = await desk.Rows("where (mentor = $1 or mentee = $1) and status in ('asked', 'active') order by id", ct, person.Value);
        foreach (var row in open) await End(row, person, now, execution, ct);
        return [new("mentoring", open.Count)];
    }

    public Task<IReadOnlyList<StoreCount>> Scrub(ErasureOrder order, CancellationToken ct) => Task.FromResult<IReadOnlyList<StoreCount>>([]);

    private Task<Outcome> End(PairRow row, Id<Person> person, DateTimeOffset now, Execution execution, CancellationToken ct)
    {
        if (row.Status == PairStatus.Asked) return pairs.Execute(row.Id.Value, new CloseAsking(person, now), execution, ct);
        return pairs.Execute(
            row.Id.Value, new EndMentoring(person, "", now),
            execution with { Also = async _ => [await offers.Prepare(Offer.StreamOf(row.Mentor, row.Kind), new FreePlace(row.Id, now), ct)] }, ct);
    }
}

/// <summary>One of the two leaves while it is still open whether they begin.</summary>
internal sealed record CloseAsking(Id<Person> By, DateTimeOffset Now) : PairCommand(By)
{
    protected override Decision<PairEvent> Decide(Pair.Kept pair) => pair.Status == PairStatus.Asked ? new MentoringWithdrawn(By, Now) : Decision<PairEvent>.Nothing;
}
