using ClusterNet.Access.Contracts;
using ClusterNet.Clusters.Contracts;
using ClusterNet.EventStore;
using ClusterNet.Learning.Records;
using ClusterNet.Projections;
using ClusterNet.Web;
using Microsoft.AspNetCore.Http;

namespace ClusterNet.Learning.Mentoring;

/// <summary>Offers for endpoints and pages: one's own to change, others' as far as they are shown.</summary>
internal sealed class OfferDesk(
    Database database, Streams<Offer, OfferEvent> offers, RecordReader readers, IFirmDirectory directory, Commands commands, TimeProvider clock)
{
    /// <summary>Null for a word that is no kind.</summary>
    public static MentorKind? KindOf(string kind) => WireNames.TryParse<MentorKind>(kind, out var known) ? known : null;

    public static MentorOffered Said(Id<Person> person, MentorKind kind, OfferMentoringEndpoint.Body body, DateTimeOffset now) => new(
        person, kind, [.. body.SkillUris.Distinct()], [.. body.Languages.Distinct()],
        ValueList.Of<string>([.. (body.Interests ?? []).Select(i => i.Trim()).Distinct(StringComparer.OrdinalIgnoreCase)]), (body.Site ?? "").Trim(),
        body.Availability.Trim(), (body.Accommodates ?? "").Trim(), body.HoursPerMonth, body.Capacity, body.Reach, body.Visibility, now);

    public async Task<IResult> Run(string kind, Caller caller, Func<DateTimeOffset, ICommand<Offer, OfferEvent>> command, CancellationToken ct)
    {
        if (KindOf(kind) is not { } known) return Problems.From(MentoringRules.OfferUnknown);
        var stream = Offer.StreamOf(caller.Person, known);
        return await commands.Run(
            offers, stream, command(clock.GetUtcNow()), Reply.Changed($"/api/v1/learning/mentoring/mentors/{stream}", new Id<Offer>(stream)), ct);
    }

    public Task<List<OfferRow>> Own(Id<Person> person, CancellationToken ct) => Rows("where person = $1 order by kind", ct, person.Value);

    /// <summary>An offer that the caller may see; one's own always.</summary>
    public async Task<OfferRow?> Find(Guid id, Caller caller, CancellationToken ct) =>
        await Shown(await Rows("where id = $1", ct, id), caller, ct) is [var row] ? row : null;

    /// <summary>Those that are shown to the caller, one's own included.</summary>
    public async Task<IReadOnlyList<OfferRow>> Shown(IReadOnlyList<OfferRow> rows, Caller caller, CancellationToken ct)
    {
        if (rows.All(r => r.Person == caller.Person)) return rows;
        var reader = await readers.ReaderOf(caller, ct);
        var firms = await directory.FirmsOf([.. rows.Select(r => r.Person).Distinct()], ct);
        return [.. rows.Where(r => r.Person == caller.Person || Shows(r, firms.GetValueOrDefault(r.Person) ?? []))];

        bool Shows(OfferRow row, IReadOnlyList<Id<Firm>> where) => row.Visibility switch
        {
            Visibility.Private => false,
            Visibility.Network => true,
            Visibility.Firm => where.Any(f => reader.Firms.Contains(f.Value)),
            _ => where.Any(f => reader.ClusterFirms.Contains(f.Value)),
        };
    }

    public Task<List<OfferRow>> Rows(string where, CancellationToken ct, params object[] values) =>
        database.Query(LearningModule.Name, Statement.Of(OfferRows.Table.Select(where), values), OfferRows.Table.Read, ct);

    /// <summary>How many places are taken of each offer; offers without a taken place are missing.</summary>
    public async Task<IReadOnlyDictionary<Id<Offer>, int>> Taken(IReadOnlyCollection<Id<Offer>> of, CancellationToken ct) => (await database.Query(
        LearningModule.Name,
        Statement.Of("select offer, count(*)::int from learning.mentor_places where offer = any($1) group by offer", [of.Select(o => o.Value).ToArray()]),
        r => (Offer: new Id<Offer>(r.GetGuid(0)), Count: r.GetInt32(1)), ct)).ToDictionary(t => t.Offer, t => t.Count);
}
