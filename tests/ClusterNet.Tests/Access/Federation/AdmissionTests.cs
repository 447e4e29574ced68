using ClusterNet.Access.Clients;
using ClusterNet.Access.Contracts;
using ClusterNet.Access.Federation;
using ClusterNet.Access.SignIn;
using ClusterNet.Access.Tokens;
using ClusterNet.EventStore;
using Shouldly;

namespace ClusterNet.Tests.Access.Federation;

/// <summary>Who comes in, what is issued and who has clients: the decisions alone.</summary>
public sealed class AdmissionTests
{
    private static readonly Guid Firm = Guid.NewGuid();
    private static readonly Id<Person> Anna = new(Guid.NewGuid());
    private static readonly DateTimeOffset Now = new(2026, 5, 4, 9, 0, 0, TimeSpan.Zero);
    private static readonly SignInProviderRow Provider = new(Guid.NewGuid(), Firm, "https://login.example", "c", ["firm.example"], false, false, false, Now, 1);
    private static readonly HeldRole Member = new(Role.Member, new(ScopeKind.Firm, Firm));
    private static readonly Candidate Found = new(Anna, true, false, false);

    [Theory]
    [InlineData("a@firm.example", true, false, null)]
    [InlineData("a@FIRM.example", true, false, null)]
    [InlineData("a@firm.example", false, false, "NotVerified")]
    [InlineData("a@firm.example", null, false, "NotVerified")]
    [InlineData("a@firm.example", null, true, null)]
    [InlineData("a@firm.example", false, true, "NotVerified")]
    [InlineData(null, true, true, "NotVerified")]
    [InlineData("a@sub.firm.example", true, false, "OtherDomain")]
    [InlineData("a@firm.example.evil.example", true, false, "OtherDomain")]
    [InlineData("a@firm.example@evil.example", true, false, "OtherDomain")]
    public void An_address_counts_when_it_is_verified_and_of_the_firm(string? email, bool? verified, bool trusts, string? refused) =>
        $"{Admission.OfAddress(new("sub", email, verified), Provider with { TrustsUnverified = trusts })}".ShouldBe(refused ?? "");

    [Fact]
    public void Only_people_of_the_firm_come_in_and_only_with_the_firms_roles()
    {
        Admission.Of(Found, [Member], Provider, null).ShouldBe(FirmSignInOutcome.SignedIn);
        Admission.Of(null, [], Provider, null).ShouldBe(FirmSignInOutcome.Unknown);
        Admission.Of(null, [], Provider, FirmSignInOutcome.NotVerified).ShouldBe(FirmSignInOutcome.NotVerified);
        Admission.Of(Found, [], Provider, null).ShouldBe(FirmSignInOutcome.Unknown);
        Admission.Of(Found, [new(Role.Member, new(ScopeKind.Firm, Guid.NewGuid()))], Provider, null).ShouldBe(FirmSignInOutcome.Unknown);
        Admission.Of(Found with { HasOther = true }, [Member], Provider, null).ShouldBe(FirmSignInOutcome.OtherIdentity);
        Admission.Of(Found with { ByLink = true, CanSignIn = false }, [Member], Provider, null).ShouldBe(FirmSignInOutcome.Unknown);
        // Linked before: what the provider says of the address now does not matter.
        Admission.Of(Found with { ByLink = true }, [Member], Provider, FirmSignInOutcome.OtherDomain).ShouldBe(FirmSignInOutcome.SignedIn);
    }

    [Theory]
    [InlineData(Role.Operator, ScopeKind.Installation)]
    [InlineData(Role.Coordinator, ScopeKind.Cluster)]
    [InlineData(Role.Assessor, ScopeKind.Cluster)]
    [InlineData(Role.DecisionMaker, ScopeKind.Cluster)]
    [InlineData(Role.Auditor, ScopeKind.Cluster)]
    [InlineData(Role.Member, ScopeKind.Firm)]
    public void A_role_beyond_the_firm_keeps_the_provider_out_unless_it_was_foreseen(Role role, ScopeKind kind)
    {
        HeldRole[] roles = [Member, new(role, new(kind, kind == ScopeKind.Installation ? Guid.Empty : Guid.NewGuid()))];
        Admission.Of(Found, roles, Provider, null).ShouldBe(FirmSignInOutcome.BeyondFirm);
        Admission.Of(Found with { ByLink = true }, roles, Provider, null).ShouldBe(FirmSignInOutcome.BeyondFirm);
        Admission.Of(Found, roles, Provider with { BeyondFirm = true }, null).ShouldBe(FirmSignInOutcome.SignedIn);
    }

    [Fact]
    public void A_token_gives_what_it_has_and_no_more()
    {
        var command = new IssueToken(Anna, "t", Now.AddDays(90), Now);
        var narrow = new Presented(CredentialKind.Token, ["learning:write"], Now.AddDays(2));
        Spec<Token, TokenEvent>.Given().When(command).Then(new TokenIssued(Anna, "t", Now.AddDays(90), Now));
        Spec<Token, TokenEvent>.Given().When(command with { Scopes = ["skills:read", "audit:read"] })
            .Then(new TokenIssued(Anna, "t", Now.AddDays(90), Now), new TokenScoped(["skills:read", "audit:read"], Now));
        Spec<Token, TokenEvent>.Given().When(command with { With = narrow })
            .Then(new TokenIssued(Anna, "t", Now.AddDays(2), Now), new TokenScoped(["learning:write"], Now));
        Spec<Token, TokenEvent>.Given().When(command with { With = narrow, Scopes = ["learning:read"] })
            .Then(new TokenIssued(Anna, "t", Now.AddDays(2), Now), new TokenScoped(["learning:read"], Now));
        Spec<Token, TokenEvent>.Given().When(command with { With = narrow, Scopes = ["read"] }).ThenRefused(IssueToken.TooWide);
        Spec<Token, TokenEvent>.Given().When(command with { With = new(CredentialKind.Client, ["write"], Now.AddDays(1)) }).ThenRefused(IssueToken.OfPersonsOnly);
        Spec<Token, TokenEvent>.Given(new TokenIssued(Anna, "t", Now.AddDays(2), Now)).When(command).Then();
    }

    [Fact]
    public void A_client_is_managed_by_who_leads_its_scope()
    {
        var scope = new RoleScope(ScopeKind.Firm, Firm);
        var registered = new ClientRegistered(ScopeKind.Firm, Firm, Role.Member, ["read"], Anna, "Clock", Now.AddDays(9), Now);
        var manager = new Caller(Anna, [new(Role.Manager, scope)]);
        var member = new Caller(Anna, [new(Role.Member, scope)]);
        Spec<Client, ClientEvent>.Given().When(new RegisterClient(scope, Role.Member, ["read"], Anna, "Clock", Now.AddDays(9), Now)).Then(registered);
        Spec<Client, ClientEvent>.Given().When(new RegisterClient(scope, Role.Auditor, ["read"], Anna, "Clock", Now.AddDays(9), Now))
            .ThenRefused(ClientRules.RoleTooHigh);
        Spec<Client, ClientEvent>.Given(registered).When(new RevokeClient(manager, Now)).Then(new ClientRevoked(Anna, Now));
        Spec<Client, ClientEvent>.Given(registered).When(new RevokeClient(member, Now)).ThenRefused(RevokeClient.Unknown);
        Spec<Client, ClientEvent>.Given(registered, new ClientRevoked(Anna, Now)).When(new RevokeClient(manager, Now)).Then();
        Spec<Client, ClientEvent>.Given(registered, new ClientRevoked(Anna, Now)).When(new RotateClientSecret(manager, Now, Now))
            .ThenRefused(RotateClientSecret.Revoked);
        Spec<Client, ClientEvent>.Given(registered).When(new RotateClientSecret(member, Now, Now)).ThenRefused(RevokeClient.Unknown);
    }
}
