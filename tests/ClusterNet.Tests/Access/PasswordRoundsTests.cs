using System.Text.Json.Nodes;
using ClusterNet.Access.SignIn;
using Shouldly;

namespace ClusterNet.Tests.Access;

/// <summary>Tests hash with few rounds; the program itself does not.</summary>
public sealed class PasswordRoundsTests
{
    [Fact]
    public void The_program_hashes_with_as_many_rounds_as_OWASP_asks_for()
    {
        Passwords.UsualRounds.ShouldBeGreaterThanOrEqualTo(210_000);
        var program = Path.ChangeExtension(typeof(ClusterNet.Host.Composition.WebHost).Assembly.Location, ".runtimeconfig.json");
        JsonNode.Parse(File.ReadAllText(program)).ShouldNotBeNull()["runtimeOptions"].ShouldNotBeNull()["configProperties"]?[Passwords.RoundsProperty].ShouldBeNull();
    }
}
