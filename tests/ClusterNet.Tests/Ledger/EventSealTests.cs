using System.Text;
using ClusterNet.Ledger;
using Shouldly;

namespace ClusterNet.Tests.Ledger;

/// <summary>The leaf's frozen format, against values computed by another program (Python's json, hashlib and hmac).</summary>
public class EventSealTests
{
    private static readonly Guid Id = new("0198f2c4-7d1e-7c3a-9b43-0a1b2c3d4e5f");

    private static readonly StoredEvent Bare = new(
        1, Id, new("0198f2c4-7d1e-7c3a-9b43-0a1b2c3d4e60"), 1, "{}"u8.ToArray(), null, "tally_added", "2026-03-01T09:30:00.000000Z", null, null, null, null, null, null);

    [Fact]
    public void A_bare_event_has_the_documented_seal()
    {
        var commitment = EventSeal.Commitment([.. Enumerable.Repeat((byte)1, 32)], EventSeal.Header(Bare));
        Convert.ToHexStringLower(commitment).ShouldBe("26f036eab0204ac0791cef10fae80c260958ec6013129492928b07e0f64d0e47");
        Convert.ToHexStringLower(EventSeal.LeafHash(commitment)).ShouldBe("b4c951083c9aed6477ccaecc70c39e6a787532a35f74334cd3fc59536b507187");
        var documented = File.ReadAllText(Path.Combine(TestServer.RepositoryRoot(), "docs", "log-format.md"));
        documented.ShouldContain(Encoding.UTF8.GetString(EventSeal.Header(Bare)));
        documented.ShouldContain(Convert.ToHexStringLower(commitment));
    }

    [Fact]
    public void Every_column_and_envelope_enters_in_the_fixed_order()
    {
        byte[] ct = Convert.FromBase64String("+NyzQwjlxp9GozyvpivZIkdrGMeKEU6xRONKXjdPfWA="), kc = Convert.FromBase64String("rZzb77cNphCwfcxhOTQFKgmW9cDaWKLZYy7JZjYd5QY=");
        var full = new StoredEvent(
            9, Id, null, 7, Encoding.UTF8.GetBytes("{\"z\": -9007199254740991, \"b\": [1, null, true], \"a\": \"é\\n\"}"), [0, 1], "x_ü", "2026-03-01T09:30:00.123456Z",
            "*DEFAULT*", "A.B, C", null, "c", Encoding.UTF8.GetBytes("{\"schema\": 1, \"module\": \"m\"}"), "u")
        {
            Envelopes = [new(new("f198f2c4-7d1e-7c3a-9b43-0a1b2c3d4e5f"), "contact", ct, kc), new(Id, "identity", ct, kc), new(Id, "contact", ct, kc)],
        };

        Convert.ToHexStringLower(EventSeal.Commitment([.. Enumerable.Range(0, 32).Select(i => (byte)i)], EventSeal.Header(full)))
            .ShouldBe("02b78539cfbb89a0e38f7483617ce33a8114703ed356bc3b24aca1c6956904bc");
    }

    [Theory]
    [InlineData("{\"n\": 1.0}")]
    [InlineData("{\"n\": 1e2}")]
    [InlineData("{\"n\": 9007199254740992}")]
    [InlineData("{\"n\": 123456789012345678901234567890}")]
    public void Numbers_without_a_canonical_form_enter_by_the_text_as_stored(string data)
    {
        Jcs.Canonical(Encoding.UTF8.GetBytes(data)).ShouldBeNull();
        var header = Encoding.UTF8.GetString(EventSeal.Header(Bare with { Data = Encoding.UTF8.GetBytes(data), Headers = Encoding.UTF8.GetBytes(data) }));
        header.ShouldContain("\"data\":\"raw:");
        header.ShouldContain("\"meta\":\"raw:");
    }

    [Theory]
    [InlineData("{\"\\u20ac\":1,\"\\r\":2,\"\\ufb33\":3,\"1\":4,\"\\ud83d\\ude02\":5,\"\\u0080\":6,\"\\u00f6\":7}", "{\"\\r\":2,\"1\":4,\"\u0080\":6,\"ö\":7,\"€\":1,\"😂\":5,\"\ufb33\":3}")]
    [InlineData("[ \"\\u000f\\b\\t\\n\\f\\r\\\"\\\\/\\u20ac$\\u007f\" ]", "[\"\\u000f\\b\\t\\n\\f\\r\\\"\\\\/€$\u007f\"]")]
    [InlineData(" [ -0, 0, -1 ] ", "[0,0,-1]")]
    public void Json_has_one_spelling(string json, string canonical) =>
        Encoding.UTF8.GetString(Jcs.Canonical(Encoding.UTF8.GetBytes(json)).ShouldNotBeNull()).ShouldBe(canonical);

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("{\"a\":1,\"a\":2}")]
    [InlineData("\"\\ud800\"")]
    [InlineData("{} x")]
    public void What_is_no_json_has_none(string json) => Jcs.Canonical(Encoding.UTF8.GetBytes(json)).ShouldBeNull();
}
