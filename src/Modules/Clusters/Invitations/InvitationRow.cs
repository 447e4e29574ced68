using System.Text.Json.Serialization;
using ClusterNet.Access.Contracts;
using ClusterNet.EventStore;
using ClusterNet.Privacy;
using ClusterNet.Projections;

namespace ClusterNet.Clusters.Invitations;

/// <summary>How an invitation stands. That it has expired follows from its last day.</summary>
[JsonConverter(typeof(WireNameConverter<InvitationState>))]
internal enum InvitationState
{
    [JsonStringEnumMemberName("open")]
    Open,

    [JsonStringEnumMemberName("accepted")]
    Accepted,

    [JsonStringEnumMemberName("declined")]
    Declined,

    [JsonStringEnumMemberName("withdrawn")]
    Withdrawn,
}

/// <param name="Email">Lower-case.</param>
/// <param name="Place">The wire name of the position or role.</param>
/// <param name="AcceptedBy">Who took the place.</param>
internal sealed record InvitationRow(
    Id<Invitation> Id, Id<Person> Person, ScopeKind ScopeKind, Guid ScopeId, string Place, Personal<string> Email, Personal<string> GivenName,
    Personal<string> FamilyName, Personal<string> Text, string Language, Id<Person> By, InvitationState State, DateTimeOffset SentAt,
    DateTimeOffset ExpiresAt, DateTimeOffset? AnsweredAt, Guid? AcceptedBy, long Version);

internal sealed class InvitationRows() : InlineProjection<InvitationEvent, InvitationRow>(ClustersModule.Name, Table)
{
    public static readonly Table<InvitationRow> Table = new(ClustersModule.Name, "invitations", nameof(InvitationRow.Id))
    {
        Indexes = ["(scope_id, sent_at)", "(email) where state = 'open'"],
    };

    protected override InvitationRow? Apply(InvitationRow? row, Recorded<InvitationEvent> recorded) => recorded.Fact switch
    {
        InvitationSent e => new(
            new(recorded.Stream), e.Person, e.ScopeKind, e.ScopeId, Invitations.Place.NameOf(e.Position, e.Role),
            e.Email.Select(a => a.ToLowerInvariant()), e.GivenName, e.FamilyName, e.Text, e.Language, e.By, InvitationState.Open, e.At, e.ExpiresAt, null,
            null, recorded.Version),
        InvitationSentAgain e when row is not null => row with { By = e.By, SentAt = e.At, ExpiresAt = e.ExpiresAt, Version = recorded.Version },
        InvitationAccepted e when row is not null => Answered(row, InvitationState.Accepted, e.At, recorded.Version) with { AcceptedBy = e.Person.Value },
        InvitationDeclined e when row is not null => Answered(row, InvitationState.Declined, e.At, recorded.Version),
        InvitationWithdrawn e when row is not null => Answered(row, InvitationState.Withdrawn, e.At, recorded.Version),
        _ => row,
    };

    private static InvitationRow Answered(InvitationRow row, InvitationState state, DateTimeOffset at, long version) =>
        row with { State = state, AnsweredAt = at, Version = version };
}
