using System.Globalization;
using ClusterNet.Access.Contracts;
using ClusterNet.Clusters.Contracts;
using ClusterNet.EventStore;
using ClusterNet.Privacy;
using ClusterNet.Skills.Contracts;
using ClusterNet.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace ClusterNet.Resources.Demand;

internal sealed record MakeWish(TrainingWishMade Fact) : ICommand<Wish, WishEvent>
{
    public static readonly Refusal AlreadyOpen = new("wish-open", "You have wished for this skill already. Take that wish back first if you want to word it anew.");

    public Decision<WishEvent> Decide(Wish state) => state switch
    {
        Wish.Open { Made: var made } when made with { At = Fact.At } == Fact => Decision<WishEvent>.Nothing,
        Wish.Open => AlreadyOpen,
        _ => Fact,
    };
}

internal sealed record TakeBackWish(Id<Person> By, DateTimeOffset Now) : ICommand<Wish, WishEvent>
{
    public Decision<WishEvent> Decide(Wish state) => state switch
    {
        Wish.Open { Made: var made } when made.Person == By => new TrainingWishTakenBack(By, Now),
        Wish.TakenBack { Person: var person } when person == By => Decision<WishEvent>.Nothing,
        _ => Wish.Unknown,
    };
}

internal static class WishEndpoints
{
    public const int MaxSentence = 300;

    public static readonly Refusal NotInFirm = new(
        "wish-for-people-of-firms", "Who works in a firm of this cluster makes wishes here. Name a firm in which you work.", 403);

    /// <param name="SkillUri">From the catalogue.</param>
    /// <param name="Sentence">What you would like to be able to do.</param>
    /// <param name="Firm">Needed where you work in several firms of the cluster.</param>
    internal sealed record Body(string SkillUri, string? Sentence = null, DateOnly? WantedBy = null, Id<Firm>? Firm = null) : IValidated
    {
        public void Validate(Faults faults)
        {
            faults.Text("skillUri", SkillUri, 1, 500).OptionalText("sentence", Sentence, MaxSentence);
            // A day begins somewhere on earth before it does in UTC.
            var today = DateOnly.FromDateTime(DateTime.UtcNow);
            faults.Day("wantedBy", WantedBy, today.AddDays(-1), today.AddYears(5));
        }
    }

    /// <param name="Mine">The reader's own.</param>
    internal sealed record WishView(
        Id<Wish> Id, Id<Firm> Firm, Id<Person> Person, string SkillUri, string Skill, Personal<string> Sentence, DateOnly? WantedBy, DateTimeOffset MadeAt, bool Mine);

    internal static void MapWishes(this IEndpointRouteBuilder routes)
    {
        routes.MapPost("/resources/clusters/{cluster}/wishes", Make)
            .WithName(nameof(MakeWish)).WithSummary("Say what you would like to learn: managers of your firm see it, the cluster counts it")
            .WithExample(new Body("http://data.europa.eu/esco/skill/5f2efbdf-08a2-49cd-9c06-bd284e4f0fbf", "I talk to customers more and more, and nobody showed me how."))
            .SignedInMayCall("who works in a firm that is admitted to the cluster");
        routes.MapPost("/resources/wishes/{id}/withdrawal", TakeBack)
            .WithName(nameof(TakeBackWish)).WithSummary("Take your wish back").SignedInMayCall("who made it");
        routes.MapGet("/resources/clusters/{cluster}/wishes", Show)
            .WithName("ListWishes").WithSummary("Your open wishes, and those of the people whose firm you manage").Produces<IReadOnlyList<WishView>>()
            .SignedInMayCall("who belongs to the cluster: own ones, and for managers those of their firms");
    }

    internal static async Task<IResult> Make(
        Id<Cluster> cluster, Body body, Caller caller, Standing standing, IFirmDirectory directory, ISkillCatalogue skills, Streams<Wish, WishEvent> wishes, Commands commands,
        TimeProvider clock, CancellationToken ct)
    {
        if (!await standing.MaySee(caller, cluster, ct)) return Problems.From(Standing.ClusterUnknown);
        var mine = (await directory.AdmittedTo(cluster, ct)).Select(f => f.Firm).Where(f => caller.Firms.Contains(f.Value)).ToList();
        if (body.Firm is { } named ? !mine.Contains(named) : mine.Count != 1) return Problems.From(NotInFirm);
        if (await skills.Check([body.SkillUri], CultureInfo.CurrentUICulture.TwoLetterISOLanguageName, ct) is { } unknown) return Problems.From(unknown);
        var id = Wish.IdOf(cluster, caller.Person, body.SkillUri);
        var fact = new TrainingWishMade(cluster, body.Firm ?? mine[0], caller.Person, body.SkillUri, (body.Sentence ?? "").Trim(), body.WantedBy, clock.GetUtcNow());
        return await commands.Run(wishes, id.Value, new MakeWish(fact), Reply.Created($"/api/v1/resources/clusters/{cluster}/wishes", id), ct);
    }

    internal static Task<IResult> TakeBack(Id<Wish> id, Caller caller, Streams<Wish, WishEvent> wishes, Commands commands, TimeProvider clock, CancellationToken ct) =>
        commands.Run(wishes, id.Value, new TakeBackWish(caller.Person, clock.GetUtcNow()), Reply.Changed($"/api/v1/resources/wishes/{id}", id), ct);

    private static async Task<IResult> Show(Id<Cluster> cluster, Caller caller, Standing standing, Wishes wishes, ISkillCatalogue skills, HttpContext http, CancellationToken ct)
    {
        if (!await standing.MaySee(caller, cluster, ct)) return Problems.From(Standing.ClusterUnknown);
        http.Response.Headers.CacheControl = "no-store";
        var rows = await wishes.SeenBy(caller, cluster, ct);
        var labels = await skills.Find([.. rows.Select(r => r.SkillUri).Distinct()], CultureInfo.CurrentUICulture.TwoLetterISOLanguageName, ct);
        return Results.Ok(rows.Select(r => new WishView(r.Id, r.Firm, r.Person, r.SkillUri, labels.LabelOf(r.SkillUri), r.Sentence, r.WantedBy, r.MadeAt, r.Person == caller.Person)));
    }
}
