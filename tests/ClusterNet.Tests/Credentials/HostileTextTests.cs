using System.Text;
using ClusterNet.Credentials;
using Shouldly;

namespace ClusterNet.Tests.Credentials;

/// <summary>Whatever the text, there is an answer, soon.</summary>
public class HostileTextTests(ITestOutputHelper output)
{
    public static TheoryData<string, string, string> Bad => new()
    {
        { "", "not-json", "" },
        { "null", "not-an-object", "" },
        { "[]", "not-an-object", "" },
        { "{", "not-json", "" },
        { "{}{}", "not-json", "" },
        { "{\"a\":1,}", "not-json", "/a" },
        { "{\"a\":NaN}", "not-json", "/a" },
        { "// x\n{}", "not-json", "" },
        { "\uFEFF{}", "not-json", "" },
        { "{\"a\":{\"b\":[0,{\"c\":1,\"c\":2}]}}", "member-twice", "/a/b/1/c" },
        { "{\"a\":1,\"\\u0061\":2}", "member-twice", "/a" },
        { "{\"a/b~\":\"\\ud800\"}", "not-unicode", "/a~1b~0" },
        { "{\"a\":\"\ud800\"}", "not-unicode", "" },
        { "{\"\\udc00\":1}", "not-unicode", "" },
        { $"{{\"a\":\"{new string('x', 256 * 1024)}\"}}", "too-large", "" },
        { $"{{\"a\":{new string('[', 100)}{new string(']', 100)}}}", "too-deep", "/a" + string.Concat(Enumerable.Repeat("/0", 63)) },
        { $"{{\"a\":{new string('[', 120_000)}", "too-deep", "/a" + string.Concat(Enumerable.Repeat("/0", 63)) },
        { string.Concat(Enumerable.Repeat("{\"a\":", 40_000)), "too-deep", string.Concat(Enumerable.Repeat("/a", 64)) },
    };

    [Theory]
    [MemberData(nameof(Bad))]
    public async Task A_text_that_is_no_document_says_where(string text, string code, string place)
    {
        var fault = CredentialRules.Faults(text).ShouldHaveSingleItem();
        (fault.Code, fault.Place).ShouldBe((code, place));
        var found = await new Web().Verify(text);
        found.Verdict.ShouldBe(Verdict.Invalid);
        found.Checks.ShouldHaveSingleItem().Code.ShouldBe(code);
        found.Document.ShouldBeNull();
    }

    /// <summary>Good documents with bytes changed, moved and dropped: a new seed in every run.</summary>
    [Fact]
    public async Task Any_text_has_an_answer()
    {
        var issuer = new Issuing();
        var badge = issuer.Badge();
        badge["credentialStatus"] = Issuing.Node("""{"type":"BitstringStatusListEntry","statusPurpose":"revocation","statusListIndex":"7","statusListCredential":"https://cluster.example/status/1"}""");
        var web = new Web();
        string[] good = [issuer.Signed(badge), CredentialJwt.Sign(badge.ToJsonString(), issuer.Method, issuer.Key), issuer.Signed(issuer.Presentation(badge.DeepClone()))];
        var seed = Environment.TickCount;
        output.WriteLine($"seed {seed}");
        var random = new Random(seed);
        for (var round = 0; round < 1500; round++)
        {
            var text = Changed(good[round % good.Length], random);
            var found = await web.Verify(text);
            found.Checks.ShouldNotBeEmpty();
            (await web.Verifier().VerifyPresentation(text, new("c", "d"), TestContext.Current.CancellationToken)).Verdict.ShouldNotBe(Verdict.Valid);
        }
    }

    /// <summary>Values of every other kind in every place.</summary>
    [Fact]
    public async Task Any_value_anywhere_has_an_answer()
    {
        var issuer = new Issuing();
        var signed = Issuing.Node(issuer.Signed(issuer.Badge()));
        string[] values = ["null", "true", "0", "-1e300", "\"\"", "\"\\u0000\"", "[]", "[[]]", "{}", "[null]", "{\"id\":{}}"];
        foreach (var member in signed.Select(m => m.Key).Concat(signed["proof"]?.AsObject().Select(p => $"proof/{p.Key}") ?? []).ToList())
        {
            foreach (var value in values)
            {
                var copy = signed.DeepClone().AsObject();
                var (target, name) = member.StartsWith("proof/", StringComparison.Ordinal) ? (copy["proof"]?.AsObject() ?? copy, member["proof/".Length..]) : (copy, member);
                target[name] = System.Text.Json.Nodes.JsonNode.Parse(value);
                (await new Web().Verify(copy.ToJsonString())).Verdict.ShouldNotBe(Verdict.Valid, $"{member} {value}");
            }
        }
    }

    private static string Changed(string text, Random random)
    {
        var changed = new StringBuilder(text);
        for (var times = random.Next(1, 5); times > 0; times--)
        {
            var at = random.Next(changed.Length);
            switch (random.Next(4))
            {
                case 0: changed[at] = (char)random.Next(0, 0x200); break;
                case 1: changed.Remove(at, Math.Min(random.Next(1, 40), changed.Length - at)); break;
                case 2: changed.Insert(at, text.AsSpan(random.Next(text.Length - 20), 20)); break;
                default: changed[at] = "{}[]\",:0.\\"[random.Next(10)]; break;
            }
        }

        return changed.ToString();
    }
}
