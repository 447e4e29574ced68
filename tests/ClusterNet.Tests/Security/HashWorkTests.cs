using ClusterNet.Access.Identity;
using ClusterNet.Access.SignIn;
using ClusterNet.Tests.Hosting;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;

namespace ClusterNet.Tests.Security;

/// <summary>
/// The slow part of a sign-in is the password's hash; it is worked out once for whatever is wrong, so that the time tells nothing (CWE-208).
/// Counted, not measured.
/// </summary>
public sealed class HashWorkTests(AllRoles house) : IClassFixture<AllRoles>
{
    [Fact]
    public async Task A_failed_sign_in_costs_one_hash_for_every_reason()
    {
        var known = await house.Host.Newcomer(house.Olga, "Known Worker");
        var locked = await house.Host.Newcomer(house.Olga, "Locked Worker");
        var invited = $"invited-{Guid.NewGuid():n}@cluster.example";
        await house.Olga.Client.Post("/access/accounts", new { email = invited, name = "No Password" });
        for (var i = 0; i < 10; i++) await Hashes(locked.Email, "wrong");

        (await Hashes(known.Email, "wrong")).ShouldBe(1);
        (await Hashes($"nobody-{Guid.NewGuid():n}@cluster.example", "wrong")).ShouldBe(1, "an unknown address");
        (await Hashes(invited, "wrong")).ShouldBe(1, "no password yet");
        (await Hashes(locked.Email, Api.Password)).ShouldBe(1, "locked");
    }

    private async Task<int> Hashes(string email, string password)
    {
        using var scope = house.Host.Services.CreateScope();
        var counting = new CountingHasher();
        var holders = ActivatorUtilities.CreateInstance<UserManager<AccountHolder>>(scope.ServiceProvider, counting);
        var desk = ActivatorUtilities.CreateInstance<SignInDesk>(scope.ServiceProvider, holders);
        (await desk.ByPassword(email, password, TestContext.Current.CancellationToken)).ShouldBeOfType<FirstStep.Failed>();
        return counting.Calls;
    }

    private sealed class CountingHasher : IPasswordHasher<AccountHolder>
    {
        public int Calls { get; private set; }

        public string HashPassword(AccountHolder user, string password)
        {
            Calls++;
            return Passwords.Hasher.HashPassword(user, password);
        }

        public PasswordVerificationResult VerifyHashedPassword(AccountHolder user, string hashedPassword, string providedPassword)
        {
            Calls++;
            return Passwords.Hasher.VerifyHashedPassword(user, hashedPassword, providedPassword);
        }
    }
}
