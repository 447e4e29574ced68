using System.Globalization;
using ClusterNet.Access.Contracts;
using ClusterNet.EventStore;
using ClusterNet.Skills.Contracts;
using ClusterNet.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace ClusterNet.Resources.Sessions;

/// <param name="Fact">What is said of it from now on.</param>
internal sealed record DescribeSession(SessionDescribed Fact) : ICommand<Session, SessionEvent>
{
    public static readonly Refusal Over = new("session-over", "The session is over. What was said of it stays as it is.");

    public static readonly Refusal NoWebinar = new("join-link-for-webinars", "Only a webinar has a link to join. Leave it out, and say where people meet.", 422);

    public Decision<SessionEvent> Decide(Session state) => state switch
    {
        Session.Booked s when s.EndsAt <= Fact.At => Over,
        Session.Booked s when Fact.JoinLink.Or("").Length > 0 && s.Kind != SessionKind.Webinar => NoWebinar,
        Session.Booked { Described: { } said } when said with { By = Fact.By, At = Fact.At } == Fact => Decision<SessionEvent>.Nothing,
        // Seats that a firm has beyond a new limit stay its own.
        Session.Booked => Fact,
        _ => Session.WhyNotBooked(state),
    };
}

internal static class DescribeSessionEndpoint
{
    public const int MaxAgenda = 4_000, MaxPlace = 300, MaxSkills = 20;

    /// <summary>The whole of it: members left out are empty from then on.</summary>
    /// <param name="Agenda">Plain text.</param>
    /// <param name="SkillUris">Concepts of ESCO, or own ones of the cluster.</param>
    /// <param name="JoinLink">An https address; for webinars.</param>
    /// <param name="SeatsPerFirm">No limit, unless told. Firms keep what they have already.</param>
    internal sealed record Body(
        string? Agenda = null, IReadOnlyList<string>? SkillUris = null, string? Place = null, string? JoinLink = null, int? SeatsPerFirm = null) : IValidated
    {
        public void Validate(Faults faults)
        {
            faults.OptionalText("agenda", Agenda, MaxAgenda).OptionalText("place", Place, MaxPlace).Count("skillUris", SkillUris, 0, MaxSkills);
            faults.Each("skillUris", (SkillUris ?? []).Select(uri => new Item(uri)), (item, f) => f.Text("", item.Text, 1, 500));
            faults.Url("joinLink", JoinLink);
            faults.Check(JoinLink is null || JoinLink.StartsWith("https://", StringComparison.OrdinalIgnoreCase), "joinLink", "https-expected", "The link begins with https://.");
            faults.Whole("seatsPerFirm", SeatsPerFirm, 1, 1_000);
        }

        private sealed record Item(string Text);
    }

    internal static void MapDescribeSession(this IEndpointRouteBuilder routes) =>
        routes.MapPut("/resources/sessions/{id}/details", Handle)
            .WithName(nameof(DescribeSession))
            .WithSummary("Say what a session is about, where it takes place and how many seats a firm can have")
            .WithExample(new Body("Arrival at 13:00, exercises until 15:30, questions.", [], "Canteen, second floor", SeatsPerFirm: 3))
            .SignedInMayCall("a manager of the organising firm, or the cluster's coordinator");

    internal static async Task<IResult> Handle(
        Id<Session> id, Body body, Caller caller, SessionDesk desk, Standing standing, ISkillCatalogue skills, Streams<Session, SessionEvent> sessions,
        Commands commands, TimeProvider clock, CancellationToken ct)
    {
        if (await desk.Seen(id, caller, ct) is not { } session) return Problems.From(Session.Unknown);
        if (await standing.MayOrganise(caller, session, ct) is { } refusal) return Problems.From(refusal);
        if (await skills.Check(body.SkillUris ?? [], CultureInfo.CurrentUICulture.TwoLetterISOLanguageName, ct) is { } unknown) return Problems.From(unknown);
        var fact = new SessionDescribed(
            (body.Agenda ?? "").Trim(), [.. (body.SkillUris ?? []).Distinct()], (body.Place ?? "").Trim(), (body.JoinLink ?? "").Trim(), body.SeatsPerFirm,
            caller.Person, clock.GetUtcNow());
        return await commands.Run(sessions, id.Value, new DescribeSession(fact), Reply.Changed($"/api/v1/resources/sessions/{id}", id), ct);
    }
}
