using ClusterNet.Access.Contracts;
using ClusterNet.Clusters.Contracts;
using ClusterNet.EventStore;
using ClusterNet.Learning.Contracts;
using ClusterNet.Learning.Records;
using ClusterNet.Skills.Contracts;
using ClusterNet.Web;
using Microsoft.AspNetCore.Http;

namespace ClusterNet.Learning.Communities;

/// <summary>Whether something may still be added: decided on the community itself, in the transaction of what is added.</summary>
internal sealed record StillOpen : ICommand<CommunityLife, CommunityEvent>
{
    public Decision<CommunityEvent> Decide(CommunityLife state) => state switch
    {
        CommunityLife.Open => Decision<CommunityEvent>.Nothing,
        CommunityLife.Closed => CommunityRules.Closed,
        _ => CommunityRules.Unknown,
    };
}

/// <summary>What slices and pages of communities have in common: the community is looked up as the caller may see it, then its command is carried out.</summary>
internal sealed class CommunityCommands(
    CommunityDesk desk, Streams<CommunityLife, CommunityEvent> communities, Streams<Participation, ParticipationEvent> participations, ISkillCatalogue skills,
    IPeopleNames names, Commands commands, TimeProvider clock)
{
    public DateTimeOffset Now => clock.GetUtcNow();

    public Id<T> NewId<T>() => Id<T>.New(clock);

    public static Func<long, Answer> Changed(Id<Community> id) => Reply.Changed($"/api/v1/learning/communities/{id}", id);

    /// <summary>A command on the community itself.</summary>
    /// <param name="facilitating">Whether only facilitators may; the decision may ask for more.</param>
    public async Task<IResult> Run(
        Id<Community> id, Caller caller, bool facilitating, ICommand<CommunityLife, CommunityEvent> command, CancellationToken ct,
        Func<long, Answer>? answer = null, Func<IReadOnlyList<object>, Task<IReadOnlyList<Prepared>>>? also = null)
    {
        if (await desk.Find(id, caller, ct) is not { } seen) return Problems.From(CommunityRules.Unknown);
        if (facilitating && !seen.Facilitates) return Problems.From(CommunityRules.NotFacilitator);
        return await commands.Run(communities, id.Value, command, answer ?? Changed(id), ct, also: also);
    }

    /// <summary>A command on the caller's own part in the community.</summary>
    public Task<IResult> Run(
        Id<Community> id, Caller caller, ICommand<Participation, ParticipationEvent> command, CancellationToken ct,
        Func<IReadOnlyList<object>, Task<IReadOnlyList<Prepared>>>? also = null) =>
        commands.Run(participations, Participation.IdOf(id, caller.Person), command, Changed(id), ct, also: also);

    /// <summary>The founding, together with the founder's own part in it.</summary>
    public Task<IResult> Found(Id<Community> id, FoundCommunity command, JoinCommunity founder, CancellationToken ct) => commands.Run(
        communities, id.Value, command, Reply.Created($"/api/v1/learning/communities/{id}", id), ct,
        also: _ => Task.FromResult<IReadOnlyList<Prepared>>([participations.PrepareNew(Participation.IdOf(id, founder.Person), founder)]));

    public async Task<IReadOnlyList<Prepared>> Prepare(Id<Community> id, ICommand<CommunityLife, CommunityEvent> command, CancellationToken ct) =>
        [await communities.Prepare(id.Value, command, ct)];

    public async Task<IReadOnlyList<Prepared>> Prepare(Id<Community> id, Id<Person> person, ICommand<Participation, ParticipationEvent> command, CancellationToken ct) =>
        [await participations.Prepare(Participation.IdOf(id, person), command, ct)];

    /// <summary>Skills that are not in the catalogue, and a sponsor whom the caller cannot see, or who cannot see the community.</summary>
    public async Task<Refusal?> Check(Charter charter, Id<Cluster>? cluster, Caller caller, HttpRequest request, CancellationToken ct)
    {
        if (await skills.Check(charter.SkillUris, Language.Of(request), ct) is { } unknown) return unknown;
        if (charter.Sponsor is not { } sponsor || sponsor == caller.Person) return null;
        var known = (await names.SeenBy(caller, [sponsor], ct)).ContainsKey(sponsor) && (await desk.Readers(cluster, [sponsor], ct)).Count > 0;
        return known ? null : CommunityRules.SponsorUnknown;
    }
}
