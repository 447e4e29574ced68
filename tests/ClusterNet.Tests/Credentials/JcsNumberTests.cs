using System.Globalization;
using System.Text;
using System.Text.Json;
using ClusterNet.Ledger;
using FsCheck;
using FsCheck.Fluent;
using Shouldly;

namespace ClusterNet.Tests.Credentials;

/// <summary>Numbers of documents of others (RFC 8785 section 3.2.2.3).</summary>
public class JcsNumberTests
{
    /// <summary>RFC 8785, appendix B: the bits of a number, and its spelling.</summary>
    [Theory]
    [InlineData(0x0000000000000000, "0")]
    [InlineData(0x8000000000000000, "0")]
    [InlineData(0x0000000000000001, "5e-324")]
    [InlineData(0x8000000000000001, "-5e-324")]
    [InlineData(0x7fefffffffffffff, "1.7976931348623157e+308")]
    [InlineData(0xffefffffffffffff, "-1.7976931348623157e+308")]
    [InlineData(0x4340000000000000, "9007199254740992")]
    [InlineData(0xc340000000000000, "-9007199254740992")]
    [InlineData(0x4430000000000000, "295147905179352830000")]
    [InlineData(0x44b52d02c7e14af5, "9.999999999999997e+22")]
    [InlineData(0x44b52d02c7e14af6, "1e+23")]
    [InlineData(0x44b52d02c7e14af7, "1.0000000000000001e+23")]
    [InlineData(0x444b1ae4d6e2ef4e, "999999999999999700000")]
    [InlineData(0x444b1ae4d6e2ef4f, "999999999999999900000")]
    [InlineData(0x444b1ae4d6e2ef50, "1e+21")]
    [InlineData(0x3eb0c6f7a0b5ed8c, "9.999999999999997e-7")]
    [InlineData(0x3eb0c6f7a0b5ed8d, "0.000001")]
    [InlineData(0x41b3de4355555553, "333333333.3333332")]
    [InlineData(0x41b3de4355555554, "333333333.33333325")]
    [InlineData(0x41b3de4355555555, "333333333.3333333")]
    [InlineData(0x41b3de4355555556, "333333333.3333334")]
    [InlineData(0x41b3de4355555557, "333333333.33333343")]
    [InlineData(0xbecbf647612f3696, "-0.0000033333333333333333")]
    [InlineData(0x43143ff3c1cb0959, "1424953923781206.2")]
    public void Numbers_are_spelled_as_the_standard_lists_them(ulong bits, string spelling) => Jcs.Spell(BitConverter.UInt64BitsToDouble(bits)).ShouldBe(spelling);

    [Theory]
    [InlineData("""{"b":1.0,"a":[1e2,-0,1E-7,123456789012345678]}""", """{"a":[100,0,1e-7,123456789012345680],"b":1}""")]
    [InlineData("""{"€":"\u20ac$\u000f\nA'B\"\\\"/","\r":2,"1":true}""", """{"\r":2,"1":true,"€":"€$\u000f\nA'B\"\\\"/"}""")]
    public void Documents_have_one_spelling(string json, string canonical) => Encoding.UTF8.GetString(Jcs.CanonicalDocument(JsonElement.Parse(json)).ShouldNotBeNull()).ShouldBe(canonical);

    [Theory]
    [InlineData("""{"a":1e999}""")]
    [InlineData("""{"a":1,"a":1}""")]
    [InlineData("""{"a":"\ud800"}""")]
    public void What_two_readers_could_see_differently_has_none(string json) => Jcs.CanonicalDocument(JsonElement.Parse(json)).ShouldBeNull();

    [Fact]
    public void Every_number_is_read_back_as_itself() => Prop.ForAll(ArbMap.Default.ArbFor<double>(), number =>
        !double.IsFinite(number) || double.Parse(Jcs.Spell(number), CultureInfo.InvariantCulture) == number).QuickCheckThrowOnFailure();
}
