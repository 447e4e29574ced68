using ClusterNet.Access.Contracts;
using ClusterNet.Clusters.Contracts;
using ClusterNet.EventStore;
using ClusterNet.Learning.Contracts;
using ClusterNet.Projections;
using ClusterNet.Skills.Contracts;
using ClusterNet.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace ClusterNet.Learning.Records;

/// <param name="Visibility">Null for the default: see <see cref="Defaults.VisibilityOf"/>.</param>
internal sealed record RecordLearning(
    Id<Person> Person, Id<Firm> Firm, Content Content, Visibility? Visibility, string Source, DateTimeOffset Now)
    : ICommand<Entry, EntryEvent>
{
    public const string App = "app";

    public Visibility Shown => Visibility ?? Defaults.VisibilityOf(Content, Firm);

    public Decision<EntryEvent> Decide(Entry state)
    {
        // An import that is sent again meets what it recorded before, corrected meanwhile or not.
        if (state is not Entry.Absent) return Decision<EntryEvent>.Nothing;
        if (Rules.Check(Content, Person, Now) is { } refusal) return refusal;
        var c = Content;
        return new LearningRecordRecorded(
            Person, Firm, c.Kind, c.What, c.Learnt, c.HappenedAt, c.Minutes, c.With, c.SkillUris, c.Part, c.Links, Shown, Source, Now);
    }
}

internal static class RecordLearningEndpoint
{
    /// <param name="HappenedAt">Now, unless told.</param>
    /// <param name="Minutes">15, unless told.</param>
    /// <param name="With">The other people who were there; they are asked to confirm.</param>
    /// <param name="Part">Follows from the kind, unless told.</param>
    /// <param name="Visibility">Unless told, the smallest circle that holds everybody named: private, firm or cluster.</param>
    /// <param name="Firm">Needed only by people who work in several firms.</param>
    /// <param name="Capture">
    /// Made up by the device that captured it, perhaps while it was offline: the same one sent again, whenever, is the same record.
    /// </param>
    internal sealed record Body(
        LearningKind Kind, string What, string? Learnt = null, DateTimeOffset? HappenedAt = null, int? Minutes = null,
        IReadOnlyList<Id<Person>>? With = null,
        IReadOnlyList<string>? SkillUris = null, LearningPart? Part = null, Visibility? Visibility = null,
        IReadOnlyList<string>? Links = null,
        Id<Firm>? Firm = null, Guid? Capture = null) : IValidated
    {
        public void Validate(Faults faults)
        {
            faults.Text("what", What, 1, Rules.MaxText);
            Rules.Validate(faults, Learnt, HappenedAt, Minutes, With, SkillUris, Links);
        }
    }

    private static readonly Body Example = new(
        LearningKind.PeerHelpReceived, "Bernd of the firm next door showed me how to set the press brake for stainless steel.",
        "Bend test pieces first.",
        DateTimeOffset.Parse("2026-05-12T09:30:00Z", System.Globalization.CultureInfo.InvariantCulture), 40,
        [Id<Person>.Parse("0198f2c4-7d1e-7c3a-9b43-0a1b2c3d4e5f", null)],
        ["http://data.europa.eu/esco/skill/05fc6f8d-639c-4329-a6de-dfdd800ed091"], Visibility: Visibility.Cluster);

    internal static void MapRecordLearning(this IEndpointRouteBuilder routes) =>
        routes.MapPost("/learning/records", Handle)
            .WithName(nameof(RecordLearning))
            .WithSummary("Record what one learnt; kind and what are enough, the rest can be completed later")
            .WithExample(Example).SignedInMayCall("everybody for themselves, as an employee of a firm");

    internal static async Task<IResult> Handle(
        Body body, Caller caller, Streams<Entry, EntryEvent> entries, Company company, ISkillCatalogue skills, Commands commands,
        TimeProvider clock,
        HttpRequest request, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var (firm, noFirm) = await company.FirmOf(caller.Person, body.Firm, ct);
        if (firm is not { } there) return Problems.From(noFirm!); // one of the two is given
        var (with, stranger) = await company.Of(there, body.With ?? [], ct, caller);
        if (stranger is not null) return Problems.From(stranger);
        if (await skills.Check(body.SkillUris ?? [], Language.Of(request), ct) is { } unknown) return Problems.From(unknown);
        var content = new Content(
            body.Kind, body.What, body.Learnt ?? "", body.HappenedAt ?? now, body.Minutes ?? Defaults.Minutes, with,
            [.. (body.SkillUris ?? []).Distinct()], body.Part ?? Defaults.PartOf(body.Kind), ValueList.Of<string>([.. body.Links ?? []]));
        var command = new RecordLearning(caller.Person, there, content, body.Visibility, RecordLearning.App, now);
        var id = body.Capture is { } capture ? Captured(caller.Person, capture) : Id<LearningRecord>.New(clock);
        return await commands.Run(
            entries, id.Value, command, Reply.Created($"/api/v1/learning/records/{id}", id, ("visibility", WireNames.Of(command.Shown))),
            ct);
    }

    /// <summary>The record that somebody's capture becomes.</summary>
    internal static Id<LearningRecord> Captured(Id<Person> person, Guid capture) => new(NamedGuid.Of("capture", $"{person} {capture}"));
}
