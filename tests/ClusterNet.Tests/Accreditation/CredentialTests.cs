using ClusterNet.Accreditation.Credentials;
using ClusterNet.EventStore;
using Shouldly;
using static ClusterNet.Tests.Accreditation.Scene;
using Spec = ClusterNet.Tests.Spec<ClusterNet.Accreditation.Credentials.Credential, ClusterNet.Accreditation.Credentials.CredentialEvent>;

namespace ClusterNet.Tests.Accreditation;

public sealed class CredentialTests
{
    private static readonly StandingChange ByDora = new(Dora, false, "doubt", Now);
    private static readonly CredentialIssued Issued = new(
        Paula, PaulasApplication, Valley, "Valley", Negotiating, Negotiating, 1, Terms.Title, Terms.Skill, 4, SomeNumber, new(2026, 5, 4),
        new(2029, 5, 4), Dora, Now);

    private static readonly CredentialSuspended Suspended = new(Paula, Dora, "doubt", Now);
    private static readonly CredentialWithdrawn Withdrawn = new(Paula, Dora, "doubt", Now);

    private static IssueCredential Issue =>
        new(PaulasApplication, ((ClusterNet.Accreditation.Applications.Application.Existing)Fold()).Dossier, "Valley", SomeNumber, Terms,
            Dora, Now);

    [Fact]
    public void A_grant_issues_a_credential_with_scope_and_dates() => Spec.Given().When(Issue).Then(Issued);

    [Fact]
    public void An_application_yields_one_credential() => Spec.Given(Issued).When(Issue).ThenRefused(IssueCredential.AlreadyHeld);

    [Fact]
    public void An_active_credential_is_suspended() => Spec.Given(Issued).When(new SuspendCredential(ByDora)).Then(Suspended);

    [Fact]
    public void A_suspended_credential_is_not_suspended_again() => Spec.Given(Issued, Suspended).When(new SuspendCredential(ByDora)).Then();

    [Fact]
    public void A_suspended_credential_is_reinstated() =>
        Spec.Given(Issued, Suspended).When(new ReinstateCredential(ByDora)).Then(new CredentialReinstated(Paula, Dora, "doubt", Now));

    [Fact]
    public void An_active_credential_needs_no_reinstatement() => Spec.Given(Issued).When(new ReinstateCredential(ByDora)).Then();

    [Fact]
    public void An_active_or_suspended_credential_is_withdrawn()
    {
        Spec.Given(Issued).When(new WithdrawCredential(ByDora)).Then(Withdrawn);
        Spec.Given(Issued, Suspended).When(new WithdrawCredential(ByDora)).Then(Withdrawn);
        Spec.Given(Issued, Withdrawn).When(new WithdrawCredential(ByDora)).Then();
    }

    [Fact]
    public void A_withdrawn_credential_never_comes_back()
    {
        Spec.Given(Issued, Withdrawn).When(new ReinstateCredential(ByDora)).ThenRefused(SuspendCredential.Withdrawn);
        Spec.Given(Issued, Withdrawn).When(new SuspendCredential(ByDora)).ThenRefused(SuspendCredential.Withdrawn);
    }

    [Fact]
    public void Nobody_decides_on_their_own_credential() => EveryChange(Issued, ByDora with { By = Paula }, StandingChange.ByHolder);

    [Fact]
    public void Nobody_decides_on_a_credential_of_the_own_firm() =>
        EveryChange(Issued, ByDora with { SharesFirm = true }, StandingChange.SameFirm);

    [Fact]
    public void What_was_never_issued_does_not_change()
    {
        Spec.Given().When(new SuspendCredential(ByDora)).ThenRefused(VerifyCredentialEndpoint.Unknown);
        Spec.Given().When(new ReinstateCredential(ByDora)).ThenRefused(VerifyCredentialEndpoint.Unknown);
        Spec.Given().When(new WithdrawCredential(ByDora)).ThenRefused(VerifyCredentialEndpoint.Unknown);
    }

    [Theory]
    [InlineData(CredentialStatus.Active, "2029-05-04", CredentialStatus.Active)]
    [InlineData(CredentialStatus.Active, "2029-05-05", CredentialStatus.Expired)]
    [InlineData(CredentialStatus.Suspended, "2029-05-04", CredentialStatus.Suspended)]
    [InlineData(CredentialStatus.Suspended, "2029-05-05", CredentialStatus.Expired)]
    [InlineData(CredentialStatus.Withdrawn, "2029-05-05", CredentialStatus.Withdrawn)]
    public void Status_follows_from_standing_and_date(object standing, string day, object status)
    {
        var row = new CredentialRow(
            PaulasCredential, SomeNumber, Paula, PaulasApplication, Valley, "Valley", Negotiating, Negotiating, 1, Terms.Title, Terms.Skill,
            4, new(2026, 5, 4), new(2029, 5, 4), (CredentialStatus)standing, Now, null, null, 1);
        row.StatusAt(DateTimeOffset.Parse($"{day}T12:00:00Z", System.Globalization.CultureInfo.InvariantCulture))
            .ShouldBe((CredentialStatus)status);
    }

    private static void EveryChange(CredentialIssued issued, StandingChange change, Refusal refusal)
    {
        Spec.Given(issued).When(new SuspendCredential(change)).ThenRefused(refusal);
        Spec.Given(issued, Suspended).When(new ReinstateCredential(change)).ThenRefused(refusal);
        Spec.Given(issued).When(new WithdrawCredential(change)).ThenRefused(refusal);
    }

    private static ClusterNet.Accreditation.Applications.Application Fold() =>
        UntilAssessed.Aggregate(ClusterNet.Accreditation.Applications.Application.Initial,
            ClusterNet.Accreditation.Applications.Application.Evolve);
}
