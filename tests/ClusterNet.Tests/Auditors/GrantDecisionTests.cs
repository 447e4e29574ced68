using ClusterNet.Access.Contracts;
using ClusterNet.Access.Grants;
using ClusterNet.Access.Roles;
using ClusterNet.EventStore;
using Shouldly;
using GrantSpec = ClusterNet.Tests.Spec<ClusterNet.Access.Grants.AuditGrant, ClusterNet.Access.Grants.AuditGrantEvent>;
using RoleSpec = ClusterNet.Tests.Spec<ClusterNet.Access.Roles.RoleAssignment, ClusterNet.Access.Roles.RoleAssignmentEvent>;

namespace ClusterNet.Tests.Auditors;

public sealed class GrantDecisionTests
{
    private static readonly DateTimeOffset Now = new(2026, 5, 4, 9, 0, 0, TimeSpan.Zero);
    private static readonly Id<Person> Audrey = new(Guid.Parse("00000001-0000-7000-8000-000000000000")), Rosa = new(Guid.Parse("00000002-0000-7000-8000-000000000000"));
    private static readonly Id<Person> Paula = new(Guid.Parse("00000003-0000-7000-8000-000000000000"));
    private static readonly Guid Valley = Guid.Parse("00000004-0000-7000-8000-000000000000"), Standard = Guid.Parse("00000005-0000-7000-8000-000000000000");
    private static readonly RoleScope Scope = new(ScopeKind.Cluster, Valley);

    private static readonly AuditorScope Narrow =
        new(default, Valley, Standard, new(2026, 1, 1), new(2026, 6, 30), [Paula.Value, Audrey.Value, Paula.Value], "yearly");

    private static readonly GiveGrant Give = new(Narrow, Audrey, "Chamber", "yearly", Rosa, Now.AddDays(90), AuditorStanding.External, Now);

    private static readonly AuditorGrantGiven Given = new(
        Audrey, "Chamber", Valley, Standard, new(2026, 1, 1), new(2026, 6, 30), [Audrey, Paula], "yearly", Rosa, Now.AddDays(90), Now);

    private static readonly AuditorGrantEnded Ended = new(Rosa, "done", Now);

    [Fact]
    public void A_grant_says_what_it_opens_and_for_how_long() => GrantSpec.Given().When(Give).Then(Given);

    [Fact]
    public void Nobody_gives_themselves_a_grant() => GrantSpec.Given().When(Give with { By = Audrey }).ThenRefused(GiveGrant.OwnGrant);

    [Fact]
    public void Only_somebody_from_outside_who_has_an_account_audits()
    {
        GrantSpec.Given().When(Give with { External = AuditorStanding.Unknown }).ThenRefused(GiveGrant.AuditorUnknown);
        GrantSpec.Given().When(Give with { External = AuditorStanding.Involved }).ThenRefused(GiveGrant.NotExternal);
    }

    [Theory]
    [InlineData(-1, false)]
    [InlineData(0, false)]
    [InlineData(1, true)]
    [InlineData(366, true)]
    [InlineData(367, false)]
    public void A_grant_expires_within_a_year(int days, bool given)
    {
        var decided = GrantSpec.Given().When(Give with { ExpiresAt = Now.AddDays(days) });
        if (given) decided.Then(Given with { ExpiresAt = Now.AddDays(days) });
        else decided.ThenRefused(GiveGrant.ExpiryOutOfRange);
    }

    [Fact]
    public void A_grant_is_given_once_and_ended_once()
    {
        GrantSpec.Given(Given).When(Give).Then();
        GrantSpec.Given(Given).When(new EndGrant(Rosa, "done", Now)).Then(Ended);
        GrantSpec.Given(Given, Ended).When(new EndGrant(Rosa, "again", Now)).Then();
        GrantSpec.Given().When(new EndGrant(Rosa, "done", Now)).ThenRefused(EndGrant.Unknown);
    }

    [Fact]
    public void The_role_is_held_until_the_last_grant_expires_and_said_anew_each_time()
    {
        var follow = new FollowGrants(Audrey, Scope, Now.AddDays(9), Rosa, "grant", Now);
        var held = new RoleGranted(Audrey, Role.Auditor, ScopeKind.Cluster, Valley, Rosa, "grant", Now.AddDays(9), Now);
        RoleSpec.Given().When(follow).Then(held);
        RoleSpec.Given(held).When(follow).Then(held);
        RoleSpec.Given(held).When(follow with { Until = null }).Then(new RoleRevoked(Audrey, Rosa, "grant", Now));
        RoleSpec.Given().When(follow with { Until = null }).Then();
    }

    [Theory]
    [InlineData("2026-01-01T00:00:00Z", null, true)]
    [InlineData("2025-12-31T23:59:59.999999Z", null, false)]
    [InlineData("2026-06-30T23:59:59.999999Z", null, true)]
    [InlineData("2026-07-01T00:00:00Z", null, false)]
    [InlineData("2025-12-31T12:00:00Z", "2026-01-02T00:00:00Z", true)]
    [InlineData("2026-06-30T12:00:00Z", "2026-09-02T00:00:00Z", true)]
    [InlineData(null, null, false)]
    public void A_period_opens_what_was_submitted_or_decided_within_its_days(string? submitted, string? decided, bool open)
    {
        var grant = Narrow with { Standard = null, Persons = null };
        grant.Covers(Case with { SubmittedAt = Instant(submitted), DecidedAt = Instant(decided) }).ShouldBe(open);
        (grant with { From = null, Until = null }).Covers(Case with { SubmittedAt = Instant(submitted), DecidedAt = Instant(decided) }).ShouldBeTrue();
    }

    [Fact]
    public void Each_part_of_the_scope_closes_what_it_does_not_name()
    {
        Narrow.Covers(Case).ShouldBeTrue();
        Narrow.Covers(Case with { Cluster = Guid.NewGuid() }).ShouldBeFalse();
        Narrow.Covers(Case with { Person = Rosa }).ShouldBeFalse();
        Narrow.Covers(Case with { Standard = Guid.NewGuid(), Lineage = Guid.NewGuid() }).ShouldBeFalse();
        // The first version of a standard stands for all of them.
        Narrow.Covers(Case with { Standard = Guid.NewGuid(), Lineage = Standard }).ShouldBeTrue();
        (Narrow with { Persons = [] }).Covers(Case).ShouldBeFalse();
    }

    private static AuditedCase Case { get; } = new(Valley, Standard, Guid.NewGuid(), Paula, Now, null);

    private static DateTimeOffset? Instant(string? text) =>
        text is null ? null : DateTimeOffset.Parse(text, System.Globalization.CultureInfo.InvariantCulture);
}
